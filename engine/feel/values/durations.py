"""Durations: days and time (Python's `timedelta`, to the nanosecond) and years and months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from engine.feel.errors import Undefined
from engine.message import say

SECOND = 1_000_000_000
_DAY = 86_400 * SECOND
_MOST_MONTHS = 12 * 10**12


@dataclass(frozen=True, slots=True, order=True)
class YearsMonthsDuration:
    """A duration in whole months (`P1Y2M` is 14)."""

    total_months: int

    @property
    def years(self) -> int:
        """Whole years, with the duration's sign."""
        return int(self.total_months / 12) if abs(self.total_months) < 2**50 else _towards_zero(self.total_months, 12)

    @property
    def months(self) -> int:
        """Months beyond the whole years, with the duration's sign."""
        return self.total_months - 12 * self.years

    def __str__(self) -> str:
        sign, (years, months) = "-" if self.total_months < 0 else "", divmod(abs(self.total_months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{sign}P{parts}"


class PreciseDuration(timedelta):
    """A days-and-time duration with nanoseconds below the microsecond; Python's own operations on it drop them."""

    remainder: int

    def __new__(cls, *fields: Any, remainder: int = 0, **named: Any) -> Self:
        """The duration of Python's fields plus 1 to 999 nanoseconds."""
        self = super().__new__(cls, *fields, **named)
        self.remainder = remainder
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, timedelta) and nanoseconds(self) == nanoseconds(other)

    def __hash__(self) -> int:
        return hash(nanoseconds(self))


def nanoseconds(duration: timedelta) -> int:
    """The whole duration in nanoseconds."""
    micro = (duration.days * 86_400 + duration.seconds) * 1_000_000 + duration.microseconds
    return micro * 1000 + (duration.remainder if isinstance(duration, PreciseDuration) else 0)


def days_time(total: int) -> timedelta:
    """The days-and-time duration of so many nanoseconds."""
    micro, remainder = divmod(total, 1000)
    try:
        whole = timedelta(microseconds=micro)
    except OverflowError as error:
        raise Undefined(say("The duration is longer than 999999999 days.")) from error
    return PreciseDuration(microseconds=micro, remainder=remainder) if remainder else whole


def years_months(total: int) -> YearsMonthsDuration:
    """The years-and-months duration of so many months."""
    if abs(total) > _MOST_MONTHS:
        raise Undefined(say("The duration is longer than a million million years."))
    return YearsMonthsDuration(total)


def duration_text(duration: timedelta) -> str:
    """ISO 8601 in its shortest canonical form (`P1DT2H`)."""
    total = nanoseconds(duration)
    sign, total = ("-", -total) if total < 0 else ("", total)
    days, total = divmod(total, _DAY)
    hours, total = divmod(total, 3600 * SECOND)
    minutes, total = divmod(total, 60 * SECOND)
    seconds, fraction = divmod(total, SECOND)
    fraction_text = f".{fraction:09}".rstrip("0") if fraction else ""
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{seconds}{fraction_text}S" if seconds or fraction else "")
    )
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def components(duration: timedelta) -> tuple[int, int, int, int, int]:
    """Days, hours, minutes, seconds and nanoseconds, all with the duration's sign."""
    total = nanoseconds(duration)
    sign, total = (-1, -total) if total < 0 else (1, total)
    seconds, fraction = divmod(total, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return sign * days, sign * hours, sign * minutes, sign * seconds, sign * fraction


def _towards_zero(total: int, divisor: int) -> int:
    return total // divisor if total >= 0 else -(-total // divisor)
