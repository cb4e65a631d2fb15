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
        Index("ix_assignment_unit", "unit_id", "item_id"),  # “items of my unit”
        Index("ix_assignment_current", "current", "unit_id", "role", "item_id"),  # parts by unit, for statistics
        # Which units have a part in these items, and whether it is late, without the rows.
        Index("ix_assignment_item", "item_id", "current", "role", "unit_id", "round", "due", "suspended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    role: Mapped[str]
    """`sole`, `lead`, `joint` (leads together with the lead unit), `separate` (answers its own part) or `co`."""
    part: Mapped[str] = mapped_column(default="")
    """What a joint or separate unit is responsible for."""
    answer: Mapped[int] = mapped_column(default=1)
    """Which reply of the item this part belongs to, counted from 1: separate units have one each."""
    current: Mapped[bool] = mapped_column(default=True)
    """Whether the part counts now: it belongs to its answer's newest round, and no objection has ended it."""
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
    suspended_at: Mapped[dt.datetime | None]
    """Since when the clock of this part stands still (`pause_policy`); None while it runs."""
    reminded: Mapped[int] = mapped_column(default=0)
    """How often the procedure reminded a co-handling unit of its opinion."""
    given_up: Mapped[str] = mapped_column(default="")
    """Why the lead unit went on without this unit's opinion; empty while it waits or has it."""

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


class Plan(Base):
    """How the lead unit means to handle an item (办理方案; handbook §3.2, step 9)."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    leader: Mapped[str]
    section: Mapped[str]
    handler: Mapped[str]
    phone: Mapped[str]
    milestones: Mapped[list[Any]]
    """Measures with `due` (ISO date) and `deliverable`."""
    consultation_plan: Mapped[str]
    funds: Mapped[str]
    expected_class: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()


class Extension(Base):
    """A unit asks for more time for its reply (申请延期; step 18), and what was decided."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    answer: Mapped[int]
    reason: Mapped[str]
    kind: Mapped[str]
    """`wide`, `hard` or `other`."""
    wanted: Mapped[dt.date]
    plan: Mapped[str]
    told_on: Mapped[dt.date]
    told_by: Mapped[str]
    """How the proposer was told: `met`, `phoned` or `written`."""
    by: Mapped[str]
    at: Mapped[dt.datetime]
    request_id: Mapped[str | None] = mapped_column(unique=True)
    verdict: Mapped[str] = mapped_column(default="")
    """Empty while it waits; `agree` or `refuse`."""
    granted: Mapped[dt.date | None]
    notes: Mapped[list[Any]] = mapped_column(default=list)
    """Who said what, in order: the hub, then the committee."""
    decided_at: Mapped[dt.datetime | None]

    unit: Mapped[Unit] = relationship()


class KeyDesignation(Base):
    """An item was made a key item (列为重点), at triage or later (step 4)."""

    __tablename__ = "key_designation"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str]
    note: Mapped[str]
    """Who leads it."""
    reason: Mapped[str]
    supervisor: Mapped[str] = mapped_column(default="")
    """The body that supervises it."""
    plan: Mapped[str] = mapped_column(default="")
    """When and how it is supervised."""
    by: Mapped[str]
    at: Mapped[dt.datetime]


class Publication(Base):
    """How a reply was published, with its proof, or why not (公开; step 15)."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), unique=True)
    form: Mapped[str]
    """`full`, `abstract` or `refused`."""
    abstract: Mapped[str]
    url: Mapped[str]
    published_on: Mapped[dt.date | None]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class ClosingReport(Base):
    """What a unit really solved (结案报告; step 20); a later round has a report of its own."""

    __tablename__ = "closing_report"
    __table_args__ = (UniqueConstraint("item_id", "unit_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    solved: Mapped[str]
    effect: Mapped[str]
    evidence: Mapped[str]
    money: Mapped[str]
    """In ten thousand yuan, as a decimal text; empty where none was said."""
    beneficiaries: Mapped[int | None]
    own_verdict: Mapped[str]
    left: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()


class ItemWithdrawal(Base):
    """A proposer withdraws an item (撤案); of a joint item every signatory must agree."""

    __tablename__ = "item_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    agreed: Mapped[list[Any]]
    """Ids of the persons who agreed, the lead proposer first."""
    done_at: Mapped[dt.datetime | None]


class Consultation(Base):
    """One contact with the proposer (面商)."""

    __tablename__ = "consultation"
    __table_args__ = (Index("ix_consultation_met", "face_to_face", "item_id"),)

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
    photos: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of attachments: pictures, the signed record."""
    confirmation: Mapped[str] = mapped_column(default="")
    """`signed` (on the paper record), `asked` (to confirm here), `none`, or empty where nobody said."""
    confirmed_by: Mapped[str] = mapped_column(default="")
    """Account of the proposer who confirmed the record here."""
    confirmed_at: Mapped[dt.datetime | None]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    unit: Mapped[Unit] = relationship()


class Opinion(Base):
    """A co-handling unit's opinion to the lead unit (会办意见)."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("item_id", "unit_id", "round", "version"),
        Index("ix_opinion_number", "unit_id", "document_number"),  # the next number, and whether one is taken
    )

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
    agrees: Mapped[str] = mapped_column(default="")
    """Whether the unit agrees with the lead unit's direction: `agree`, `disagree` or empty."""
    state: Mapped[str] = mapped_column(default="accepted")
    """`written`, `returned` (by the unit's own leader), `approved`, `accepted` or `bounced` (by the lead unit)."""
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[dt.datetime | None]
    remark: Mapped[str] = mapped_column(default="")
    """Why it was returned or bounced."""
    commitments: Mapped[list[Any]] = mapped_column(default=list)
    """What the unit promises: `what` with `due` (ISO date)."""
    document_number: Mapped[str] = mapped_column(default="")
    seal: Mapped[str] = mapped_column(default="")
    """`paper` or `electronic`."""

    unit: Mapped[Unit] = relationship()


class Reply(Base):
    """One version of a unit's reply in one round (答复)."""

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("item_id", "unit_id", "round", "version"),
        Index("ix_reply_days", "round", "stage", "unit_id", "days", "item_id"),  # how long units take
        Index("ix_reply_whose", "id", "item_id", "unit_id"),  # whose replies came back
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int]
    version: Mapped[int]
    stage: Mapped[str] = mapped_column(default="first")
    """`first`, `second` (二次答复, when a promise fell due) or `merged` (taken over from the item merged with)."""
    answer: Mapped[int] = mapped_column(default=1)
    state: Mapped[str]
    result_class: Mapped[str]
    class_reason: Mapped[str]
    body: Mapped[str]
    disclosure: Mapped[str]
    disclosure_reason: Mapped[str]
    funds: Mapped[bool] = mapped_column(default=False)
    """Whether money or a project is involved: then the unit's head must sign."""
    contact: Mapped[str]
    contact_phone: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    document_number: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[dt.date | None]
    days: Mapped[int | None]
    """Days from the assignment to the date of the reply, fixed at the issue: statistics add them up."""
    opinions_summary: Mapped[str] = mapped_column(default="")
    """What the co-handling units said, and what became of it."""
    leader: Mapped[str] = mapped_column(default="")
    leader_phone: Mapped[str] = mapped_column(default="")
    seal: Mapped[str] = mapped_column(default="")
    """`paper` or `electronic`."""
    delivery: Mapped[list[Any]] = mapped_column(default=list)
    """`system`, `paper`, `in_person`."""
    cc: Mapped[list[Any]] = mapped_column(default=list)
    """Names of the bodies that got a copy, as they were then."""
    delivered_on: Mapped[dt.date | None]
    replied_on: Mapped[dt.date | None]
    """The date of the reply by the area's `reply_date`: of its issue, its delivery, or its entry here."""

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
    unit_code: Mapped[str] = mapped_column(default="")
    """The unit that carries a promise out, where it is not the one that answers."""
    evidence: Mapped[str] = mapped_column(default="")
    """By what it will be seen that the promise was kept."""

    reply: Mapped[Reply] = relationship(back_populates="answers")


class Review(Base):
    """One node's verdict on one version of a reply (审核); every `return` counts (退办)."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_verdict", "verdict", "reply_id"),)  # what was returned

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("reply.id"), index=True)
    node: Mapped[str]
    node_name: Mapped[str]
    unit_code: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str]
    """`pass`, `return` (退办) or `reclass` (改类别)."""
    former_body: Mapped[str] = mapped_column(default="")
    """The text before this reviewer changed it; empty where it was passed as it was."""
    old_class: Mapped[str] = mapped_column(default="")
    new_class: Mapped[str] = mapped_column(default="")
    reasons: Mapped[list[Any]]
    text: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    reply: Mapped[Reply] = relationship(back_populates="reviews")


class Feedback(Base):
    """The proposer's rating of one round (评价). Never shown to a handling unit."""

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("item_id", "answer", "stage", "round", "person_id"),
        Index("ix_feedback_counted", "round", "stage", "overall", "item_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    answer: Mapped[int] = mapped_column(default=1)
    stage: Mapped[str] = mapped_column(default="first")
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
    highest_rank: Mapped[str] = mapped_column(default="")
    to_the_point: Mapped[str] = mapped_column(default="")
    own_class: Mapped[str] = mapped_column(default="")
    """The result class as the proposer sees it."""
    by: Mapped[str]
    at: Mapped[dt.datetime]


class CommitteeDecision(Base):
    """What the committee decides on a dissatisfied rating; `questions` go to the unit, the rating does not."""

    __tablename__ = "committee_decision"
    __table_args__ = (UniqueConstraint("item_id", "answer", "stage", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    answer: Mapped[int] = mapped_column(default=1)
    stage: Mapped[str] = mapped_column(default="first")
    round: Mapped[int]
    decision: Mapped[str]
    """`rehandle`, `explain`, `meeting` (all three sides at one table), `expert` (evaluation) or `refuse_closing`."""
    questions: Mapped[str]
    explanation: Mapped[str]
    outcome: Mapped[str] = mapped_column(default="")
    """How the proposer took it: a code of `tasks.handling.ratings.OUTCOMES`; empty where it is handled again."""
    meeting_on: Mapped[dt.date | None]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class Closing(Base):
    """The hub's verdict on closing a case (结案) and the committee's; a later verdict takes the earlier one's place."""

    __tablename__ = "closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), unique=True)
    verdict: Mapped[str]
    solved: Mapped[str]
    effect: Mapped[str]
    remark: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(default="")
    """Why closing was refused or put off."""
    deferred_until: Mapped[dt.date | None]
    times: Mapped[int] = mapped_column(default=1)
    check: Mapped[str] = mapped_column(default="")
    """The committee's: empty, `agree` or `disagree`."""
    check_reason: Mapped[str] = mapped_column(default="")
    checked_by: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[dt.datetime | None]


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
