"""Checks that reach beyond one field: what a reviewer would send back is said before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.forms.views import FieldError
from tasks.handling.consultations import MODES
from tasks.handling.extensions import last_day
from tasks.handling.models import Opinion, Reply
from tasks.handling.recording import unit_id
from tasks.handling.replies import current_reply
from tasks.handling.rounds import answer_of, current_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tasks.steps import CheckContext


SEPARATE = range(2)
"""So many units at least answer separately."""


def _assignment(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    mode, lead, co = values["handling_mode"], values.get("lead_unit"), values.get("co_units") or []
    separate = [row["unit"] for row in values.get("separate_units") or []]
    joint = [row["unit"] for row in values.get("joint_units") or []]
    if mode != "separate" and lead in co:
        yield FieldError("co_units", "会办单位", say("The lead unit cannot be a co-handling unit as well."))
    if mode == "coordinated" and not values.get("responsible_leader"):
        yield FieldError("responsible_leader", "分管县领导", say("Choose the leader who coordinates the units."))
    if mode in ("lead", "coordinated") and not co:
        yield FieldError("co_units", "会办单位", say("Choose at least one co-handling unit, or “sole handling”."))
    if mode == "joint" and (not joint or lead in joint or set(joint) & set(co) or len(set(joint)) < len(joint)):
        yield FieldError("joint_units", "共同主办单位",
                         say("Name at least one other unit; each unit can have one part only."))  # fmt: skip
    if mode == "separate" and (len(separate) < len(SEPARATE) or len(set(separate)) < len(separate)):
        yield FieldError("separate_units", "分别办理的单位", say("Name at least two units, each of them once."))
    for key, label in (("lead_due", "另定答复期限"), ("co_due", "另定会办期限")):
        if values.get(key) and values[key] <= context.today:
            yield FieldError(key, label, say("Expected a day after {day}.", day=context.today))
    if (values.get("lead_due") or values.get("co_due")) and not values.get("reason"):
        yield FieldError("reason", "分办说明", say("Say why another date was set."))


def _review(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["verdict"] == "edit" and values["body"] == current_reply(
        context.session, context.item, context.variables
    ).body:
        yield FieldError("body", "答复正文", say("Nothing was changed: choose “pass”, or change the text."))
    if values["verdict"] == "return" and not (values.get("reasons") or values.get("text")):
        yield FieldError("reasons", "退办原因", say("Say why."))
    if values["verdict"] != "reclass":
        return
    if not values.get("text"):
        yield FieldError("text", "意见", say("Say why."))
    if values.get("new_class") == context.variables.get("result_class"):
        yield FieldError("new_class", "改为", say("Choose another class than the reply has."))


def _closing(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["verdict"] == "defer" and values["deferred_until"] <= context.today:
        yield FieldError("deferred_until", "推迟到", say("Expected a day after {day}.", day=context.today))


def _extension(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["extension"] != "agree":
        return
    position = answer_of(context.variables)
    lead = next(part for part in current_parts(context.session, context.item, position))
    most, day = last_day(context.reference, lead), values["extended_to"]
    if day > most:
        yield FieldError(
            "extended_to", "延期到", say("At most six months from the assignment: {day} at the latest.", day=most)
        )
    if day <= context.today:
        yield FieldError("extended_to", "延期到", say("Expected a day after {day}.", day=context.today))


def _consultation(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["on"] > context.today:
        yield FieldError("on", "日期", say("The consultation must have taken place: {day} is still to come.",
                                         day=values["on"]))  # fmt: skip
    signed = values.get("confirmation") in ("signed", "asked")
    if context.reference.settings.get("consultation_signed") and MODES[values["mode"]].face_to_face and not signed:
        yield FieldError("confirmation", "代表确认",
                         say("The record of a meeting is signed by the proposer, or confirmed here."))  # fmt: skip


def _reply(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["result_class"] == "C" and not values.get("class_reason"):
        yield FieldError("class_reason", "分类的理由", say("Say why it is only kept for reference."))
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
    if values.get("delivered_on") and not values["issued_on"] <= values["delivered_on"] <= context.today:
        yield FieldError("delivered_on", "送达日期",
                         say("Expected the day of the issue or a later one, today at the latest."))  # fmt: skip
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


def _opinion_approval(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if not values.get("document_number"):
        return
    unit = unit_id(context.session, context.variables["co_unit"])
    taken = context.session.scalar(
        select(Opinion.id).where(Opinion.unit_id == unit, Opinion.document_number == values["document_number"])
    )
    if taken is not None:
        yield FieldError(
            "document_number", "发文字号",
            say("The document number “{number}” is taken.", number=values["document_number"]),
        )  # fmt: skip


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {
    "assignment": _assignment,
    "review": _review,
    "closing": _closing,
    "extension": _extension,
    "consultation": _consultation,
    "opinion_approval": _opinion_approval,
    "reply": _reply,
    "issue": _issue,
}
