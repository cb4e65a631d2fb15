"""Arithmetic beyond two numbers: strings, dates, times and durations (DMN 1.5, tables 56 to 59)."""

from __future__ import annotations

from datetime import UTC, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.values.calendar import add_months
from engine.feel.values.durations import YearsMonthsDuration, days_time, nanoseconds, years_months
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import (
    at_midnight,
    date_part,
    make_moment,
    moment_nanoseconds,
    shift_moment,
    shift_time,
    time_nanoseconds,
    time_part,
)
from engine.feel.values.numbers import ARITHMETIC
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.evaluation import State

    Operation = Callable[[Any, Any], object]

_DAYS = "days and time duration"
_MONTHS = "years and months duration"
_MOMENT = "date and time"


def _shift_date(day: Any, duration: timedelta) -> object:
    return date_part(shift_moment(at_midnight(day), duration))


def _shift_moment_months(moment: Any, duration: YearsMonthsDuration) -> object:
    return make_moment(add_months(date_part(moment), duration.total_months), time_part(moment))


def _moments_apart(later: Any, earlier: Any) -> object:
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        raise Undefined(say("A date and time with a time zone and one without cannot be subtracted."))
    return days_time(moment_nanoseconds(later) - moment_nanoseconds(earlier))


def _times_apart(later: Any, earlier: Any) -> object:
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        raise Undefined(say("A time with a time zone and one without cannot be subtracted."))
    return days_time(time_nanoseconds(later) - time_nanoseconds(earlier))


def _as_moment(day: Any) -> Any:
    # A date among dates and times stands for its midnight in UTC (10.3.2.3.5).
    return at_midnight(day, UTC)


def _scaled_months(duration: YearsMonthsDuration, factor: Decimal) -> object:
    return years_months(int(ARITHMETIC.multiply(Decimal(duration.total_months), factor)))


def _scaled_days(duration: timedelta, factor: Decimal) -> object:
    return days_time(int(ARITHMETIC.multiply(Decimal(nanoseconds(duration)), factor)))


def _ratio(dividend: int, divisor: int) -> Decimal:
    return ARITHMETIC.divide(Decimal(dividend), Decimal(divisor))


_ADD: dict[tuple[str, str], Operation] = {
    (_DAYS, _DAYS): lambda one, other: days_time(nanoseconds(one) + nanoseconds(other)),
    (_MONTHS, _MONTHS): lambda one, other: years_months(one.total_months + other.total_months),
    ("date", _DAYS): _shift_date,
    ("date", _MONTHS): lambda day, duration: add_months(day, duration.total_months),
    (_MOMENT, _DAYS): shift_moment,
    (_MOMENT, _MONTHS): _shift_moment_months,
    ("time", _DAYS): shift_time,
}
_ADD.update({(right, left): lambda one, other, of=of: of(other, one) for (left, right), of in list(_ADD.items())})  # type: ignore[misc]
_SUBTRACT: dict[tuple[str, str], Operation] = {
    (_DAYS, _DAYS): lambda one, other: days_time(nanoseconds(one) - nanoseconds(other)),
    (_MONTHS, _MONTHS): lambda one, other: years_months(one.total_months - other.total_months),
    ("date", "date"): lambda one, other: _moments_apart(at_midnight(one), at_midnight(other)),
    (_MOMENT, _MOMENT): _moments_apart,
    ("date", _MOMENT): lambda one, other: _moments_apart(_as_moment(one), other),
    (_MOMENT, "date"): lambda one, other: _moments_apart(one, _as_moment(other)),
    ("time", "time"): _times_apart,
    ("date", _DAYS): lambda day, duration: _shift_date(day, days_time(-nanoseconds(duration))),
    ("date", _MONTHS): lambda day, duration: add_months(day, -duration.total_months),
    (_MOMENT, _DAYS): lambda moment, duration: shift_moment(moment, days_time(-nanoseconds(duration))),
    (_MOMENT, _MONTHS): lambda moment, duration: _shift_moment_months(moment, years_months(-duration.total_months)),
    ("time", _DAYS): lambda clock, duration: shift_time(clock, days_time(-nanoseconds(duration))),
}
_MULTIPLY: dict[tuple[str, str], Operation] = {
    (_DAYS, "number"): _scaled_days,
    ("number", _DAYS): lambda factor, duration: _scaled_days(duration, factor),
    (_MONTHS, "number"): _scaled_months,
    ("number", _MONTHS): lambda factor, duration: _scaled_months(duration, factor),
}
_DIVIDE: dict[tuple[str, str], Operation] = {
    (_DAYS, "number"): lambda duration, divisor: days_time(
        int(ARITHMETIC.divide(Decimal(nanoseconds(duration)), divisor))
    ),
    (_MONTHS, "number"): lambda duration, divisor: years_months(
        int(ARITHMETIC.divide(Decimal(duration.total_months), divisor))
    ),
    (_DAYS, _DAYS): lambda one, other: _ratio(nanoseconds(one), nanoseconds(other)),
    (_MONTHS, _MONTHS): lambda one, other: _ratio(one.total_months, other.total_months),
}


def _general(table: dict[tuple[str, str], Operation], operator: str) -> Callable[[object, object, State], object]:
    def operation(left: object, right: object, state: State) -> object:
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            state.measured_text(len(left) + len(right))
            return left + right
        found = table.get((kind_of(left), kind_of(right)))
        if found is None:
            raise Undefined(
                say(
                    "{left} {operator} {right} has no meaning.",
                    left=kind_of(left),
                    operator=operator,
                    right=kind_of(right),
                )
            )
        return found(left, right)

    return operation


OPERATIONS = {
    "+": _general(_ADD, "+"),
    "-": _general(_SUBTRACT, "-"),
    "*": _general(_MULTIPLY, "*"),
    "/": _general(_DIVIDE, "/"),
    "**": _general({}, "**"),
}


def negate(value: object) -> object:
    """Minus a number or a duration."""
    if isinstance(value, Decimal):
        return ARITHMETIC.minus(value)
    if isinstance(value, timedelta):
        return days_time(-nanoseconds(value))
    if isinstance(value, YearsMonthsDuration):
        return years_months(-value.total_months)
    raise Undefined(say("A {kind} has no negative.", kind=kind_of(value)))
