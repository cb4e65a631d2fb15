"""When a timer is due: ISO 8601 and FEEL values to one instant, reasoned in Beijing time, month ends clamped."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import ExecutionFault
from engine.feel import YearsMonthsDuration, evaluate
from engine.message import say

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_END = time(23, 59, 59)

_CYCLE = re.compile(r"^R(?P<count>\d*)/(?:(?P<start>[^/]+)/)?(?P<interval>P[^/]+)$")
_DURATION = re.compile(r"^-?P(?=.)[\dYMWDTHS.]+$")


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repeating timer: how often (None: without end), how far apart, and from when."""

    repetitions: int | None
    interval: Any
    text: str
    start: datetime | None


def add_months(instant: datetime, months: int) -> datetime:
    """The same day and hour so many months later, or the month's last day (domain handbook §4.2)."""
    index = instant.year * 12 + instant.month - 1 + months
    year, month = divmod(index, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def due_instant(value: Any, now: datetime, element_id: str) -> datetime:
    """The instant meant by a date, a date and time, a duration from now, or the ISO 8601 text of one.

    A date means the end of that day in Beijing; a date and time without a zone is in Beijing.
    Raises ExecutionFault for anything else.
    """
    if isinstance(value, str):
        value = _parse(value.strip())
    if isinstance(value, datetime):
        return (value if value.tzinfo is not None else value.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, DAY_END, SHANGHAI).astimezone(UTC)
    if isinstance(value, timedelta):
        return now.astimezone(UTC) + value
    if isinstance(value, YearsMonthsDuration):
        return add_months(now.astimezone(SHANGHAI), value.total_months).astimezone(UTC)
    raise ExecutionFault(
        say("Expected a date, a date and time, or a duration such as P3D; found {value}.", value=value), element_id)


def _parse(text: str) -> Any:
    """The temporal value of an ISO text; the text itself when it is none."""
    if _DURATION.match(text):
        if "W" in text:
            match = re.fullmatch(r"P(\d+)W", text)
            return timedelta(weeks=int(match.group(1))) if match else text
        return _mixed(text)
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return text


def _mixed(text: str) -> Any:
    value = evaluate("duration(text)", {"text": text})
    return text if value is None else value


def parse_cycle(value: Any, now: datetime, element_id: str) -> Cycle:
    """A cycle from `R3/PT10H`, `R/P1D` or `R5/2026-03-27T08:00/P1W`; a bare duration repeats without end."""
    if isinstance(value, (timedelta, YearsMonthsDuration)):
        return Cycle(None, value, _iso(value), None)
    match = _CYCLE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ExecutionFault(
            say("Expected a repetition such as R3/P1D; found {value}.", value=value), element_id)
    count = int(match["count"]) if match["count"] else None
    start = due_instant(match["start"], now, element_id) if match["start"] else None
    return Cycle(count, _parse(match["interval"]), match["interval"], start)


def _iso(value: timedelta | YearsMonthsDuration) -> str:
    if isinstance(value, YearsMonthsDuration):
        return f"P{value.total_months}M"
    return f"PT{Decimal(value.total_seconds()).normalize():f}S"


def next_due(interval: str, last: datetime, element_id: str) -> datetime:
    """The next instant of a cycle after it fired: counted from when it was due, so that it never drifts."""
    return due_instant(_parse(interval), last, element_id)
