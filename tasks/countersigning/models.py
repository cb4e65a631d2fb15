"""Requests for a countersignature: beside the diagram, each with its own to-do and its own page."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class Countersignature(Base):
    """One colleague asked about one task; open until she answers, it is withdrawn, or the task ends."""

    __tablename__ = "countersignature"
    __table_args__ = (
        Index("ix_countersignature_asked", "asked", "closed_at"),  # what I am asked: on every list
        Index("ix_countersignature_task", "task_id"),  # the answers beside a form
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[str] = mapped_column(ForeignKey("work.task_id"))
    asked_by: Mapped[str]
    asked: Mapped[str]
    question: Mapped[str]
    required: Mapped[bool]
    """Whether the task waits for the answer."""
    asked_at: Mapped[dt.datetime]
    verdict: Mapped[str] = mapped_column(default="")
    """`agree`, `disagree`, `remark`, or empty before an answer."""
    answer: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[dt.datetime | None]
    """When it was answered, withdrawn, or lapsed with its task; None while it is open."""
    closed_by: Mapped[str] = mapped_column(default="")
    """Who answered or withdrew it; empty when it lapsed."""
