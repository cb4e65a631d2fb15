"""What a person who is asked sees, and what the holder of the task sees beside her form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.cases.views import ItemHeader
    from tasks.forms.views import Form
    from tasks.worklist.views import TaskContext


class CountersignState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    AGREE = "agree"
    DISAGREE = "disagree"
    REMARK = "remark"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """The task went on without the answer."""


@dataclass(frozen=True, slots=True)
class CountersignRow:
    """One request, as a line of a list or beside a form."""

    request_id: int
    task_id: str
    item_id: int | None
    kind: str
    number: str
    title: str
    step_name: str
    asked_name: str
    asked_unit: str
    asked_by_name: str
    asked_by_unit: str
    question: str
    required: bool
    asked_at: dt.datetime
    state: CountersignState
    answer: str
    closed_at: dt.datetime | None
    can_withdraw: bool = False


@dataclass(frozen=True, slots=True)
class CountersignPage:
    """Everything that the page of one request shows."""

    row: CountersignRow
    item: ItemHeader | None
    context: TaskContext | None
    form: Form
    typed: Mapping[str, Any]
    """What the holder has typed so far; empty once the request is closed."""
    can_answer: bool


@dataclass(frozen=True, slots=True)
class CountersignWish:
    """What the holder typed: whom she asks, and what."""

    asked: Sequence[str]
    question: str
    required: bool
