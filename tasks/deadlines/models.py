"""The calendar, the parameters, and the frozen versions of all reference data."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class CalendarDay(Base):
    """A day that differs from its weekday: a holiday, a make-up working day, or a local rest day."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("area_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    on: Mapped[dt.date]
    kind: Mapped[str]
    """`holiday`, `makeup` or `local`."""
    name: Mapped[str]


class CalendarYear(Base):
    """A year of the calendar: published by the State Council office, or provisional (weekends and fixed holidays)."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("area_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    year: Mapped[int]
    published: Mapped[bool]
    source: Mapped[str]


class Parameter(Base):
    """A deadline of an area with its source, in force from a date (handbook §4.2)."""

    __tablename__ = "parameter"
    __table_args__ = (UniqueConstraint("area_id", "code", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    code: Mapped[str]
    name: Mapped[str]
    amount: Mapped[int]
    unit: Mapped[str]
    """`wd` working days, `cd` calendar days, `cm` calendar months."""
    counts_from: Mapped[str]
    not_after: Mapped[str] = mapped_column(default="")
    """A fixed date of the year `MM-DD`; the earlier of computed and fixed holds."""
    source: Mapped[str]
    effective_from: Mapped[dt.date]


class ReferenceVersion(Base):
    """Calendar, parameters and directory, frozen: what FEEL functions read, and what a case pins at its start."""

    __tablename__ = "reference_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    digest: Mapped[str] = mapped_column(unique=True)
    content: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]
    derived_from: Mapped[str | None]
    """The version that running cases stood on when a change amended it for them; it never becomes the newest."""


class AreaSetting(Base):
    """A rule of an area that is no deadline: thresholds of lights, nodes of the review chain, numbering patterns."""

    __tablename__ = "area_setting"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
