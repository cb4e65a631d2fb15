"""The kind of each value, by its Python class."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType

from engine.feel.values.calendar import FarDate, FarDateTime
from engine.feel.values.durations import PreciseDuration, YearsMonthsDuration
from engine.feel.values.moments import PreciseDateTime, PreciseTime
from engine.feel.values.range import Range

KINDS: dict[type, str] = {
    NoneType: "null",
    Decimal: "number",
    str: "string",
    bool: "boolean",
    list: "list",
    dict: "context",
    date: "date",
    FarDate: "date",
    time: "time",
    PreciseTime: "time",
    datetime: "date and time",
    PreciseDateTime: "date and time",
    FarDateTime: "date and time",
    timedelta: "days and time duration",
    PreciseDuration: "days and time duration",
    YearsMonthsDuration: "years and months duration",
    Range: "range",
}


def kind_of(value: object) -> str:
    """The kind of a FEEL value; what is no data is a function."""
    return KINDS.get(type(value), "function")
