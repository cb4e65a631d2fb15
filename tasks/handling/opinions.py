"""Opinions of co-handling units (会办意见; handbook §3.2, step 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tasks.handling.models import Opinion
from tasks.handling.parts import part_of
from tasks.handling.recording import plain, unit_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.register.models import Item

OPINION_FIELDS = frozenset({"facts", "measures", "commitments", "agrees", "suggestion", "handler", "phone"})
APPROVAL_FIELDS = frozenset({"approval", "approval_note", "document_number", "seal"})
AGREES = {"agree": "同意", "disagree": "不同意"}
"""What a co-handling unit says to the lead unit's direction."""
ACCEPTANCE_FIELDS = frozenset({"acceptance", "bounce_reason"})
PROCEED_FIELDS = frozenset({"proceed", "proceed_reason"})


def record_opinion(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """A co-handling unit's handler has written the opinion; its leader sees it next."""
    unit, number = _of(session, submission.variables)
    earlier = session.scalar(
        select(func.max(Opinion.version)).where(
            Opinion.item_id == item.id, Opinion.unit_id == unit, Opinion.round == number
        )
    )
    values = submission.values
    session.add(
        Opinion(
            item_id=item.id,
            unit_id=unit,
            round=number,
            version=(earlier or 0) + 1,
            facts=values["facts"],
            measures=values["measures"],
            commitments=plain(values.get("commitments") or []),
            agrees=values.get("agrees") or "",
            suggestion=values.get("suggestion") or "",
            handler=values["handler"],
            phone=values["phone"],
            by=submission.actor or "",
            at=submission.at,
            state="written",
        )
    )
    return {"bounced": False, "opinion_returned": False}


def record_approval(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The co-handling unit's leader issues the opinion under a number and a seal, or returns it to the handler."""
    opinion = newest_opinion(session, item, submission.variables)
    returned = submission.values["approval"] == "return"
    opinion.state = "returned" if returned else "approved"
    opinion.approved_by, opinion.approved_at = submission.actor or "", submission.at
    opinion.remark = submission.values.get("approval_note") or ""
    opinion.document_number = submission.values.get("document_number") or ""
    opinion.seal = submission.values.get("seal") or ""
    return {"opinion_returned": returned}


def record_acceptance(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The lead unit accepts the opinion, or bounces it for want of substance (Chongqing: redo in 5 working days)."""
    opinion = newest_opinion(session, item, submission.variables)
    bounced = submission.values["acceptance"] == "bounce"
    opinion.state = "bounced" if bounced else "accepted"
    opinion.remark = submission.values.get("bounce_reason") or ""
    return {"bounced": bounced, "bounce_reason": opinion.remark}


def record_proceed(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """After reminders the lead unit may go on without the opinion; the co-handling unit is marked for it."""
    goes_on = submission.values["proceed"] == "go_on"
    if goes_on:
        part = part_of(session, item, submission.variables["co_unit"])
        part.given_up = submission.values["proceed_reason"]
    return {"goes_on": goes_on}


def remind_opinion(session: Session, item: Item, job: Job) -> None:
    """The procedure reminds a co-handling unit that its opinion is due, or overdue."""
    part_of(session, item, job.variables["co_unit"]).reminded += 1


def newest_opinion(session: Session, item: Item, facts: Mapping[str, Any]) -> Opinion:
    """The version that the unit wrote last in this round."""
    unit, number = _of(session, facts)
    return session.scalars(
        select(Opinion)
        .where(Opinion.item_id == item.id, Opinion.unit_id == unit, Opinion.round == number)
        .order_by(Opinion.version.desc())
        .limit(1)
    ).one()


def _of(session: Session, facts: Mapping[str, Any]) -> tuple[int, int]:
    return unit_id(session, facts["co_unit"]), int(facts["round"])
