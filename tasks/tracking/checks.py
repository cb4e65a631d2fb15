"""What must hold between the fields of tracking's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.forms.views import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tasks.steps import CheckContext


def _fulfilment(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values["outcome"] == "done" and values["done_on"] > context.today:
        yield FieldError("done_on", "完成日期", say("What is done was done today or before: {day} is still to come.",
                                                day=values["done_on"]))  # fmt: skip
    if values["outcome"] == "postponed" and values["new_due"] <= context.today:
        yield FieldError("new_due", "新的时限", say("The new date must lie after today."))


def _look_back(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:  # noqa: ARG001
    if values["verdict"] == "solved" and values["class_now"] != "A":
        yield FieldError("class_now", "现在的类别", say("What is confirmed as solved is class A."))


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {
    "promise_fulfilment": _fulfilment,
    "look_back_visit": _look_back,
    "look_back_confirmation": _look_back,
}
