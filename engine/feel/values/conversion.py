"""From Python values to FEEL values, as lazily as possible: a value that is already FEEL is returned as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException

from engine.feel.errors import FeelLimitError, FeelValueError
from engine.feel.values.function import Function
from engine.feel.values.kinds import KINDS
from engine.feel.values.numbers import ARITHMETIC
from engine.message import say

_SCALARS = frozenset(KINDS) - {list, dict, Decimal}
_DEEPEST = 100


def to_feel(value: object, depth: int = 0) -> object:
    """The FEEL value of a Python value.

    Raises:
        FeelValueError: FEEL has no such value.
    """
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is Decimal:
        return _number(value)  # type: ignore[arg-type]
    if kind is int:
        return _number(Decimal(value))  # type: ignore[arg-type]
    if depth > _DEEPEST:
        raise FeelLimitError(say("A variable is nested more than {limit} deep.", limit=_DEEPEST))
    if kind is list:
        return _list(value, depth)  # type: ignore[arg-type]
    if kind is dict:
        return _context(value, depth)  # type: ignore[arg-type]
    return _rarer(value, depth)


def _list(value: list[object], depth: int) -> list[object]:
    converted = [to_feel(item, depth + 1) for item in value]
    if all(new is old for new, old in zip(converted, value, strict=True)):
        return value
    return converted


def _context(value: Mapping[object, object], depth: int) -> dict[str, object]:
    converted = {str(key): to_feel(item, depth + 1) for key, item in value.items()}
    if all(key in value and value[key] is item for key, item in converted.items()) and type(value) is dict:
        return value
    return converted


def _number(value: float | Decimal) -> Decimal | None:
    # NaN, the infinities and what exceeds Decimal128 are no numbers of FEEL: an unknown amount is null.
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if not number.is_finite():
        return None
    try:
        rounded = ARITHMETIC.plus(number)
    except DecimalException:
        return None
    # The same object where nothing was rounded: a list of such numbers need not be copied.
    return number if rounded == number else rounded


def _rarer(value: object, depth: int) -> object:
    if isinstance(value, Function):
        return value
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, int):
        return _number(Decimal(int(value)))
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return _context(value, depth)
    if isinstance(value, list | tuple):
        return [to_feel(item, depth + 1) for item in value]
    if isinstance(value, datetime | date | time | timedelta):
        return _plain_temporal(value)
    raise FeelValueError(
        say(
            "A variable is a Python {found}; expected a number, text, boolean, date, time, duration, list or mapping.",
            found=type(value).__name__,
        )
    )


def _plain_temporal(value: datetime | date | time | timedelta) -> object:
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, time):
        return time(value.hour, value.minute, value.second, value.microsecond, value.tzinfo)
    return timedelta(value.days, value.seconds, value.microseconds)
