"""Working days of an area: weekdays that are no holiday, and weekend days that make up for one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = dt.timedelta(days=1)
WEEKEND = "weekend"


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that differ from their weekday, and the years whose plan is published."""

    days: Mapping[dt.date, tuple[DayKind, str]]
    published: frozenset[int]

    def is_working(self, day: dt.date) -> bool:
        """Whether the offices work on this day."""
        kind = self.days.get(day)
        if kind is not None:
            return kind[0] is DayKind.MAKEUP
        return day.weekday() < 5

    def why_resting(self, day: dt.date) -> str | None:
        """The holiday's name or `weekend`; None on a working day."""
        kind = self.days.get(day)
        if kind is not None:
            return None if kind[0] is DayKind.MAKEUP else kind[1]
        return WEEKEND if day.weekday() >= 5 else None

    def is_makeup(self, day: dt.date) -> bool:
        """Whether this is a weekend day on which the offices work (调休上班)."""
        kind = self.days.get(day)
        return kind is not None and kind[0] is DayKind.MAKEUP

    def is_provisional(self, first: dt.date, last: dt.date) -> bool:
        """Whether the span touches a year whose holidays are not published."""
        return any(year not in self.published for year in range(first.year, last.year + 1))

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working(start + DAY * offset) for offset in range(1, span + 1))
