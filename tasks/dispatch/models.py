"""The moment at which many items are assigned together."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class AssignmentMeeting(Base):
    """Many items assigned at one moment (统一交办): the instant that starts all their clocks, and who approved it."""

    __tablename__ = "assignment_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    by: Mapped[str]
    note: Mapped[str]
    items: Mapped[list[Any]]
    request_id: Mapped[str | None] = mapped_column(unique=True)
