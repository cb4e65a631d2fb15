"""Look-back (回头看): closed items are visited again; what has relapsed is handled anew (handbook §3.2, step 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.cases.views import ItemState
from tasks.tracking.models import ClassChange, LookBackVisit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.register.models import Item

VISIT_FIELDS = frozenset({"checklist", "reply_said", "class_now", "verdict", "explanation"})
CONFIRM_FIELDS = frozenset({"found", "verdict", "class_now", "remark"})

VERDICTS = {"solved": "确认解决", "upgraded": "结果提升", "unchanged": "没有变化", "relapsed": "有反复"}


def record_visit(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """What the unit found on the spot."""
    values = submission.values
    visit = visit_of(session, submission.variables)
    visit.class_now, visit.verdict = values["class_now"], values["verdict"]
    visit.explanation = values["explanation"]
    visit.by, visit.at = submission.actor or "", submission.at
    return {}


def record_confirmation(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """Who runs the campaign confirms or corrects it: only now the item's class changes, or the case begins again."""
    values = submission.values
    visit = visit_of(session, submission.variables)
    visit.verdict, visit.class_now = values["verdict"], values["class_now"]
    if values["verdict"] in ("solved", "upgraded") and visit.class_now != item.result_class:
        session.add(
            ClassChange(
                item_id=item.id, before=item.result_class, after=visit.class_now, cause="look_back",
                by=submission.actor or "", at=submission.at,
            )
        )  # fmt: skip
        item.result_class = visit.class_now
    return {"look_back": values["verdict"]}


def reopen_item(session: Session, item: Item, job: Job) -> dict[str, Any]:
    """A relapse: the item is open again, and its new case remembers the one that was closed."""
    visit = visit_of(session, job.variables)
    visit.former_instance_id = item.instance_id or ""
    item.closed_at = None
    item.state = ItemState.ASSIGNING
    item.instance_id = job.root_id
    return {"round": item.round, "filed": True, "filing": None}


def visit_of(session: Session, variables: Any) -> LookBackVisit:
    """The line of the campaign that a task is about."""
    return session.get_one(LookBackVisit, int(variables["visit"]))
