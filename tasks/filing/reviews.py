"""The committee's two reviews and what follows from them (审查立案; handbook §3.2, step 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from tasks.cases.views import ItemState
from tasks.filing.models import FilingReview
from tasks.handling.models import TaskSubmission
from tasks.register.categories import apart
from tasks.register.models import ItemMeasure
from tasks.search.index import forget_former_words
from tasks.worklist.models import TaskDraft, Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.register.models import Item

REVIEW_FIELDS = frozenset(
    {
        "signatures", "first_opinion", "result", "grounds", "explanation", "merge_target", "convert_to", "category",
        "key_candidate", "urgency", "publish_consent", "confidential", "contains_secret",
    }
)  # fmt: skip
EDIT_FIELDS = frozenset({"told", "title", "category", "situation", "analysis", "measures"})

RESULTS = {
    "filed": "立案",
    "returned_for_edit": "退回修改",
    "not_filed": "不予立案",
    "converted": "转其他渠道",
    "merged": "并案",
}
REMOVED = "（涉密内容已移出本系统）"
_STATES = {
    "not_filed": ItemState.NOT_FILED,
    "converted": ItemState.CONVERTED,
    "merged": ItemState.MERGED,
    "returned_for_edit": ItemState.RETURNED_FOR_EDIT,
}


def record_first_review(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The committee's desk proposes a result; a return and secret content need no second review."""
    values = submission.values
    _describe(item, submission)
    if values.get("contains_secret"):
        _keep(session, item, submission, "final", "not_filed")
        _remove_secret(session, item)
        item.state = ItemState.NOT_FILED
        return {"proposal": "secret", "filing": "not_filed"}
    _keep(session, item, submission, "first", values["result"])
    if values["result"] == "returned_for_edit":
        item.state = ItemState.RETURNED_FOR_EDIT
        return {"proposal": "returned_for_edit"}
    return {"proposal": values["result"]}


def record_final_review(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The committee decides: the legal act of filing, or what takes its place."""
    values = submission.values
    result = values["result"]
    _describe(item, submission)
    kept = _keep(session, item, submission, "final", result)
    if values.get("contains_secret"):
        _remove_secret(session, item)
    if result in {"filed", "merged"}:
        item.filed_at = submission.at
    if result == "merged":
        item.merged_into_id = kept.merge_target_id
    item.state = _STATES.get(result, item.state)
    return {"filing": None if result == "returned_for_edit" else result, "result": result}


def record_edit(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The lead proposer has corrected the text and submits it again; signatures stand."""
    values = submission.values
    item.title = values["title"]
    item.category, item.subcategory = apart(values["category"])
    item.situation = values["situation"]
    item.analysis = values.get("analysis") or ""
    session.execute(delete(ItemMeasure).where(ItemMeasure.item_id == item.id))
    for position, row in enumerate(values["measures"]):
        session.add(ItemMeasure(item_id=item.id, position=position, text=row["text"]))
    item.state = ItemState.FILING
    return {}


def take_as_filed(session: Session, item: Item, job: Job) -> dict[str, str]:  # noqa: ARG001
    """Items of an upper level and imported ones were filed before they came here."""
    item.filed_at = item.filed_at or job.at
    return {"filing": "filed"}


def _describe(item: Item, submission: Submission) -> None:
    """What the reviewers confirm of the item itself."""
    values = submission.values
    if values.get("category"):
        item.category, item.subcategory = apart(values["category"])
    item.key_candidate = bool(values.get("key_candidate"))
    item.urgency = values.get("urgency") or ""
    item.publish_consent = bool(values.get("publish_consent"))
    item.confidential = bool(values.get("confidential"))


def _keep(session: Session, item: Item, submission: Submission, stage: str, result: str) -> FilingReview:
    values = submission.values
    target = values.get("merge_target") if result == "merged" else None
    kept = FilingReview(
        item_id=item.id,
        stage=stage,
        result=result,
        grounds=list(values.get("grounds") or []) if result == "not_filed" else [],
        explanation=values.get("explanation") or "",
        merge_target_id=int(target) if target else None,
        convert_to=(values.get("convert_to") or "") if result == "converted" else "",
        task_id=submission.task.id,
        by=submission.actor or "",
        at=submission.at,
    )
    session.add(kept)
    return kept


def _remove_secret(session: Session, item: Item) -> None:
    """Secret content must not stay here: the text goes, wherever it was typed; that it was here stays on record."""
    item.title = item.situation = REMOVED
    item.analysis = ""
    for measure in item.measures:
        measure.text = REMOVED
    session.flush()
    forget_former_words(session.connection())
    session.execute(update(TaskSubmission).where(TaskSubmission.item_id == item.id).values(content={}, extra={}))
    mine = select(Work.task_id).where(Work.item_id == item.id)
    session.execute(delete(TaskDraft).where(TaskDraft.task_id.in_(mine)))
