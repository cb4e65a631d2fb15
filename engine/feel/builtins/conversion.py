"""Functions that make values of other values (DMN 1.5, table 72)."""

from __future__ import annotations

import re
from datetime import time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.values.calendar import AnyDate, make_date
from engine.feel.values.durations import SECOND, YearsMonthsDuration, nanoseconds, years_months
from engine.feel.values.moments import (
    AnyDateTime,
    date_part,
    fixed_zone,
    is_plain_date,
    make_moment,
    make_time,
    time_part,
)
from engine.feel.values.numbers import ARITHMETIC, whole
from engine.feel.values.temporal_text import (
    LARGEST_OFFSET,
    read_date,
    read_date_and_time,
    read_duration,
    read_time,
)
from engine.feel.values.text import to_text
from engine.message import say

if TYPE_CHECKING:
    from decimal import Decimal

    from engine.feel.evaluation import State

_PLAIN_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def _day(value: Any) -> AnyDate:
    return value if is_plain_date(value) else date_part(value)


def _integer(value: Decimal, name: str) -> int:
    number = whole(value)
    if number is None:
        raise Undefined(say("The {name} must be a whole number, but is {value}.", name=name, value=value))
    return number


@builtin("date(from: string | date | date and time) -> date")
def date_from(source: str | AnyDate | AnyDateTime) -> AnyDate:
    """The date of a text, or of a date and time."""
    return read_date(source) if isinstance(source, str) else _day(source)


@builtin("date(year: number, month: number, day: number) -> date")
def date_of(year: Decimal, month: Decimal, day: Decimal) -> AnyDate:
    """The date of a year, month and day."""
    return make_date(_integer(year, "year"), _integer(month, "month"), _integer(day, "day"))


@builtin("date and time(from: string | date and time) -> date and time")
def moment_from(source: str | AnyDateTime) -> AnyDateTime:
    """The date and time of a text."""
    return read_date_and_time(source) if isinstance(source, str) else source


@builtin("date and time(date: date | date and time, time: time) -> date and time")
def moment_of(day: AnyDate | AnyDateTime, clock: time) -> AnyDateTime:
    """The date and time of a date and a time."""
    return make_moment(_day(day), clock)


@builtin("time(from: string | time | date and time) -> time")
def time_from(source: str | time | AnyDateTime) -> time:
    """The time of a text, or of a date and time; of a date, midnight in UTC."""
    if isinstance(source, str):
        return read_time(source)
    return source if isinstance(source, time) else time_part(source)


@builtin(
    "time(hour: number, minute: number, second: number, offset?: days and time duration | null) -> time",
)
def time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> time:
    """The time of an hour, a minute, a second (with a fraction) and an offset from UTC."""
    hours, minutes = _integer(hour, "hour"), _integer(minute, "minute")
    if not (0 <= hours <= 23 and 0 <= minutes <= 59 and 0 <= second < 60):
        raise Undefined(say("There is no time {hour}:{minute}:{second}.", hour=hour, minute=minute, second=second))
    seconds, fraction = divmod(int(second * SECOND), SECOND)
    return make_time(hours * 3600 + minutes * 60 + seconds, fraction, _offset_zone(offset))


def _offset_zone(offset: timedelta | None) -> tzinfo | None:
    if offset is None:
        return None
    seconds, fraction = divmod(nanoseconds(offset), SECOND)
    if fraction or abs(seconds) > LARGEST_OFFSET:
        raise Undefined(say("No place has this offset from UTC."))
    return fixed_zone(seconds)


@builtin("duration(from: string | days and time duration | years and months duration) -> any")
def duration_from(source: str | timedelta | YearsMonthsDuration) -> timedelta | YearsMonthsDuration:
    """The duration of an ISO 8601 text such as P5D, PT2H or P1Y6M."""
    return read_duration(source) if isinstance(source, str) else source


@builtin(
    "years and months duration(from: date | date and time, to: date | date and time) -> years and months duration",
)
def months_between(start: AnyDate | AnyDateTime, end: AnyDate | AnyDateTime) -> YearsMonthsDuration:
    """The whole months from one date to another."""
    first, last = _day(start), _day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return years_months(months)


@builtin("number(from: string, grouping separator?: string | null, decimal separator?: string | null) -> number")
def number_from(source: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """The number of a text, with the given separators of groups (space, comma or point) and of decimals."""
    if (
        grouping not in {None, " ", ",", "."}
        or point not in {None, ",", "."}
        or (grouping and grouping == (point or "."))
    ):
        raise Undefined(say("The separators of “number” are a space, a comma or a point, and different ones."))
    plain = source.replace(grouping, "") if grouping else source
    if point == ",":
        plain = plain.replace(".", "?").replace(",", ".")
    if _PLAIN_NUMBER.fullmatch(plain) is None:
        raise Undefined(say("“{text}” is no number.", text=source[:80]))
    return ARITHMETIC.create_decimal(plain)


@builtin("string(from: any) -> string")
def string_from(state: State, source: object) -> str | None:
    """The value as text."""
    return to_text(source, state)
