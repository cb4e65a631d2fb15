"""The proleptic Gregorian calendar for any year, and dates beyond those of Python (years 1 to 9999)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from engine.feel.errors import Undefined
from engine.message import say

if TYPE_CHECKING:
    from datetime import tzinfo

LAST_YEAR = 999_999_999
_EPOCH = date(1970, 1, 1).toordinal()
_ERA_DAYS = 146_097  # days in 400 years
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date outside the years 1 to 9999."""

    year: int
    month: int
    day: int

    def isoformat(self) -> str:
        """ISO 8601, as of a `date`."""
        return date_text(self)

    def __str__(self) -> str:
        return date_text(self)


@dataclass(frozen=True, slots=True)
class FarDateTime:
    """A date and time outside the years 1 to 9999."""

    date: FarDate
    time: time

    @property
    def tzinfo(self) -> tzinfo | None:
        """The zone or offset, as of a `datetime`."""
        return self.time.tzinfo

    def isoformat(self) -> str:
        """ISO 8601, as of a `datetime`."""
        return f"{date_text(self.date)}T{self.time.isoformat()}"

    def __str__(self) -> str:
        return self.isoformat()


AnyDate = date | FarDate


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The number of the month's last day."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def make_date(year: int, month: int, day: int) -> AnyDate:
    """The date, as Python's own where it can hold it.

    Raises:
        Undefined: there is no such date.
    """
    if abs(year) > LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise Undefined(say("There is no date {year}-{month}-{day}.", year=year, month=month, day=day))
    return date(year, month, day) if 1 <= year <= 9999 else FarDate(year, month, day)


def day_number(value: AnyDate) -> int:
    """Days since 1970-01-01."""
    if isinstance(value, date):
        return value.toordinal() - _EPOCH
    # Counting years from March puts the leap day last (the well-known "days from civil" computation).
    year = value.year - (value.month <= 2)
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((value.month + 9) % 12) + 2) // 5 + value.day - 1
    return era * _ERA_DAYS + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def date_of_day(number: int) -> AnyDate:
    """The date so many days after 1970-01-01."""
    ordinal = number + _EPOCH
    if 1 <= ordinal <= date.max.toordinal():
        return date.fromordinal(ordinal)
    era, day_of_era = divmod(number + 719_468, _ERA_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return make_date(year_of_era + era * 400 + (month <= 2), month, day)


def add_months(value: AnyDate, months: int) -> AnyDate:
    """The date so many months later; a day that the month lacks becomes its last day."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if abs(year) > LAST_YEAR:
        raise Undefined(say("The year {year} is beyond the calendar.", year=year))
    return make_date(year, month + 1, min(value.day, days_in_month(year, month + 1)))


def weekday(value: AnyDate) -> int:
    """1 for Monday to 7 for Sunday."""
    return (day_number(value) + 3) % 7 + 1


def date_text(value: AnyDate) -> str:
    """ISO 8601, with a sign before years below 0."""
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04}-{value.month:02}-{value.day:02}"
