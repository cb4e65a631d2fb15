"""What the forms of tracking hold when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.directory.queries import names_of
from tasks.tracking.commitments import OUTCOMES, class_of, pending_explanation
from tasks.tracking.look_back import VERDICTS, visit_of
from tasks.tracking.models import Commitment, CommitmentReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.steps import PrefillContext


_STATES = {"open": "未落实", "fulfilled": "已落实", "changed": "情况变化"}


def _promise(context: PrefillContext) -> Commitment:
    return context.session.get_one(Commitment, int(context.variables["promise"]["id"]))


def _progress(context: PrefillContext) -> dict[str, Any]:
    return {"promise_text": promise_text(_promise(context)), "outlook": "on_time"}


def _fulfilment(context: PrefillContext) -> dict[str, Any]:
    row = _promise(context)
    told = [_told(report) for report in row.reports]
    return {
        "promise_text": promise_text(row),
        "reported": "\n".join(told) or "没有反馈过",
        "outcome": "done",
        "done_on": context.today.isoformat(),
    }


def _signature(context: PrefillContext) -> dict[str, Any]:
    row = _promise(context)
    report = pending_explanation(row)
    name = names_of(context.session, [report.by]).get(report.by, (report.by, ""))[0]
    new = f"；新的时限：{report.new_due:%Y-%m-%d}" if report.new_due else ""
    return {
        "promise_text": promise_text(row),
        "explained": f"{OUTCOMES[report.kind]}{new}\n{report.text}\n（{name}）",
    }


def _visit(context: PrefillContext) -> dict[str, Any]:
    visit = visit_of(context.session, context.variables)
    return {
        "checklist": visit.campaign.checklist or "对照答复逐条核查，到现场看，听代表意见。",
        "reply_said": f"答复时：{visit.class_before}类",
        "class_now": context.item.result_class,
    }


def _confirmation(context: PrefillContext) -> dict[str, Any]:
    visit = visit_of(context.session, context.variables)
    name = names_of(context.session, [visit.by]).get(visit.by, (visit.by, ""))[0]
    return {
        "found": f"{VERDICTS[visit.verdict]}；现为{visit.class_now}类\n{visit.explanation}\n（{name}）",
        "verdict": visit.verdict,
        "class_now": visit.class_now,
    }


def _result(context: PrefillContext) -> dict[str, Any]:
    rows = context.session.scalars(
        select(Commitment).where(Commitment.item_id == context.item.id).order_by(Commitment.due)
    ).all()
    told = [f"{row.due:%Y-%m-%d} {row.unit.short_name}：{row.promise}（{_STATES[row.state]}）" for row in rows]
    return {"commitments": "\n".join(told) or "没有承诺事项", "class_now": class_of(context.session, context.item)}


def promise_text(row: Commitment) -> str:
    """A promise in words: what was asked, what was promised, until when."""
    moved = f"（原定 {row.original_due:%Y-%m-%d}）" if row.due != row.original_due else ""
    return f"代表的建议：{row.measure}\n答复承诺：{row.promise}\n时限：{row.due:%Y-%m-%d}{moved}"


def _told(report: CommitmentReport) -> str:
    kind = "半程反馈" if report.kind == "progress" else OUTCOMES[report.kind]
    return f"{report.at:%Y-%m-%d} {kind}：{report.text}"


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "tracking_result": _result,
    "promise_progress": _progress,
    "promise_fulfilment": _fulfilment,
    "promise_signature": _signature,
    "look_back_visit": _visit,
    "look_back_confirmation": _confirmation,
}
