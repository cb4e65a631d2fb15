"""Times, and dates with times: to the nanosecond, local or with an offset or zone (DMN 1.5, 10.3.2.3.4 to .7)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Self
from zoneinfo import ZoneInfo

from engine.feel.values.calendar import AnyDate, FarDate, FarDateTime, date_of_day, day_number
from engine.feel.values.durations import SECOND, nanoseconds

_DAY = 86_400


class PreciseTime(time):
    """A time with nanoseconds below the microsecond; Python's own operations on it drop them."""

    remainder: int

    def __new__(cls, *fields: Any, remainder: int = 0, **named: Any) -> Self:
        """The time of Python's fields plus 1 to 999 nanoseconds."""
        self = super().__new__(cls, *fields, **named)
        self.remainder = remainder
        return self


class PreciseDateTime(datetime):
    """A date and time with nanoseconds below the microsecond; Python's own operations on it drop them."""

    remainder: int

    def __new__(cls, *fields: Any, remainder: int = 0, **named: Any) -> Self:
        """The moment of Python's fields plus 1 to 999 nanoseconds."""
        self = super().__new__(cls, *fields, **named)
        self.remainder = remainder
        return self


def _precise_moment(whole: datetime, remainder: int) -> datetime:
    if not remainder:
        return whole
    clock = (whole.hour, whole.minute, whole.second, whole.microsecond, whole.tzinfo)
    return PreciseDateTime(whole.year, whole.month, whole.day, *clock, remainder=remainder)


AnyDateTime = datetime | FarDateTime


def make_time(seconds: int, fraction: int, zone: tzinfo | None) -> time:
    """The time so many seconds and nanoseconds after midnight, wrapping around the day."""
    minutes, second = divmod(seconds % _DAY, 60)
    micro, remainder = divmod(fraction, 1000)
    fields = (minutes // 60, minutes % 60, second, micro, zone)
    return PreciseTime(*fields, remainder=remainder) if remainder else time(*fields)


def make_moment(day: AnyDate, clock: time) -> AnyDateTime:
    """The date and time of a date and a time of day, in the time's zone."""
    if isinstance(day, FarDate):
        return FarDateTime(day, clock)
    return _precise_moment(datetime.combine(day, clock), _remainder(clock))


def date_part(moment: AnyDateTime) -> AnyDate:
    """The moment's local date."""
    return moment.date if isinstance(moment, FarDateTime) else moment.date()


def time_part(moment: AnyDateTime) -> time:
    """The moment's local time, in its zone."""
    if isinstance(moment, FarDateTime):
        return moment.time
    remainder = _remainder(moment)
    if not remainder:
        return moment.timetz()
    fields = (moment.hour, moment.minute, moment.second, moment.microsecond, moment.tzinfo)
    return PreciseTime(*fields, remainder=remainder)


def _remainder(value: time | datetime) -> int:
    return value.remainder if isinstance(value, PreciseTime | PreciseDateTime) else 0


def fraction_of(clock: time) -> int:
    """Nanoseconds beyond the whole second."""
    return clock.microsecond * 1000 + _remainder(clock)


def seconds_of_day(clock: time) -> int:
    """Whole seconds since midnight on the local clock."""
    return (clock.hour * 60 + clock.minute) * 60 + clock.second


def local_seconds(moment: AnyDateTime) -> int:
    """Whole seconds since 1970-01-01T00:00:00 on the local clock."""
    return day_number(date_part(moment)) * _DAY + seconds_of_day(time_part(moment))


def offset_seconds(value: time | AnyDateTime) -> int | None:
    """Seconds east of UTC, or None for a local value."""
    zone = value.tzinfo
    if zone is None:
        return None
    if isinstance(value, datetime):
        offset = value.utcoffset()
    elif isinstance(value, FarDateTime):
        offset = zone.utcoffset(datetime(2000 + value.date.year % 400 % 28, value.date.month, min(value.date.day, 28)))  # noqa: DTZ001
    else:
        # A time of day alone has no date that would tell summer from winter: the zone's standard offset stands.
        offset = zone.utcoffset(datetime(2000, 1, 1))  # noqa: DTZ001
    return int(offset.total_seconds()) if offset is not None else None


def moment_seconds(moment: AnyDateTime) -> tuple[int, bool]:
    """Whole seconds since the epoch, and whether they count in UTC (else on the local clock)."""
    offset = offset_seconds(moment)
    return local_seconds(moment) - (offset or 0), offset is not None


def time_seconds(clock: time) -> tuple[int, bool]:
    """Whole seconds since midnight, and whether they count in UTC (else on the local clock)."""
    offset = offset_seconds(clock)
    return seconds_of_day(clock) - (offset or 0), offset is not None


def shift_moment(moment: AnyDateTime, duration: timedelta) -> AnyDateTime:
    """The moment so much later. In a named zone the elapsed time counts, not the reading of the clock."""
    clock = time_part(moment)
    zone = moment.tzinfo
    seconds = local_seconds(moment)
    named = isinstance(zone, ZoneInfo)
    if named:
        seconds -= offset_seconds(moment) or 0
    carry, fraction = divmod(fraction_of(clock) + nanoseconds(duration), SECOND)
    return _moment_of_seconds(seconds + carry, fraction, zone, utc=named)


def shift_time(clock: time, duration: timedelta) -> time:
    """The time of day so much later, around midnight if need be."""
    carry, fraction = divmod(fraction_of(clock) + nanoseconds(duration), SECOND)
    return make_time(seconds_of_day(clock) + carry, fraction, clock.tzinfo)


def moment_nanoseconds(moment: AnyDateTime) -> int:
    """Nanoseconds since the epoch, in UTC where the moment has an offset, on its clock where it has none."""
    return moment_seconds(moment)[0] * SECOND + fraction_of(time_part(moment))


def time_nanoseconds(clock: time) -> int:
    """Nanoseconds since midnight, in UTC where the time has an offset."""
    return time_seconds(clock)[0] * SECOND + fraction_of(clock)


def _moment_of_seconds(seconds: int, fraction: int, zone: tzinfo | None, *, utc: bool) -> AnyDateTime:
    days, of_day = divmod(seconds, _DAY)
    if not utc:
        return make_moment(date_of_day(days), make_time(of_day, fraction, zone))
    instant = make_moment(date_of_day(days), make_time(of_day, fraction, UTC))
    if zone is None or isinstance(instant, FarDateTime):
        return instant
    local = instant.astimezone(zone)
    return _precise_moment(datetime.combine(local.date(), local.timetz()), _remainder(instant))


def at_midnight(day: AnyDate, zone: tzinfo | None = None) -> AnyDateTime:
    """The date's first moment."""
    return make_moment(day, time(0, 0, tzinfo=zone))


def fixed_zone(seconds: int) -> tzinfo:
    """The zone with a fixed offset; offset 0 is UTC itself."""
    return timezone(timedelta(seconds=seconds)) if seconds else UTC


def is_plain_date(value: object) -> bool:
    """Whether the value is a date without a time (a Python `datetime` is a `date` too)."""
    return isinstance(value, date | FarDate) and not isinstance(value, datetime)
