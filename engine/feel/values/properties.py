"""What a dot after a value gives: entries of contexts, and the properties of other kinds (DMN 1.5, table 65)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.values.calendar import weekday
from engine.feel.values.durations import components
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import date_part, offset_seconds, time_part
from engine.feel.values.temporal_text import zone_name
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.evaluation import State


def _offset(value: Any) -> timedelta | None:
    seconds = offset_seconds(value)
    return None if seconds is None else timedelta(seconds=seconds)


_DATE: dict[str, Callable[[Any], object]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(weekday(value)),
}
_TIME: dict[str, Callable[[Any], object]] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
}
_ZONE: dict[str, Callable[[Any], object]] = {
    "time offset": _offset,
    "timezone": lambda value: zone_name(value.tzinfo),
}
_PROPERTIES: dict[str, dict[str, Callable[[Any], object]]] = {
    "date": _DATE,
    "time": {**_TIME, **_ZONE},
    "date and time": {
        **{name: lambda value, get=get: get(date_part(value)) for name, get in _DATE.items()},  # type: ignore[misc]
        **{name: lambda value, get=get: get(time_part(value)) for name, get in _TIME.items()},  # type: ignore[misc]
        **_ZONE,
    },
    "years and months duration": {
        "years": lambda value: Decimal(value.years),
        "months": lambda value: Decimal(value.months),
    },
    "days and time duration": {
        "days": lambda value: Decimal(components(value)[0]),
        "hours": lambda value: Decimal(components(value)[1]),
        "minutes": lambda value: Decimal(components(value)[2]),
        "seconds": lambda value: Decimal(components(value)[3]),
    },
    "range": {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}


def member(value: object, name: str, state: State) -> object:
    """The member of a value; of a list, the members of its elements; of null, null."""
    if value is None:
        return None
    if isinstance(value, list):
        state.measured_list(len(value))
        return [_member_or_null(item, name, state) for item in value]
    kind = kind_of(value)
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise Undefined(say("The context has no entry “{name}”.", name=name))
    properties = _PROPERTIES.get(kind, {})
    if name not in properties:
        raise Undefined(say("A {kind} has no property “{name}”.", kind=kind, name=name))
    return properties[name](value)


def _member_or_null(value: object, name: str, state: State) -> object:
    # An element without the member is null among the others, and does not take them with it.
    try:
        return member(value, name, state)
    except Undefined as undefined:
        state.warn(undefined.message)
        return None
