"""Absences with their substitutes."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class Absence(Base):
    """A window of days in which a colleague stands in for a person; both days belong to it."""

    __tablename__ = "absence"
    __table_args__ = (
        Index("ix_absence_account", "account", "last_day"),  # whom does she leave it to
        Index("ix_absence_substitute", "substitute", "last_day"),  # for whom do I stand in today: on every request
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    substitute: Mapped[str]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    remark: Mapped[str]
    set_by: Mapped[str]
    set_at: Mapped[dt.datetime]
    accepted_by: Mapped[str] = mapped_column(default="")
    """Who let a substitute of another unit pass; inside a unit, who set it."""
    accepted_at: Mapped[dt.datetime | None]
    """None while an administrator must still accept a substitute of another unit: nothing is in force before."""
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[dt.datetime | None]
    """When it was taken back, or ended before its last day."""
