"""From when to when somebody let the clock of a case stand still."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base

_OPEN: dict[str, Any] = {"sqlite_where": text("ended_at IS NULL"), "postgresql_where": text("ended_at IS NULL")}


class ClockPause(Base):
    """One pause of a case; a case has one open pause at most."""

    __tablename__ = "clock_pause"
    __table_args__ = (Index("ix_clock_pause_open", "item_id", unique=True, **_OPEN),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str]
    """Why: `absent`, `superior`, `litigation` or `other`."""
    reason: Mapped[str]
    expected: Mapped[dt.date | None]
    """Until when it will last, as far as one knows; on that day the hub is told, and the clock goes on standing."""
    reminded_at: Mapped[dt.datetime | None]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    request_id: Mapped[str | None] = mapped_column(unique=True)
    ended_by: Mapped[str] = mapped_column(default="")
    """Who let the clock run again; empty while it stands, and where the reply itself ended the pause."""
    ended_at: Mapped[dt.datetime | None]
    ended_request: Mapped[str | None] = mapped_column(unique=True)
