"""Comments: kept, never rewritten; who wrote one may take it away."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class Comment(Base):
    """What somebody wrote beside a case or one of its tasks."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_item", "item_id"),)  # what was written on a case

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("work.task_id"))
    text: Mapped[str]
    audience: Mapped[str]
    """`unit`, `office` or `all`: `tasks.attachments.access.Audience`."""
    confidential: Mapped[str] = mapped_column(default="")
    """That of the step on which it was written: `rating`, `outcome`, or empty."""
    unit_code: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]
    request_id: Mapped[str | None] = mapped_column(unique=True)
    """The same form sent twice writes once."""
