"""What filing keeps: the committee's reviews, signatures that lapsed, and what only items of an upper level have."""

# ruff: noqa: TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tasks.database import Base


class FilingReview(Base):
    """One review of an item (初审、终审); the newest of the stage `final` stands."""

    __tablename__ = "filing_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    stage: Mapped[str]
    """`first` or `final`."""
    result: Mapped[str]
    """`filed`, `returned_for_edit`, `not_filed`, `converted` or `merged`."""
    grounds: Mapped[list[Any]]
    explanation: Mapped[str]
    """What the proposer is told."""
    merge_target_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    convert_to: Mapped[str]
    task_id: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class LapsedSignature(Base):
    """A co-signer who declined or did not answer by the date; the person has no part in the item any more."""

    __tablename__ = "lapsed_signature"
    __table_args__ = (UniqueConstraint("item_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    """`declined` or `silent`."""
    at: Mapped[dt.datetime]


class UpperItem(Base):
    """What an item of an upper level has beside its text: a lead body outside, and a clock of its own."""

    __tablename__ = "upper_item"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    external_number: Mapped[str]
    external_session: Mapped[str]
    external_proposer: Mapped[str]
    external_lead: Mapped[str]
    """The body that passed it down, or that leads it where we only help."""
    contact: Mapped[str]
    contact_phone: Mapped[str]
    role: Mapped[str]
    """What our area does in it: `lead` or `co`."""
    external_due: Mapped[dt.date]
    inner_due: Mapped[dt.datetime]
    """Our own date: the external one less a margin (handbook §4.2, child deadlines)."""
    inner_due_notes: Mapped[list[Any]]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    uploaded_on: Mapped[dt.date | None]
    """When our answer was entered into the upper level's system."""
    upload_proof: Mapped[str] = mapped_column(default="")
    adopted: Mapped[str] = mapped_column(default="")
    """Whether the lead body took our opinion over: `yes`, `partly`, `no`; empty while it is not known."""


class HandIn(Base):
    """The answer to an upper level's item went up, with its proof."""

    __tablename__ = "hand_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    handed_on: Mapped[dt.date]
    channel: Mapped[str]
    proof: Mapped[str]
    taken_up: Mapped[str]
    remark: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
