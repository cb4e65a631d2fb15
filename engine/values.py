"""Process variables as bytes and back: msgpack with a tag for each type that msgpack lacks.

Writing twice gives the same bytes, and a value that was read is of the type that was written: a number stays
exact, True stays apart from 1, a date keeps its kind and its offset.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from engine.errors import EngineError
from engine.feel import Range, YearsMonthsDuration
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

_DECIMAL, _DATE, _DATETIME, _TIME, _DAYS, _MONTHS, _RANGE, _BIG = range(1, 9)

_encoder = msgspec.msgpack.Encoder()
_PLAIN = frozenset({str, bool, type(None), bytes})


class ValueRefused(EngineError):
    """A value that is no FEEL value was given as a variable."""


def _wrap(value: Any) -> Any:
    """The value in msgpack's own types, extensions for the rest."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int:
        return value if -(1 << 63) <= value < (1 << 63) else msgspec.msgpack.Ext(_BIG, str(value).encode())
    if kind is dict:
        return {
            key if type(key) is str else _key(key): item if type(item) in _PLAIN else _wrap(item)
            for key, item in value.items()}
    if kind is list or kind is tuple:
        return [item if type(item) in _PLAIN else _wrap(item) for item in value]
    wrapper = _WRAPPERS.get(kind)
    if wrapper is not None:
        return wrapper(value)
    return _wrap_subclass(value)


def _wrap_subclass(value: Any) -> Any:
    """Values of derived types (an enum, an ORM's string, a zoned datetime) are kept as what they derive from."""
    for base in (str, int, float, dict, list):
        if isinstance(value, base):
            make: Any = base
            return _wrap(make(value))
    for kind in (datetime, date):
        if isinstance(value, kind):
            return _WRAPPERS[kind](value)
    raise ValueRefused(say(
        "A variable must be a FEEL value (text, number, boolean, date, time, duration, list, context or null); "
        "found {type}.", type=type(value).__name__))


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise ValueRefused(say("The keys of a context are texts; found {key}.", key=repr(key)))
    return key


def _ext(code: int) -> Callable[[Any], msgspec.msgpack.Ext]:
    return lambda value: msgspec.msgpack.Ext(code, str(value).encode())


def _instant(value: datetime | time) -> msgspec.msgpack.Ext:
    zone = getattr(value.tzinfo, "key", "") if value.tzinfo is not None else ""
    code = _DATETIME if isinstance(value, datetime) else _TIME
    text = value.replace(tzinfo=None).isoformat() if zone else value.isoformat()
    return msgspec.msgpack.Ext(code, f"{text}|{zone}".encode() if zone else text.encode())


def _days(value: timedelta) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(_DAYS, _encoder.encode([value.days, value.seconds, value.microseconds]))


def _range(value: Range) -> msgspec.msgpack.Ext:
    parts = [value.start, value.end, value.start_included, value.end_included, value.operator]
    return msgspec.msgpack.Ext(_RANGE, _encoder.encode([_wrap(part) for part in parts]))


_WRAPPERS: dict[type, Callable[[Any], Any]] = {
    Decimal: _ext(_DECIMAL),
    float: lambda value: msgspec.msgpack.Ext(_DECIMAL, str(Decimal(repr(value))).encode()),
    date: lambda value: msgspec.msgpack.Ext(_DATE, value.isoformat().encode()),
    datetime: _instant,
    time: _instant,
    timedelta: _days,
    YearsMonthsDuration: lambda value: msgspec.msgpack.Ext(_MONTHS, str(value.total_months).encode()),
    Range: _range,
}


def _zoned(text: str, parse: Callable[[str], Any]) -> Any:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - rare: most instants carry an offset

    plain, _, zone = text.partition("|")
    value = parse(plain)
    return value.replace(tzinfo=ZoneInfo(zone)) if zone else value


def _unwrap(code: int, data: memoryview) -> Any:
    raw = bytes(data)
    if code == _DECIMAL:
        return Decimal(raw.decode())
    if code == _DATE:
        return date.fromisoformat(raw.decode())
    if code == _DATETIME:
        return _zoned(raw.decode(), datetime.fromisoformat)
    if code == _TIME:
        return _zoned(raw.decode(), time.fromisoformat)
    if code == _DAYS:
        return timedelta(*_decoder.decode(raw))
    if code == _MONTHS:
        return YearsMonthsDuration(int(raw))
    if code == _BIG:
        return int(raw)
    return Range(*_decoder.decode(raw))


_decoder = msgspec.msgpack.Decoder(ext_hook=_unwrap)


def wrapped(value: Any) -> Any:
    """The value in msgpack's own types, ready for `encode`."""
    return _wrap(value)


def encode(plain: Any) -> bytes:
    """The bytes of what is in msgpack's own types already."""
    return _encoder.encode(plain)


def pack(value: Any) -> bytes:
    """The bytes of a value; raises ValueRefused for what is no FEEL value."""
    return _encoder.encode(_wrap(value))


def unpack(data: bytes) -> Any:
    """The value that `pack` wrote."""
    return _decoder.decode(data)


def checked(variables: Any) -> dict[str, Any]:
    """Variables from outside, refused with a sentence when one is no FEEL value, and free of shared structure."""
    copied: dict[str, Any] = unpack(pack(dict(variables)))
    return copied
