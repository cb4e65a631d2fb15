"""What a unit says to its assignment, and what becomes of it (签收、申请调整; handbook §3.2, steps 7 and 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.handling import waiting
from tasks.handling.models import Adjustment
from tasks.handling.parts import part_of, sign
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.register.models import Item

SIGN_IN_FIELDS = frozenset(
    {"answer", "handler", "phone", "remark", "add_units", "objection_kind", "suggested_unit", "reason", "approver"}
)
RULING_FIELDS = frozenset({"ruling", "new_unit", "ruling_reason"})
ENDORSEMENT_FIELDS = frozenset({"endorsement", "endorsement_note"})
ADDITION_FIELDS = frozenset({"addition", "units_to_add", "ruling_reason"})

OBJECTION_KINDS = {
    "not_ours": "不属本单位职责",
    "lead_elsewhere": "应由其他单位主办",
    "role": "主办、会办应当对调",
    "outside": "不属政府职权范围",
}
"""Why a unit says “not ours” (handbook §3.2, step 8); to add a unit is an answer of its own."""

OBJECTIONS = ("object", "again", "late")
"""Answers that ask for another unit; each counts as an objection of the item."""
IMMEDIATE = ("object", "late")
"""Those that go to the hub at once; a second request waits for the unit's own head first."""


def record_sign_in(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """A unit confirms receipt and names its handler, or asks for the assignment to be changed."""
    values = submission.values
    answer = values.get("answer") or "accept"  # a case on an older diagram has no other answer
    part = part_of(session, item, submission.variables["part"]["unit"])
    if answer not in OBJECTIONS:
        sign(part, submission.at, values.get("handler"), values.get("phone"), values.get("remark"))
    if answer in IMMEDIATE:
        waiting.begin(session, item, part, submission.at)
    if answer != "accept":
        suggested = [values["suggested_unit"]] if values.get("suggested_unit") else list(values.get("add_units") or [])
        session.add(
            Adjustment(
                item_id=item.id,
                assignment_id=part.id,
                round=part.round,
                act=answer,
                kind=values.get("objection_kind") or "",
                reason=values["reason"],
                suggested=suggested,
                approver=values.get("approver") or "",
                asked_task=submission.task.id,
                by=submission.actor or "",
                at=submission.at,
            )
        )
    return {"answer": answer, "handler": values.get("handler")}


def record_ruling(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The hub decides on an objection; the ruling of a step with the header `final` cannot be asked about again.

    A refused unit gets its window anew: it counts from the ruling.
    """
    asked = _decided(session, item, submission, submission.values["ruling"])
    final = submission.headers.get("final") == "yes"
    asked.final = final
    if asked.verdict == "agree":
        asked.granted = [submission.values["new_unit"]]
    told = {"ruling": asked.verdict, "new_unit": submission.values.get("new_unit")}
    if asked.verdict != "refuse":
        return told
    return {**told, "stage": "final" if final else "refused", "since": submission.at.astimezone(BEIJING).date()}


def record_endorsement(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The head of a refused unit signs the second request himself, or lets it drop."""
    asked = pending(session, item, submission.variables["part"]["unit"])
    asked.endorsed_by = submission.actor or ""
    asked.endorsed_task = submission.task.id
    asked.endorsement_note = submission.values.get("endorsement_note") or ""
    if submission.values["endorsement"] == "sign":
        waiting.begin(session, item, asked.assignment, submission.at)
        return {"endorsement": "sign"}
    asked.verdict, asked.decided_by, asked.decided_at = "dropped", submission.actor or "", submission.at
    return {"endorsement": "drop", "stage": "final", "since": submission.at.astimezone(BEIJING).date()}


def record_addition(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The hub decides whether the units that a unit suggested are added."""
    asked = _decided(session, item, submission, submission.values["addition"])
    units = list(submission.values.get("units_to_add") or [])
    asked.granted = units
    return {"addition": asked.verdict, "added": units}


_SAID = {"agree": "同意", "release": "同意", "dropped": "单位负责人决定不提出"}
"""What the unit is told; every other verdict leaves the item with it."""


def pending(session: Session, item: Item, unit_code: str) -> Adjustment:
    """What this unit has asked and nobody has decided yet."""
    part = part_of(session, item, unit_code)
    return session.scalars(
        select(Adjustment).where(Adjustment.assignment_id == part.id, Adjustment.verdict == "")
    ).one()


def _decided(session: Session, item: Item, submission: Submission, verdict: str) -> Adjustment:
    asked = pending(session, item, submission.variables["part"]["unit"])
    asked.verdict = verdict
    asked.decision_reason = submission.values.get("ruling_reason") or ""
    asked.decided_by = submission.actor or ""
    asked.decided_at = submission.at
    asked.decided_task = submission.task.id
    moved = waiting.end(session, item, asked, submission.at) if asked.act in OBJECTIONS else []
    told = (_SAID.get(verdict, "不同意"), asked.decision_reason, "、".join(one.told for one in moved))
    notify(
        session, [asked.by], NoticeKind.OBJECTION_DECIDED, submission.at, item.id,
        text="；".join(part for part in told if part),
    )  # fmt: skip
    return asked
