"""Checks that reach beyond one field: what a reviewer would send back is said before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.forms.views import FieldError
from tasks.handling.models import Reply
from tasks.handling.recording import unit_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tasks.steps import CheckContext


def _assignment(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:  # noqa: ARG001
    if values["lead_unit"] in (values.get("co_units") or []):
        yield FieldError("co_units", "会办单位", say("The lead unit cannot be a co-handling unit as well."))


def _consultation(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["on"] > context.today:
        yield FieldError("on", "日期", say("The consultation must have taken place: {day} is still to come.",
                                         day=values["on"]))  # fmt: skip


def _reply(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    answers = values.get("answers") or []
    asked = len(context.item.measures)
    if len(answers) != asked:
        yield FieldError(
            "answers", "逐条答复",
            say("Expected an answer to each of the {asked} measures, found {found}.", asked=asked, found=len(answers)),
        )  # fmt: skip
    dates = [row["due"] for row in answers if row.get("due")]
    future = [day for day in dates if day > context.today]
    if values["result_class"] == "A" and future:
        yield FieldError(
            "result_class", "办理结果",
            say("Class A means solved, but {n} measures have a date still to come. Choose class B, or correct the "
                "dates.", n=len(future)),
        )  # fmt: skip
    if values["result_class"] == "B" and asked and not dates:
        yield FieldError(
            "result_class", "办理结果",
            say("Class B needs the date of completion of at least one measure (Deputies Law and local rules)."),
        )  # fmt: skip


def _issue(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["issued_on"] > context.today:
        yield FieldError("issued_on", "印发日期", say("The date of issue cannot be later than today."))
    unit = unit_id(context.session, context.variables["lead_unit"])
    taken = context.session.scalar(
        select(Reply.item_id).where(
            Reply.unit_id == unit, Reply.document_number == values["document_number"], Reply.state == "issued"
        )
    )
    if taken is not None:
        yield FieldError(
            "document_number", "发文字号",
            say("The document number “{number}” is taken.", number=values["document_number"]),
        )  # fmt: skip


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {
    "assignment": _assignment,
    "consultation": _consultation,
    "reply": _reply,
    "issue": _issue,
}
