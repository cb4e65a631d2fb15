"""What tracking keeps: commitments with their reports, changes of class, look-back campaigns."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base
from tasks.directory.models import Unit


class Commitment(Base):
    """A dated promise of an issued reply (承诺事项), followed until it is kept or has fallen away."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("reply_answer_id"),
        Index("ix_commitment_state_due", "state", "due"),  # the ledger, what is due first
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    reply_answer_id: Mapped[int] = mapped_column(ForeignKey("reply_answer.id"))
    measure: Mapped[str]
    """What the proposer asked for."""
    promise: Mapped[str]
    """What the reply says to it."""
    promised_on: Mapped[dt.date]
    original_due: Mapped[dt.date]
    due: Mapped[dt.date]
    """The date that counts now; later than the original one after a postponement."""
    state: Mapped[str]
    """`open`, `fulfilled` or `changed` (circumstances changed, explained in writing)."""
    fulfilled_on: Mapped[dt.date | None]
    ended_at: Mapped[dt.datetime | None]

    unit: Mapped[Unit] = relationship()
    reports: Mapped[list[CommitmentReport]] = relationship(order_by="CommitmentReport.id", back_populates="commitment")


class CommitmentReport(Base):
    """What a unit reported on a promise: half-way, when it fell due, or to explain why it could not be kept."""

    __tablename__ = "commitment_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"), index=True)
    kind: Mapped[str]
    """`progress`, `done`, `postponed` or `changed`."""
    text: Mapped[str]
    evidence: Mapped[str]
    new_due: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    verdict: Mapped[str]
    """Of the unit's head on `postponed` and `changed`: empty while it waits, `signed` or `refused`."""
    signed_by: Mapped[str]
    signed_at: Mapped[dt.datetime | None]
    copied_to: Mapped[str]
    """Code of the committee that gets a copy of a signed explanation (Shanghai art. 22)."""
    by: Mapped[str]
    at: Mapped[dt.datetime]

    commitment: Mapped[Commitment] = relationship(back_populates="reports")


class ClassChange(Base):
    """The result class of an item changed after its reply, and why."""

    __tablename__ = "class_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    before: Mapped[str]
    after: Mapped[str]
    cause: Mapped[str]
    """`promises`, `second_reply` or `look_back`."""
    by: Mapped[str]
    at: Mapped[dt.datetime]


class LookBack(Base):
    """A campaign that looks back on closed items (回头看)."""

    __tablename__ = "look_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    scope: Mapped[str]
    """`year`: items closed this year; `term`: of the whole term."""
    units: Mapped[list[Any]]
    """Codes of the units it asks; empty: all."""
    checklist: Mapped[str]
    due: Mapped[dt.date]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    visits: Mapped[list[LookBackVisit]] = relationship(order_by="LookBackVisit.id", back_populates="campaign")


class LookBackVisit(Base):
    """One closed item's unit in a campaign: what was found."""

    __tablename__ = "look_back_visit"
    __table_args__ = (UniqueConstraint("campaign_id", "item_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("look_back.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    class_before: Mapped[str]
    class_now: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(default="")
    """Empty while it waits; `solved`, `unchanged` or `relapsed`."""
    explanation: Mapped[str] = mapped_column(default="")
    former_instance_id: Mapped[str] = mapped_column(default="")
    """The case that was closed, where a relapse opened a new one."""
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[dt.datetime | None]

    campaign: Mapped[LookBack] = relationship(back_populates="visits")
    unit: Mapped[Unit] = relationship()
