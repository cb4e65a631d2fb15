"""Attachments: the row says who may read; the content lies in the data folder under its own hash."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class Attachment(Base):
    """One file that somebody added."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_item", "item_id"),  # files of a case
        Index("ix_attachment_task", "task_id"),  # files of a form
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("work.task_id"))
    name: Mapped[str]
    """Cleaned; its ending agrees with the content."""
    kind: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    audience: Mapped[str]
    """`unit`, `office` or `all`: `tasks.attachments.access.Audience`."""
    confidential: Mapped[str] = mapped_column(default="")
    """That of the step on which it was added: `rating`, `outcome`, or empty."""
    unit_code: Mapped[str]
    """Body of who added it; empty for a proposer."""
    state: Mapped[str]
    """`draft` until the form that names it is submitted, then `kept`; `removed` when it was taken away."""
    submitted: Mapped[bool]
    """Whether it went in with a form: then it belongs to the record, and stays."""
    by: Mapped[str]
    at: Mapped[dt.datetime]
    removed_by: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[dt.datetime | None]
