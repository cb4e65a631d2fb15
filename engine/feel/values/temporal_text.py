"""Reading and writing dates, times and durations as text (DMN 1.5, 10.3.2.3 and table 72)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel.errors import Undefined
from engine.feel.values.calendar import AnyDate, FarDate, FarDateTime, date_text, make_date
from engine.feel.values.durations import SECOND, YearsMonthsDuration, days_time, duration_text, years_months
from engine.feel.values.moments import (
    AnyDateTime,
    at_midnight,
    date_part,
    fixed_zone,
    fraction_of,
    make_moment,
    make_time,
    time_part,
)
from engine.message import say

if TYPE_CHECKING:
    from datetime import date

_DATE = re.compile(r"(-?(?:[0-9]{4}|[1-9][0-9]{4,8}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:(Z|z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z][A-Za-z0-9_+\-/]*))?"
)
_YEARS_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")
_DAYS_TIME = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]*))?S)?)?"
)
LARGEST_OFFSET = 18 * 3600


def read_date(text: str) -> AnyDate:
    """A date from `YYYY-MM-DD`."""
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "-0000":
        raise Undefined(say("“{text}” is no date; write it as 2026-01-31.", text=text[:80]))
    return make_date(int(match[1]), int(match[2]), int(match[3]))


def read_zone(name: str) -> tzinfo:
    """The zone of a name of the time zone database."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Undefined(say("There is no time zone “{name}”.", name=name[:80])) from error


def read_time(text: str) -> time:
    """A time from `hh:mm:ss`, with a fraction, and `Z`, an offset or `@Zone/Name` where given."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise Undefined(say("“{text}” is no time; write it as 09:30:00.", text=text[:80]))
    hour, minute, second, fraction, utc, sign, hours, minutes, seconds, name = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        raise Undefined(say("“{text}” is no time of a day.", text=text[:80]))
    zone: tzinfo | None = None
    if utc:
        zone = UTC
    elif name:
        zone = read_zone(name)
    elif sign:
        offset = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
        if int(minutes) > 59 or int(seconds or 0) > 59 or offset > LARGEST_OFFSET:
            raise Undefined(say("“{text}” has an offset from UTC that no place has.", text=text[:80]))
        zone = fixed_zone(-offset if sign == "-" else offset)
    of_day = int(hour) * 3600 + int(minute) * 60 + int(second)
    return make_time(of_day, _nanoseconds(fraction), zone)


def read_date_and_time(text: str) -> AnyDateTime:
    """A date and time from `YYYY-MM-DDThh:mm:ss…`; a date alone is its midnight."""
    day, separator, clock = text.partition("T")
    if not separator:
        return at_midnight(read_date(text))
    return make_moment(read_date(day), read_time(clock))


def read_duration(text: str) -> timedelta | YearsMonthsDuration:
    """A duration from ISO 8601 text, either of years and months or of days and time."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None:
        sign, years, months = match.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return years_months(-total if sign else total)
    match = _DAYS_TIME.fullmatch(text)
    if match is None:
        raise Undefined(say("“{text}” is no duration; write it as P5D, PT2H or P1Y6M.", text=text[:80]))
    sign, days, hours, minutes, seconds, fraction = match.groups()
    whole = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    total = whole * SECOND + _nanoseconds(fraction)
    return days_time(-total if sign else total)


def read_any(text: str) -> AnyDate | time | AnyDateTime | timedelta | YearsMonthsDuration:
    """The value of `@"text"`: whatever the text looks like."""
    if text.startswith(("P", "-P")):
        return read_duration(text)
    if "T" in text.partition("@")[0]:
        return read_date_and_time(text)
    if ":" in text:
        return read_time(text)
    return read_date(text)


def time_text(clock: time) -> str:
    """ISO 8601 with the fraction as long as needed, and the offset or `@Zone/Name`."""
    fraction = fraction_of(clock)
    fraction_text = f".{fraction:09}".rstrip("0") if fraction else ""
    return f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}{fraction_text}{_zone_text(clock.tzinfo)}"


def moment_text(moment: AnyDateTime) -> str:
    """ISO 8601 date and time with offset or zone."""
    return f"{date_text(date_part(moment))}T{time_text(time_part(moment))}"


def temporal_text(value: date | FarDate | FarDateTime | time | timedelta | YearsMonthsDuration) -> str:
    """The text of any date, time, date and time or duration, as the constructor functions read it."""
    if isinstance(value, datetime | FarDateTime):
        return moment_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, YearsMonthsDuration):
        return str(value)
    return date_text(value)


def zone_name(zone: tzinfo | None) -> str | None:
    """The database name of a zone; None for offsets and local values."""
    return zone.key if isinstance(zone, ZoneInfo) else None


def _zone_text(zone: tzinfo | None) -> str:
    if zone is None:
        return ""
    name = zone_name(zone)
    if name is not None:
        return f"@{name}"
    offset = zone.utcoffset(datetime(2000, 1, 1)) if not isinstance(zone, timezone) else zone.utcoffset(None)  # noqa: DTZ001
    seconds = int(offset.total_seconds()) if offset else 0
    if not seconds:
        return "Z"
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    tail = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}{tail}"


def _nanoseconds(fraction: str | None) -> int:
    return int((fraction or "")[:9].ljust(9, "0"))
