"""Ratings, silence, and what the committee decides (评价; handbook §3.2, steps 16 and 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.accounts.models import Account
from tasks.handling.models import CommitteeDecision, Feedback

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.register.models import Item

FEEDBACK_FIELDS = frozenset({"contact_made", "attitude", "result", "opinion", "asks_rehandling", "remark"})
DECISION_FIELDS = frozenset({"decision", "questions", "explanation"})

_WORST_FIRST = ("dissatisfied", "basic", "satisfied")


def overall_of(scores: dict[str, str]) -> str:
    """The overall rating: the worst of the dimensions (`overall_rule` = worst, handbook §3.2 step 16)."""
    return next(score for score in _WORST_FIRST if score in scores.values())


def record_feedback(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The lead proposer rates the round; a committee's officer may key in a paper form."""
    values = submission.values
    scores = {"attitude": values["attitude"], "result": values["result"]}
    lead = item.proposers[0].person_id
    rater = session.scalar(select(Account.person_id).where(Account.name == submission.actor))
    session.add(
        Feedback(
            item_id=item.id,
            round=item.round,
            person_id=lead,
            channel="app" if rater == lead else "committee",
            scores=scores,
            overall=overall_of(scores),
            contact_made=values["contact_made"],
            opinion=values.get("opinion") or values.get("remark") or "",
            asks_rehandling=bool(values.get("asks_rehandling")),
            by=submission.actor or "",
            at=submission.at,
        )
    )
    return {"overall": overall_of(scores)}


def record_silence(session: Session, item: Item, job: Job) -> dict[str, str]:
    """The rating window passed without an answer; such a round is left out of the satisfaction rate."""
    session.add(
        Feedback(
            item_id=item.id,
            round=item.round,
            person_id=None,
            channel="silence",
            scores={},
            overall="none",
            contact_made="",
            opinion="",
            asks_rehandling=False,
            by="",
            at=job.at,
        )
    )
    return {"overall": "none"}


def record_decision(session: Session, item: Item, submission: Submission) -> dict[str, str]:
    """The committee orders a re-handling or explains; only the questions reach the unit."""
    values = submission.values
    session.add(
        CommitteeDecision(
            item_id=item.id,
            round=item.round,
            decision=values["decision"],
            questions=values.get("questions") or "",
            explanation=values.get("explanation") or "",
            by=submission.actor or "",
            at=submission.at,
        )
    )
    return {"decision": values["decision"]}
