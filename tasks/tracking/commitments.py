"""Promises of issued replies: opened as commitments, reported on, kept, postponed or overtaken (handbook §3.2, 21)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.cases.views import ItemState
from tasks.handling.models import Assignment
from tasks.handling.replies import issued_replies
from tasks.settings import BEIJING
from tasks.tracking.models import ClassChange, Commitment, CommitmentReport

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.deadlines.reference import ReferenceData
    from tasks.handling.models import Reply, ReplyAnswer
    from tasks.register.models import Item

PROGRESS_FIELDS = frozenset({"promise_text", "progress", "outlook", "evidence"})
FULFILMENT_FIELDS = frozenset(
    {"promise_text", "reported", "outcome", "done_on", "evidence", "new_due", "explanation"}
)  # fmt: skip
RESULT_FIELDS = frozenset({"commitments", "class_now", "remark"})
SIGNATURE_FIELDS = frozenset({"promise_text", "explained", "signature", "signature_note"})

OUTCOMES = {"done": "已经落实", "postponed": "延期落实", "changed": "情况变化，不能按原承诺办理"}
OUTLOOKS = {"on_time": "能按期完成", "at_risk": "可能延期"}


def open_commitments(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Every dated answer that is still to be kept becomes a commitment with a clock of its own.

    Class A says that all is solved: such a reply promises nothing (handbook §4.4). Answers `promises` (one process
    instance each) and `second_units`: which units reply once more, by the area's `second_reply_scope`. It is asked
    again after second replies, which may promise anew.
    """
    reference = library(job.variables["reference_version"])
    today = job.at.astimezone(BEIJING).date()
    promises: list[dict[str, Any]] = []
    replied: list[dict[str, Any]] = []
    promising: list[dict[str, Any]] = []
    for reply in issued_replies(session, item):
        handler = _handler(session, item, reply)
        # A second reply that promises anew is followed by another one, which is rated as a round of its own.
        turn = reply.round + (reply.stage == "second")
        one = {"unit": reply.unit.code, "handler": handler, "answer": reply.answer, "round": turn}
        if reply.stage != "second":
            replied.append(one)
        opened = [_opened(session, item, reply, answer, today) for answer in reply.answers]
        kept = [row for row in opened if row is not None]
        promises += [{"unit": reply.unit.code, "handler": handler, **_clock(reference, row)} for row in kept]
        if kept:
            promising.append(one)
    scope = str(reference.settings.get("second_reply_scope", "planned"))
    again = {"all": [*promising, *(one for one in replied if one not in promising)], "planned": promising}
    second = again.get(scope, [])
    if promises or second:
        item.state = ItemState.TRACKING
    before = job.variables.get("class_before") or item.result_class
    followed = bool(promises) or bool(job.variables.get("followed"))
    return {
        "promises": promises,
        "second_units": second,
        "followed": followed or bool(second),
        "class_before": before,
    }


def _opened(session: Session, item: Item, reply: Reply, answer: ReplyAnswer, today: dt.date) -> Commitment | None:
    """The commitment that an answer makes; None where it promises nothing that is still to come."""
    if reply.result_class == "A" or answer.due is None or answer.due <= today or answer.adopted == "rejected":
        return None
    if session.scalar(select(Commitment.id).where(Commitment.reply_answer_id == answer.id)) is not None:
        return None
    row = Commitment(
        item_id=item.id, unit_id=reply.unit_id, reply_answer_id=answer.id, measure=answer.measure,
        promise=answer.text, promised_on=reply.issued_on or today, original_due=answer.due, due=answer.due,
        state="open",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


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


def record_result(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The hub confirms what the item's class is now; before that, nobody of a unit learns that a rating has come."""
    before = str(submission.variables.get("class_before") or "")
    after = submission.values["class_now"]
    if after != before:
        cause = "second_reply" if _answered_again(session, item) else "promises"
        session.add(
            ClassChange(
                item_id=item.id, before=before, after=after, cause=cause, by=submission.actor or "", at=submission.at
            )
        )  # fmt: skip
    item.result_class = after
    return {}


def class_of(session: Session, item: Item) -> str:
    """The class that the hub is offered: a second reply says its own; without one, kept promises make B to A."""
    rows = session.scalars(select(Commitment).where(Commitment.item_id == item.id)).all()
    kept = bool(rows) and all(row.state == "fulfilled" for row in rows)
    if item.result_class == "B" and kept and not _answered_again(session, item):
        return "A"
    return item.result_class


def settle_tracking(session: Session, item: Item, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """Tracking is over: the case is closed again."""
    item.state = ItemState.CLOSED if item.closed_at is not None else ItemState.REPLIED
    return {}


def _answered_again(session: Session, item: Item) -> bool:
    return any(reply.stage == "second" for reply in issued_replies(session, item))


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
            Assignment.item_id == item.id, Assignment.unit_id == reply.unit_id, Assignment.current
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
