"""Closing: the units' reports, the hub's verdict, the committee's check (结案; handbook §3.2, step 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.cases.views import ItemState
from tasks.handling.models import Closing, ClosingReport, CommitteeDecision
from tasks.handling.recording import unit_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.register.models import Item

REPORT_FIELDS = frozenset({"solved", "effect", "evidence", "money", "beneficiaries", "own_verdict", "left"})
CLOSING_FIELDS = frozenset(
    {"solved", "effect", "verdict", "redo_units", "refusal_reason", "deferred_until", "defer_reason", "remark"}
)
CHECK_FIELDS = frozenset({"check", "check_reason"})

OWN_VERDICTS = {"solved": "已经解决，可以结案", "promised": "有承诺没有到期", "open": "还没有解决"}


def record_report(session: Session, item: Item, submission: Submission) -> None:
    """A unit tells what it really solved; it writes before anybody knows the rating, and learns nothing from it."""
    values, facts = submission.values, submission.variables
    unit, number = unit_id(session, facts["lead_unit"]), int(facts["round"])
    report = session.scalar(
        select(ClosingReport).where(
            ClosingReport.item_id == item.id, ClosingReport.unit_id == unit, ClosingReport.round == number
        )
    )
    if report is None:
        report = ClosingReport(item_id=item.id, unit_id=unit, round=number)
        session.add(report)
    report.solved, report.effect, report.evidence = values["solved"], values["effect"], values["evidence"]
    report.money = "" if values.get("money") is None else str(values["money"])
    report.beneficiaries = None if values.get("beneficiaries") is None else int(values["beneficiaries"])
    report.own_verdict, report.left = values["own_verdict"], values.get("left") or ""
    report.by, report.at = submission.actor or "", submission.at


def record_closing(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The hub has examined what was really solved; its verdict holds once the committee agrees."""
    values = submission.values
    closing = session.scalar(select(Closing).where(Closing.item_id == item.id))
    if closing is None:
        closing = Closing(item_id=item.id, times=0)
        session.add(closing)
    closing.verdict, closing.solved = values["verdict"], values["solved"]
    closing.effect, closing.remark = values.get("effect") or "", values.get("remark") or ""
    closing.reason = values.get("refusal_reason") or values.get("defer_reason") or ""
    closing.deferred_until = values.get("deferred_until")
    closing.times += 1
    closing.check = closing.check_reason = closing.checked_by = ""
    closing.checked_at = None
    closing.by, closing.at = submission.actor or "", submission.at
    return {
        "verdict": values["verdict"],
        "redo_answers": [int(position) for position in values.get("redo_units") or []],
        "deferred_until": values.get("deferred_until"),
    }


def record_check(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The committee agrees with the hub's verdict, or sends the case back to be handled again."""
    closing = session.scalars(select(Closing).where(Closing.item_id == item.id)).one()
    agreed = submission.values["check"] == "agree"
    closing.check = submission.values["check"]
    closing.check_reason = submission.values.get("check_reason") or ""
    closing.checked_by, closing.checked_at = submission.actor or "", submission.at
    if agreed and closing.verdict in ("close", "track"):
        item.state = ItemState.CLOSED if closing.verdict == "close" else ItemState.TRACKING
        item.closed_at = submission.at
    if not agreed or closing.verdict == "refuse":
        _tell_units(session, item, closing, submission)
    return {"closing_agreed": agreed}


def _tell_units(session: Session, item: Item, closing: Closing, submission: Submission) -> None:
    """What the units must answer for now; it stands beside their tasks like an order to handle again."""
    order = session.scalar(
        select(CommitteeDecision).where(
            CommitteeDecision.item_id == item.id,
            CommitteeDecision.answer == 0,
            CommitteeDecision.round == closing.times,
        )
    )
    if order is None:
        session.add(
            CommitteeDecision(
                item_id=item.id,
                answer=0,
                round=closing.times,
                decision="refuse_closing",
                questions=closing.check_reason or closing.reason,
                explanation="",
                by=submission.actor or "",
                at=submission.at,
            )
        )


def finish(session: Session, item: Item, job: Job) -> None:  # noqa: ARG001
    """The promises are kept or answered for: the case is closed for good."""
    item.state = ItemState.CLOSED
