"""Equality and order with three outcomes (DMN 1.5, 10.3.2.13.1 and table 53): true, false, and undefined (None)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.values.calendar import day_number
from engine.feel.values.durations import nanoseconds
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import moment_seconds, time_seconds

if TYPE_CHECKING:
    from engine.feel.evaluation import State
    from engine.feel.values.range import Range

# Times are equal and ordered by whole seconds: the value functions of 10.3.2.3.4 map to seconds.
_ORDER_KEYS: dict[str, Any] = {
    "number": lambda value: value,
    "string": lambda value: value,
    "date": day_number,
    "days and time duration": nanoseconds,
    "years and months duration": lambda value: value.total_months,
}
_ZONED_KEYS: dict[str, Any] = {"time": time_seconds, "date and time": moment_seconds}
_CANNOT_ORDER = None


def order(left: object, right: object) -> int | None:
    """Negative, zero or positive as left is before, at or after right; None where they have no order."""
    if type(left) is type(right) and type(left) in (Decimal, str):
        return int(left > right) - int(left < right)  # type: ignore[operator]
    kind = kind_of(left)
    if kind_of(right) != kind:
        return _CANNOT_ORDER
    key = _ORDER_KEYS.get(kind)
    if key is not None:
        first, second = key(left), key(right)
    elif kind in _ZONED_KEYS:
        first, first_zoned = _ZONED_KEYS[kind](left)
        second, second_zoned = _ZONED_KEYS[kind](right)
        if first_zoned != second_zoned:
            return _CANNOT_ORDER
    else:
        return _CANNOT_ORDER
    return int(first > second) - int(first < second)


def equal(left: object, right: object, state: State) -> bool | None:
    """Whether two values are equal; None for values of different kinds."""
    kind = type(left)
    if kind is type(right) and kind in (Decimal, str, bool):
        return left == right
    if left is None or right is None:
        return left is right
    name = kind_of(left)
    if name != kind_of(right):
        return None
    state.count()
    if name == "list":
        return _equal_lists(left, right, state)  # type: ignore[arg-type]
    if name == "context":
        return _equal_contexts(left, right, state)  # type: ignore[arg-type]
    if name == "range":
        return _equal_ranges(left, right, state)  # type: ignore[arg-type]
    if name == "function":
        return left is right
    outcome = order(left, right)
    # A local time and one with a zone have no order, but they are surely not the same.
    return outcome == 0 if outcome is not None else False


def same(left: object, right: object, state: State) -> bool:
    """Whether two values are certainly equal."""
    return equal(left, right, state) is True


def _equal_lists(left: list[object], right: list[object], state: State) -> bool | None:
    if len(left) != len(right):
        return False
    return _all(equal(one, other, state) for one, other in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, object], right: dict[str, object], state: State) -> bool | None:
    if left.keys() != right.keys():
        return False
    return _all(equal(value, right[key], state) for key, value in left.items())


def _equal_ranges(left: Range, right: Range, state: State) -> bool | None:
    shapes = [(each.operator, each.start_included, each.end_included) for each in (left, right)]
    if shapes[0] != shapes[1]:
        return False
    return _all((equal(left.start, right.start, state), equal(left.end, right.end, state)))


def _all(outcomes: Any) -> bool | None:
    result: bool | None = True
    for outcome in outcomes:
        if outcome is False:
            return False
        if outcome is None:
            result = None
    return result


def includes(bounds: Range, value: object, state: State) -> bool | None:
    """Whether a range includes a value."""
    if bounds.operator in {"=", "!="}:
        outcome = equal(value, bounds.start, state)
        return outcome if bounds.operator == "=" or outcome is None else not outcome
    above = below = True
    if bounds.operator not in {"<", "<="}:
        from_start = order(value, bounds.start)
        if from_start is None:
            return None
        above = from_start > 0 or (from_start == 0 and bounds.start_included)
    if bounds.operator not in {">", ">="}:
        to_end = order(value, bounds.end)
        if to_end is None:
            return None
        below = to_end < 0 or (to_end == 0 and bounds.end_included)
    return above and below
