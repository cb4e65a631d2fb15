"""What supervision keeps: reminders, slips, inspections and rectifications."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base
from tasks.directory.models import Unit
from tasks.register.models import Item


class Reminder(Base):
    """An open task was pressed for (催办): by a person, or by the daily round after the table."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_item", "item_id"),
        Index("ix_reminder_task", "task_id"),
        UniqueConstraint("task_id", "mark"),  # the daily round says one thing once
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    task_id: Mapped[str] = mapped_column(ForeignKey("work.task_id"))
    unit_code: Mapped[str]
    """The body whose task it is; empty for a proposer's own."""
    kind: Mapped[str]
    """`act`: a person pressed; `round`: the daily round did; `bulletin`: it is to be named in the next bulletin."""
    receiver: Mapped[str]
    """Account of who had the task; empty when it waited for a group."""
    text: Mapped[str]
    mark: Mapped[str | None]
    """What of the daily round it is (action and light); None for a person's act, which may be repeated."""
    rule: Mapped[str] = mapped_column(default="")
    """The row of the table that asked for it."""
    by: Mapped[str]
    at: Mapped[dt.datetime]


class Slip(Base):
    """A slip (提醒函、督办单) to a unit about one of its items, or about several at once."""

    __tablename__ = "slip"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_slip_unit_state", "unit_id", "state"),
        UniqueConstraint("task_id", "mark"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    level: Mapped[str]
    """`letter` (提醒函), `orange` or `red` (督办单)."""
    number: Mapped[str | None]
    """Given when it is issued: {type}〔{year}〕{n}."""
    state: Mapped[str]
    """`signing`, `refused`, `issued`, `explained`, `overdue`, `accepted` or `escalated`."""
    problem: Mapped[str]
    requirement: Mapped[str]
    reply_by: Mapped[dt.date | None]
    """Until when the unit must explain; fixed when the slip is issued."""
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("slip.id"))
    """The slip that this one follows (escalation)."""
    task_id: Mapped[str | None]
    """The open task for which the daily round issued it."""
    mark: Mapped[str | None]
    rule: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")
    sign_note: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[dt.date | None]
    explained_by: Mapped[str] = mapped_column(default="")
    explained_at: Mapped[dt.datetime | None]
    judgement: Mapped[str] = mapped_column(default="")
    judged_by: Mapped[str] = mapped_column(default="")
    judged_at: Mapped[dt.datetime | None]
    by: Mapped[str]
    """Account of who asked for it; empty: the daily round."""
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()
    items: Mapped[list[SlipItem]] = relationship(order_by="SlipItem.item_id", back_populates="slip")


class SlipItem(Base):
    """An item that a slip is about, and what the unit explained on it."""

    __tablename__ = "slip_item"

    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)
    explanation: Mapped[str] = mapped_column(default="")
    promised_on: Mapped[dt.date | None]
    """By when the unit says it will be done."""

    slip: Mapped[Slip] = relationship(back_populates="items")
    item: Mapped[Item] = relationship()


class Inspection(Base):
    """A supervision on the spot or by telephone (督查记录), on a case or on a unit."""

    __tablename__ = "inspection"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """One of `tasks.supervision.inspections.KINDS`."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    on: Mapped[dt.date]
    people: Mapped[str]
    """Who went, as it is read."""
    findings: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()
    rectifications: Mapped[list[Rectification]] = relationship(order_by="Rectification.id", back_populates="inspection")


class Rectification(Base):
    """What has to be put right after an inspection, until when, and whether it was."""

    __tablename__ = "rectification"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    text: Mapped[str]
    due: Mapped[dt.date]
    result: Mapped[str] = mapped_column(default="")
    done_on: Mapped[dt.date | None]
    by: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship(back_populates="rectifications")


class ChasingRound(Base):
    """The daily round of a day: it goes once, whoever begins it."""

    __tablename__ = "chasing_round"

    on: Mapped[dt.date] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    reminders: Mapped[int]
    slips: Mapped[int]
