"""Choices and first values of the forms of a slip, and what must hold between their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.directory.queries import names_of
from tasks.forms.views import FieldError, Option
from tasks.supervision.slips import LEVELS, slip_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.steps import CheckContext, OptionContext, PrefillContext
    from tasks.supervision.models import Slip, SlipItem


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
    about = "" if len(row.items) == 1 else "\n".join(["", *(named(one) for one in row.items)])
    return f"{LEVELS[row.level]} {number}事由：{row.problem}{about}\n要求：{row.requirement}"


def named(one: SlipItem) -> str:
    """An item as a slip names it, in the language of the data."""
    kind = "提案" if one.item.kind == "proposal" else "建议"
    return f"{kind}{one.item.number or ''}《{one.item.title}》"


def _signature(context: PrefillContext) -> dict[str, Any]:
    return {"slip_text": slip_text(slip_of(context.session, context.variables)), "signature": "sign"}


def _explanation(context: PrefillContext) -> dict[str, Any]:
    row = slip_of(context.session, context.variables)
    rows = [
        {"item": named(one), "explanation": one.explanation, "promised_on": _iso(one.promised_on)} for one in row.items
    ]
    return {"slip_text": slip_text(row), "remarked": row.judgement, "explanations": rows,
            "explanation": row.items[0].explanation}  # fmt: skip


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _judgement(context: PrefillContext) -> dict[str, Any]:
    row = slip_of(context.session, context.variables)
    if row.state == "overdue":
        return {"slip_text": slip_text(row), "explained": "逾期没有说明"}
    name = names_of(context.session, [row.explained_by]).get(row.explained_by, (row.explained_by, ""))[0]
    several = len(row.items) > 1
    told = [
        "\n".join(
            part
            for part in (
                named(one) if several else "",
                one.explanation,
                f"承诺完成时间：{one.promised_on:%Y-%m-%d}" if one.promised_on else "",
            )
            if part
        )
        for one in row.items
    ]
    return {"slip_text": slip_text(row), "explained": "\n".join((*told, f"（{name}）"))}


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "slip_signature": _signature,
    "slip_explanation": _explanation,
    "slip_judgement": _judgement,
}


def _promised(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    rows = values.get("explanations")
    if rows is None:  # a slip on an older diagram has no list
        if values["promised_on"] < context.today:
            yield _early("promised_on")
        return
    items = slip_of(context.session, context.variables).items
    if len(rows) != len(items):
        wrong = say("Expected {expected} rows, found {found}. Reload the page.", expected=len(items), found=len(rows))
        yield FieldError("explanations", "逐件说明", wrong)
    for index, row in enumerate(rows):
        if row["promised_on"] < context.today:
            yield _early(f"explanations.{index}.promised_on")


def _early(key: str) -> FieldError:
    return FieldError(key, "完成时间", say("The day of completion cannot lie before today."))


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {"slip_explanation": _promised}
