"""What a loop goes through: the elements of a list or range, or the steps between two values."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.errors import Undefined
from engine.feel.values.calendar import date_of_day, day_number
from engine.feel.values.kinds import kind_of
from engine.feel.values.numbers import whole
from engine.feel.values.range import Range
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def elements_of(value: object) -> Iterable[object]:
    """The elements of a list or range; a single value is a list of itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _range_elements(value)
    if value is None:
        raise Undefined(say("null cannot be iterated."))
    return [value]


def _range_elements(value: Range) -> Iterable[object]:
    if value.operator is not None:
        raise Undefined(say("Only a range of whole numbers or dates with two ends can be iterated."))
    return (
        each
        for each in steps_between(value.start, value.end, descending=False)
        if (value.start_included or each != value.start) and (value.end_included or each != value.end)
    )


def steps_between(start: object, end: object, *, descending: bool) -> Iterator[object]:
    """Whole numbers or dates from one to the other, downwards too if that is allowed."""
    kinds = kind_of(start), kind_of(end)
    if kinds == ("number", "number"):
        first, last = whole(start), whole(end)  # type: ignore[arg-type]
        if first is not None and last is not None:
            return (Decimal(each) for each in _steps(first, last, descending=descending))
    elif kinds == ("date", "date"):
        first, last = day_number(start), day_number(end)  # type: ignore[arg-type]
        return (date_of_day(each) for each in _steps(first, last, descending=descending))
    raise Undefined(
        say(
            "An iteration needs two whole numbers or two dates, but has {start} and {end}.",
            start=kinds[0],
            end=kinds[1],
        )
    )


def _steps(first: int, last: int, *, descending: bool) -> range:
    if first <= last:
        return range(first, last + 1)
    if not descending:
        raise Undefined(say("A range whose start lies after its end cannot be iterated."))
    return range(first, last - 1, -1)
