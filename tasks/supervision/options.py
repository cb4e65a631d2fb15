"""Choices and first values of the forms of a slip, and what must hold between their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.directory.queries import names_of
from tasks.forms.views import FieldError, Option
from tasks.supervision.slips import LEVELS, slip_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.steps import CheckContext, OptionContext, PrefillContext
    from tasks.supervision.models import Slip


def _judgements(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    accept = Option("accept", "采纳说明，督办结束")
    again = Option("insufficient", "说明不充分，重新说明")
    sharper = {
        "letter": "升为橙色督办单",
        "orange": "升为红色督办单，由主任签发",
        "red": "再发红色督办单，并列入通报",
    }.get(str(context.variables.get("level")), "升级督办")
    return [accept, again, Option("escalate", sharper)]


SOURCES: dict[str, Callable[[Session, OptionContext], Sequence[Option]]] = {"slip_judgements": _judgements}


def slip_text(row: Slip) -> str:
    """A slip in words, as its readers find it above their forms."""
    number = f"{row.number}\n" if row.number else ""
    return f"{LEVELS[row.level]} {number}事由：{row.problem}\n要求：{row.requirement}"


def _signature(context: PrefillContext) -> dict[str, Any]:
    return {"slip_text": slip_text(slip_of(context.session, context.variables)), "signature": "sign"}


def _explanation(context: PrefillContext) -> dict[str, Any]:
    row = slip_of(context.session, context.variables)
    return {"slip_text": slip_text(row), "remarked": row.judgement, "explanation": row.explanation}


def _judgement(context: PrefillContext) -> dict[str, Any]:
    row = slip_of(context.session, context.variables)
    if row.state == "overdue":
        return {"slip_text": slip_text(row), "explained": "逾期没有说明"}
    name = names_of(context.session, [row.explained_by]).get(row.explained_by, (row.explained_by, ""))[0]
    promised = f"\n承诺完成时间：{row.promised_on:%Y-%m-%d}" if row.promised_on else ""
    return {"slip_text": slip_text(row), "explained": f"{row.explanation}{promised}\n（{name}）"}


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "slip_signature": _signature,
    "slip_explanation": _explanation,
    "slip_judgement": _judgement,
}


def _promised(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["promised_on"] < context.today:
        yield FieldError("promised_on", "完成时间", say("The day of completion cannot lie before today."))


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {"slip_explanation": _promised}
