"""Annual reports of units (年度办理报告、承诺事项落实情况说明)."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base
from tasks.directory.models import Unit


class AnnualReport(Base):
    """One unit's report of one year, from the day on which it is asked for."""

    __tablename__ = "annual_report"
    __table_args__ = (UniqueConstraint("year", "kind", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    kind: Mapped[str]
    """`work`: on what was handled (P15); `commitments`: on what was promised (P14)."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    instance_id: Mapped[str | None]
    state: Mapped[str]
    """`writing`, `signing`, `sent` or `received`."""
    text: Mapped[str] = mapped_column(default="")
    problems: Mapped[str] = mapped_column(default="")
    written_by: Mapped[str] = mapped_column(default="")
    signed_by: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[dt.datetime | None]
    returned: Mapped[str] = mapped_column(default="")
    """Why it was sent back last: by the unit's head, or by who receives it."""
    received_by: Mapped[str] = mapped_column(default="")
    received_at: Mapped[dt.datetime | None]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()
