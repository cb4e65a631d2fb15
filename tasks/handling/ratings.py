"""Ratings, silence, and what the committee decides (评价; handbook §3.2, steps 16 and 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.accounts.models import Account
from tasks.deadlines.sections import settings_of
from tasks.handling.models import CommitteeDecision, Feedback
from tasks.handling.rounds import answer_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.register.models import Item

FEEDBACK_FIELDS = frozenset(
    {"contact_made", "highest_rank", "attitude", "result", "overall", "to_the_point", "own_class", "opinion",
     "asks_rehandling", "remark"}
)  # fmt: skip
DECISION_FIELDS = frozenset({"decision", "questions", "explanation", "meeting_on", "minutes", "outcome"})
DECISIONS = {"rehandle": "重新办理", "explain": "作说明", "meeting": "开协调会", "expert": "专家评估"}
OUTCOMES = {"accepted": "代表表示理解", "dissatisfied": "说明后仍不满意"}
"""How the proposer took what was explained; the case may be closed in both ways (handbook §3.2, step 17)."""
RATING_NAMES = {"satisfied": "满意", "basic": "基本满意", "dissatisfied": "不满意"}

DIMENSIONS = ("attitude", "result")
"""What is rated of a reply."""
_WORST_FIRST = ("dissatisfied", "basic", "satisfied")


def overall_of(scores: Mapping[str, str], rule: str = "worst", said: str | None = None) -> str:
    """The overall rating by the area's `overall_rule` (handbook §3.2, step 16).

    The worst dimension, the result alone, or what the proposer said of the whole (`explicit`).
    """
    if rule == "explicit" and said:
        return said
    if rule == "result":
        return scores["result"]
    return next(score for score in _WORST_FIRST if score in scores.values())


def silence_counts_as(session: Session, area_id: int) -> str:
    """What the rating of a reply that nobody rated in time counts as by the area's `silence_policy`; empty: nothing."""
    policy = str(settings_of(session, area_id).get("silence_policy", "exclude"))
    return policy if policy in _WORST_FIRST else ""


def _about(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Which reply is rated: the answer, its round, and whether it is a second reply."""
    stage = str(facts.get("stage") or "first")
    return {
        "answer": answer_of(facts),
        "round": int(facts["round"]),
        "stage": "second" if stage == "second" else "first",
    }


def record_feedback(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The lead proposer rates the round; a committee's officer may key in a paper form."""
    values = submission.values
    scores = {dimension: values[dimension] for dimension in DIMENSIONS}
    rule = str(settings_of(session, item.area_id).get("overall_rule", "worst"))
    overall = overall_of(scores, rule, values.get("overall"))
    lead = item.proposers[0].person_id
    rater = session.scalar(select(Account.person_id).where(Account.name == submission.actor))
    session.add(
        Feedback(
            item_id=item.id,
            **_about(submission.variables),
            person_id=lead,
            channel="app" if rater == lead else "committee",
            scores=scores,
            overall=overall,
            contact_made=values["contact_made"],
            opinion=values.get("opinion") or values.get("remark") or "",
            asks_rehandling=bool(values.get("asks_rehandling")),
            highest_rank=values.get("highest_rank") or "",
            to_the_point=values.get("to_the_point") or "",
            own_class=values.get("own_class") or "",
            by=submission.actor or "",
            at=submission.at,
        )
    )
    return {"overall": overall}


def record_silence(session: Session, item: Item, job: Job) -> dict[str, str]:
    """The rating window passed without an answer; how it counts is the area's `silence_policy`."""
    session.add(
        Feedback(
            item_id=item.id,
            **_about(job.variables),
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
    """The committee orders a re-handling, or explains and says how it was taken; only the questions reach the unit."""
    values = submission.values
    session.add(
        CommitteeDecision(
            item_id=item.id,
            **_about(submission.variables),
            decision=values["decision"],
            questions=values.get("questions") or "",
            explanation=values.get("explanation") or values.get("minutes") or "",
            meeting_on=values.get("meeting_on"),
            outcome=values.get("outcome") or "",
            by=submission.actor or "",
            at=submission.at,
        )
    )
    return {"decision": values["decision"]}
