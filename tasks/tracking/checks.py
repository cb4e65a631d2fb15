"""What must hold between the fields of tracking's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.forms.views import FieldError
from tasks.tracking.look_back import visit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tasks.steps import CheckContext


def _fulfilment(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["outcome"] == "done" and values["done_on"] > context.today:
        yield FieldError("done_on", "完成日期", say("What is done was done today or before: {day} is still to come.",
                                                day=values["done_on"]))  # fmt: skip
    if values["outcome"] == "postponed" and values["new_due"] <= context.today:
        yield FieldError("new_due", "新的时限", say("The new date must lie after today."))


def _look_back(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    before = visit_of(context.session, context.variables).class_before
    if values["verdict"] == "upgraded" and values["class_now"] >= before:
        yield FieldError("class_now", "现在的类别", say("The result is better than class {before}, or it is unchanged.",
                                                  before=before))  # fmt: skip
    if values["verdict"] == "solved" and values["class_now"] != "A":
        yield FieldError("class_now", "现在的类别", say("What is confirmed as solved is class A."))


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {
    "promise_fulfilment": _fulfilment,
    "look_back_visit": _look_back,
    "look_back_confirmation": _look_back,
}
