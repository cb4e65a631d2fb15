"""Functions of dates (DMN 1.5, table 81), and the clock (table 83)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.builtins.registry import builtin
from engine.feel.evaluation import wall_clock
from engine.feel.values.calendar import AnyDate, day_number, make_date, weekday
from engine.feel.values.conversion import to_feel
from engine.feel.values.moments import AnyDateTime, date_part, is_plain_date

if TYPE_CHECKING:
    from engine.feel.evaluation import State

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _day(value: AnyDate | AnyDateTime) -> AnyDate:
    return value if is_plain_date(value) else date_part(value)  # type: ignore[return-value,arg-type]


@builtin("day of year(date: date | date and time) -> number")
def day_of_year(value: AnyDate | AnyDateTime) -> Decimal:
    """1 for 1 January, and so on."""
    day = _day(value)
    return Decimal(day_number(day) - day_number(make_date(day.year, 1, 1)) + 1)


@builtin("day of week(date: date | date and time) -> string")
def day_of_week(value: AnyDate | AnyDateTime) -> str:
    """The English name of the day of the week."""
    return _WEEKDAYS[weekday(_day(value)) - 1]


@builtin("month of year(date: date | date and time) -> string")
def month_of_year(value: AnyDate | AnyDateTime) -> str:
    """The English name of the month."""
    return _MONTHS[_day(value).month - 1]


@builtin("week of year(date: date | date and time) -> number")
def week_of_year(value: AnyDate | AnyDateTime) -> Decimal:
    """The number of the week (ISO 8601: week 1 holds the year's first Thursday)."""
    day = _day(value)
    if isinstance(day, date):
        return Decimal(day.isocalendar().week)
    # The calendar repeats every 400 years.
    return Decimal(date(2000 + day.year % 400, day.month, day.day).isocalendar().week)


def _now(state: State) -> Any:
    moment = state.context.now() if state.context is not None else wall_clock()
    return to_feel(moment)


@builtin("now() -> date and time")
def now(state: State) -> object:
    """The moment of the evaluation, with its zone."""
    return _now(state)


@builtin("today() -> date")
def today(state: State) -> object:
    """The date of the evaluation."""
    return _now(state).date()
