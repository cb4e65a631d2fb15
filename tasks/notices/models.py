"""Notices: one row for each person who is told."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class Notice(Base):
    """Something that concerns a person who has no task from it."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_unread", "account", "read_at"),  # the bell, on every page
        Index("ix_notice_account", "account", "id"),  # the list, newest first
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    kind: Mapped[str]
    """A value of `tasks.notices.views.NoticeKind`."""
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    facts: Mapped[dict[str, Any]]
    """What the sentence names; never a rating, nor that there is one."""
    at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]
