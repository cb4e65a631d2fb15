"""Rows behind the steps: assignments, consultations, opinions, replies, reviews, ratings, decisions, closing."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tasks.database import Base
from tasks.directory.models import Unit


class Assignment(Base):
    """One unit's part in one round of an item (交办)."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("item_id", "round", "unit_id"),
        Index("ix_assignment_unit", "unit_id"),  # “items of my unit”
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    role: Mapped[str]
    """`sole`, `lead`, `co` (and later `joint_lead`, `separate`)."""
    part: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    assigned_at: Mapped[dt.datetime]
    due: Mapped[dt.datetime | None]
    """Until when this unit's part is due: the reply of a lead unit, the opinion of a co-handling one."""
    due_notes: Mapped[list[Any]]
    signed_at: Mapped[dt.datetime | None]
    signed_by_default: Mapped[bool] = mapped_column(default=False)
    handler: Mapped[str] = mapped_column(default="")
    """Account of the handler whom the unit named at sign-in; empty: any handler of the unit."""
    phone: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[dt.datetime | None]
    """When an objection took the part from this unit; it does not count from then on."""

    unit: Mapped[Unit] = relationship()


class Adjustment(Base):
    """What a unit asked about its assignment (申请调整、建议增加单位), and what was decided."""

    __tablename__ = "adjustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    round: Mapped[int]
    act: Mapped[str]
    """`object`, `again` (after a refusal), `late` (after the window) or `add`."""
    kind: Mapped[str]
    reason: Mapped[str]
    suggested: Mapped[list[Any]]
    """Codes of the units that should take it over, or be added."""
    approver: Mapped[str]
    """Account of the unit's head who approved the request."""
    asked_task: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    endorsed_by: Mapped[str] = mapped_column(default="")
    endorsed_task: Mapped[str] = mapped_column(default="")
    endorsement_note: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(default="")
    """Empty while it waits; `agree`, `release`, `refuse`, `dropped` (by the unit's own head)."""
    final: Mapped[bool] = mapped_column(default=False)
    granted: Mapped[list[Any]] = mapped_column(default=list)
    """Codes of the units that got it."""
    decision_reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    decided_task: Mapped[str] = mapped_column(default="")

    assignment: Mapped[Assignment] = relationship()


class Consultation(Base):
    """One contact with the proposer (面商)."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    phase: Mapped[str]
    mode: Mapped[str]
    face_to_face: Mapped[bool]
    on: Mapped[dt.date]
    place: Mapped[str]
    participants: Mapped[str]
    highest_rank: Mapped[str]
    proposer_opinion: Mapped[str]
    agreed: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()


class Opinion(Base):
    """A co-handling unit's opinion to the lead unit (会办意见)."""

    __tablename__ = "opinion"
    __table_args__ = (UniqueConstraint("item_id", "unit_id", "round", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    version: Mapped[int]
    facts: Mapped[str]
    measures: Mapped[str]
    suggestion: Mapped[str]
    handler: Mapped[str]
    phone: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()


class Reply(Base):
    """One version of a unit's reply in one round (答复)."""

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("item_id", "unit_id", "round", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    version: Mapped[int]
    state: Mapped[str]
    result_class: Mapped[str]
    class_reason: Mapped[str]
    body: Mapped[str]
    disclosure: Mapped[str]
    disclosure_reason: Mapped[str]
    contact: Mapped[str]
    contact_phone: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    document_number: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[dt.date | None]

    unit: Mapped[Unit] = relationship()
    answers: Mapped[list[ReplyAnswer]] = relationship(order_by="ReplyAnswer.position", back_populates="reply")
    reviews: Mapped[list[Review]] = relationship(order_by="Review.id", back_populates="reply")


class ReplyAnswer(Base):
    """What a reply says to one measure; with a date it is a commitment (承诺)."""

    __tablename__ = "reply_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), index=True)
    position: Mapped[int]
    measure: Mapped[str]
    text: Mapped[str]
    adopted: Mapped[str]
    due: Mapped[dt.date | None]

    reply: Mapped[Reply] = relationship(back_populates="answers")


class Review(Base):
    """One node's verdict on one version of a reply (审核); every `return` counts (退办)."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), index=True)
    node: Mapped[str]
    node_name: Mapped[str]
    verdict: Mapped[str]
    reasons: Mapped[list[Any]]
    text: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    reply: Mapped[Reply] = relationship(back_populates="reviews")


class Feedback(Base):
    """The proposer's rating of one round (评价). Never shown to a handling unit."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("item_id", "round", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    round: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None when the window passed in silence."""
    channel: Mapped[str]
    """`app`, `committee` (a paper form keyed by the committee) or `silence`."""
    scores: Mapped[dict[str, Any]]
    overall: Mapped[str]
    contact_made: Mapped[str]
    opinion: Mapped[str]
    asks_rehandling: Mapped[bool]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class CommitteeDecision(Base):
    """What the committee decides on a dissatisfied rating; `questions` go to the unit, the rating does not."""

    __tablename__ = "committee_decision"
    __table_args__ = (UniqueConstraint("item_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    round: Mapped[int]
    decision: Mapped[str]
    questions: Mapped[str]
    explanation: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class Closing(Base):
    """The closing of a case (结案)."""

    __tablename__ = "closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    verdict: Mapped[str]
    solved: Mapped[str]
    effect: Mapped[str]
    remark: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class TaskSubmission(Base):
    """What a person submitted with a task, as it was; `extra` repeats the fields that no recorder knows."""

    __tablename__ = "task_submission"

    task_id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    """None for a step that concerns no item."""
    element_id: Mapped[str]
    form_id: Mapped[str]
    content: Mapped[dict[str, Any]]
    extra: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[dt.datetime]
