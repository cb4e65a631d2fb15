"""What a unit does beside and after its reply: plan, publication, the way up (steps 9 and 15; upper-level items)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.filing.models import HandIn, UpperItem
from tasks.handling.models import Plan, Publication
from tasks.handling.recording import plain, unit_id
from tasks.handling.replies import current_reply

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.register.models import Item

PLAN_FIELDS = frozenset(
    {"leader", "section", "handler", "phone", "milestones", "consultation_plan", "funds", "expected_class"}
)
PUBLICATION_FIELDS = frozenset({"publication", "abstract", "url", "published_on", "checked", "refusal_reason"})
HAND_IN_FIELDS = frozenset({"handed_on", "channel", "proof", "taken_up", "remark"})


ADOPTED = {"adopted": "yes", "partly": "partly", "not": "no"}
"""What the upper level's lead body did with our answer, in the words of the item's outside facts."""


def record_plan(session: Session, item: Item, submission: Submission) -> None:
    """The lead unit's plan (办理方案)."""
    values: dict[str, Any] = {name: submission.values.get(name) or "" for name in PLAN_FIELDS}
    values["milestones"] = plain(submission.values.get("milestones") or [])
    unit = unit_id(session, submission.variables["lead_unit"])
    session.add(Plan(item_id=item.id, unit_id=unit, by=submission.actor or "", at=submission.at, **values))


def record_publication(session: Session, item: Item, submission: Submission) -> None:
    """The reply is public, with the address as its proof, or it is said why not."""
    values = submission.values
    session.add(
        Publication(
            reply_id=current_reply(session, item, submission.variables).id,
            form=values["publication"],
            abstract=values.get("abstract") or "",
            url=values.get("url") or "",
            published_on=values.get("published_on"),
            reason=values.get("refusal_reason") or "",
            by=submission.actor or "",
            at=submission.at,
        )
    )


def record_hand_in(session: Session, item: Item, submission: Submission) -> None:
    """The answer to an upper level's item has gone up."""
    values = {name: submission.values.get(name) or "" for name in HAND_IN_FIELDS}
    values["handed_on"] = submission.values["handed_on"]
    upper = session.get(UpperItem, item.id)
    if upper is not None:
        upper.uploaded_on, upper.upload_proof = submission.values["handed_on"], str(values["proof"])
        upper.adopted = ADOPTED.get(str(values["taken_up"]), "")
    session.add(HandIn(item_id=item.id, by=submission.actor or "", at=submission.at, **values))
