"""Promises of issued replies: opened as commitments, reported on, kept, postponed or overtaken (handbook §3.2, 21)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tasks.cases.views import ItemState
from tasks.handling.models import Assignment, Reply
from tasks.settings import BEIJING
from tasks.tracking.models import ClassChange, Commitment, CommitmentReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.deadlines.reference import ReferenceData
    from tasks.register.models import Item

PROGRESS_FIELDS = frozenset({"promise_text", "progress", "outlook", "evidence"})
FULFILMENT_FIELDS = frozenset(
    {"promise_text", "reported", "outcome", "done_on", "evidence", "new_due", "explanation"}
)  # fmt: skip
SIGNATURE_FIELDS = frozenset({"promise_text", "explained", "signature", "signature_note"})

OUTCOMES = {"done": "已经落实", "postponed": "延期落实", "changed": "情况变化，不能按原承诺办理"}
OUTLOOKS = {"on_time": "能按期完成", "at_risk": "可能延期"}


def open_commitments(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Every dated answer that is still to be kept becomes a commitment with a clock of its own.

    Class A says that all is solved: such a reply promises nothing (handbook §4.4). Answers `promises` (one process
    instance each) and `second_units`: which units reply once more, by the area's `second_reply_scope`.
    """
    reference = library(job.variables["reference_version"])
    today = job.at.astimezone(BEIJING).date()
    promises: list[dict[str, Any]] = []
    replied: list[dict[str, Any]] = []
    promising: set[str] = set()
    for reply in issued_replies(session, item):
        handler = _handler(session, item, reply)
        replied.append({"unit": reply.unit.code, "handler": handler})
        for answer in reply.answers if reply.result_class != "A" else ():
            if answer.due is None or answer.due <= today or answer.adopted == "rejected":
                continue
            row = Commitment(
                item_id=item.id, unit_id=reply.unit_id, reply_answer_id=answer.id, measure=answer.measure,
                promise=answer.text, promised_on=reply.issued_on or today, original_due=answer.due, due=answer.due,
                state="open",
            )  # fmt: skip
            session.add(row)
            session.flush()
            promising.add(reply.unit.code)
            promises.append({"unit": reply.unit.code, "handler": handler, **_clock(reference, row)})
    scope = str(reference.settings.get("second_reply_scope", "planned"))
    second = {
        "all": replied, "planned": [unit for unit in replied if unit["unit"] in promising], "none": []
    }.get(scope, [])  # fmt: skip
    if promises or second:
        item.state = ItemState.TRACKING
    return {"promises": promises, "second_units": second, "class_before": item.result_class}


def issued_replies(session: Session, item: Item) -> Sequence[Reply]:
    """The newest issued reply of each unit in the item's round."""
    rows = session.scalars(
        select(Reply)
        .where(Reply.item_id == item.id, Reply.round == item.round, Reply.state == "issued")
        .options(selectinload(Reply.answers))
        .order_by(Reply.version)
    )
    return list({row.unit_id: row for row in rows}.values())


def record_progress(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """Half of the promised period is over: how far it has come (二次办理; parameter P17)."""
    values = submission.values
    _report(session, submission, "progress", values["progress"], values.get("evidence") or "")
    return {"outlook": values["outlook"]}


def record_fulfilment(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The day has come: kept, or an explanation that the unit's head has to sign."""
    values = submission.values
    outcome = values["outcome"]
    text = values.get("explanation") or ""
    report = _report(session, submission, outcome, text, values.get("evidence") or "")
    report.new_due = values.get("new_due") if outcome == "postponed" else None
    if outcome == "done":
        report.done_on = values["done_on"]
        row = commitment_of(session, submission)
        row.state, row.fulfilled_on, row.ended_at = "fulfilled", values["done_on"], submission.at
    return {"outcome": outcome}


def record_signature(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The head of the unit signs the written explanation, of which the committee gets a copy (Shanghai art. 22)."""
    row = commitment_of(session, submission)
    report = pending_explanation(row)
    signed = submission.values["signature"] == "sign"
    report.verdict = "signed" if signed else "refused"
    report.signed_by, report.signed_at = submission.actor or "", submission.at
    if not signed:
        return {"signature": "refuse"}
    report.copied_to = submission.variables.get("committee_unit") or ""
    if report.kind == "changed":
        row.state, row.ended_at = "changed", submission.at
        return {"signature": "sign"}
    row.promised_on = submission.at.astimezone(BEIJING).date()
    row.due = report.new_due or row.due
    return {"signature": "sign"}


def restart_promise(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """A postponed promise runs anew, from the signature to its new date."""
    former = job.variables["promise"]
    row = session.get_one(Commitment, int(former["id"]))
    reference = library(job.variables["reference_version"])
    return {"promise": {**former, **_clock(reference, row)}, "outcome": None}


def settle_tracking(session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Tracking is over: what was kept in full is solved (class B becomes A), and the case is closed again."""
    before = str(job.variables.get("class_before") or "")
    rows = session.scalars(select(Commitment).where(Commitment.item_id == item.id)).all()
    cause = "second_reply"
    if item.result_class == before == "B" and rows and all(row.state == "fulfilled" for row in rows):
        item.result_class, cause = "A", "promises"
    if before and item.result_class != before:
        session.add(ClassChange(item_id=item.id, before=before, after=item.result_class, cause=cause, by="", at=job.at))
    item.state = ItemState.CLOSED if item.closed_at is not None else ItemState.REPLIED
    return {}


def commitment_of(session: Session, submission: Submission) -> Commitment:
    """The promise that a task is about."""
    return session.get_one(Commitment, int(submission.variables["promise"]["id"]))


def pending_explanation(row: Commitment) -> CommitmentReport:
    """The explanation that waits for the head's signature."""
    return next(
        report for report in reversed(row.reports) if report.kind in {"postponed", "changed"} and not report.verdict
    )


def half_way(start: dt.date, due: dt.date, share: float) -> dt.date:
    """The day on which this share of a promised period is over."""
    return start + dt.timedelta(days=round((due - start).days * share))


def _clock(reference: ReferenceData, row: Commitment) -> dict[str, Any]:
    """When a promise asks for something: half-way, and on its day; in the morning, Beijing time."""
    share = float(reference.settings.get("half_time_share", 0.5))
    return {
        "id": row.id,
        "due": row.due,
        "half": _morning(half_way(row.promised_on, row.due, share)),
        "opens": _morning(row.due),
    }


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8, 0), BEIJING)


def _handler(session: Session, item: Item, reply: Reply) -> str | None:
    found = session.scalar(
        select(Assignment.handler).where(
            Assignment.item_id == item.id, Assignment.unit_id == reply.unit_id, Assignment.round == reply.round
        )
    )
    return found or None


def _report(session: Session, submission: Submission, kind: str, text: str, evidence: str) -> CommitmentReport:
    report = CommitmentReport(
        commitment_id=commitment_of(session, submission).id,
        kind=kind,
        text=text,
        evidence=evidence,
        verdict="",
        signed_by="",
        copied_to="",
        by=submission.actor or "",
        at=submission.at,
    )
    session.add(report)
    return report
