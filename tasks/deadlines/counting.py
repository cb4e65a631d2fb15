"""How a period is counted (民法典 art. 201–203): start day not counted, month ends clamped, rest days rolled on."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.message import say
from tasks.deadlines.calendar import DAY

if TYPE_CHECKING:
    from tasks.deadlines.calendar import Calendar

LONGEST_YEARS = 5
"""A working-day count further ahead than this would be guesswork about calendars nobody has."""


class PeriodUnit(StrEnum):
    """The unit is part of each parameter: one regulation mixes all three (handbook §0.4)."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"
    MONTHS = "cm"


class PeriodRefused(EngineError):
    """A period that cannot be counted."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A counted period: its last day, and everything that moved it."""

    last: dt.date
    skipped: tuple[tuple[dt.date, str], ...] = ()
    counted_makeup: tuple[dt.date, ...] = ()
    rolled_from: dt.date | None = None
    fixed: bool = False
    provisional: bool = False


def reckon(
    calendar: Calendar,
    start: dt.date,
    amount: int,
    unit: PeriodUnit,
    *,
    roll_forward: bool = True,
    not_after: str = "",
) -> Reckoning:
    """The last day of a period of `amount` units that begins on `start`, which is not counted itself.

    `not_after` is a fixed date `MM-DD`: where it falls between the start and the computed day, it holds.
    """
    if amount < 0:
        raise PeriodRefused(say("Expected a period of 0 or more, found {amount}.", amount=amount))
    if unit is PeriodUnit.WORKING_DAYS:
        reckoning = _working_days(calendar, start, amount)
    else:
        end = start + DAY * amount if unit is PeriodUnit.CALENDAR_DAYS else add_months(start, amount)
        reckoning = _rolled(calendar, end, roll_forward=roll_forward)
    if not_after:
        reckoning = _earlier(calendar, start, reckoning, not_after)
    return reckoning


def add_months(start: dt.date, amount: int) -> dt.date:
    """The corresponding day so many months on, or the last day of that month where there is none."""
    index = start.year * 12 + start.month - 1 + amount
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _working_days(calendar: Calendar, start: dt.date, amount: int) -> Reckoning:
    skipped: list[tuple[dt.date, str]] = []
    makeup: list[dt.date] = []
    day, left = start, amount
    while left:
        day += DAY
        if day.year > start.year + LONGEST_YEARS:
            raise PeriodRefused(
                say("{amount} working days reach more than {years} years ahead.", amount=amount, years=LONGEST_YEARS)
            )
        reason = calendar.why_resting(day)
        if reason is not None:
            skipped.append((day, reason))
            continue
        if calendar.is_makeup(day):
            makeup.append(day)
        left -= 1
    return Reckoning(day, tuple(skipped), tuple(makeup), provisional=calendar.is_provisional(start, day))


def _rolled(calendar: Calendar, end: dt.date, *, roll_forward: bool) -> Reckoning:
    day = end
    skipped: list[tuple[dt.date, str]] = []
    while roll_forward and (reason := calendar.why_resting(day)) is not None:
        skipped.append((day, reason))
        day += DAY
    provisional = calendar.is_provisional(end, day)
    return Reckoning(day, tuple(skipped), rolled_from=end if day != end else None, provisional=provisional)


def _earlier(calendar: Calendar, start: dt.date, computed: Reckoning, not_after: str) -> Reckoning:
    month, day = (int(part) for part in not_after.split("-"))
    fixed = dt.date(start.year, month, day)
    if fixed <= start:
        fixed = dt.date(start.year + 1, month, day)
    if fixed >= computed.last:
        return computed
    return Reckoning(fixed, fixed=True, provisional=calendar.is_provisional(start, fixed))
