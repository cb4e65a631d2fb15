"""Functions of numbers (DMN 1.5, table 76)."""

from __future__ import annotations

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.values.durations import YearsMonthsDuration, days_time, nanoseconds
from engine.feel.values.numbers import ARITHMETIC, ZERO, clipped, whole
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAST_SCALE, _MOST_SCALE = -6111, 6176


def _rounded(number: Decimal, scale: Decimal, rounding: str) -> Decimal:
    places = clipped(scale)
    if not _LEAST_SCALE <= places <= _MOST_SCALE:
        raise Undefined(say("The scale must lie between {least} and {most}.", least=_LEAST_SCALE, most=_MOST_SCALE))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        # Already as coarse: only zeros are to be added, as far as 34 digits reach.
        digits = number.adjusted() + 1 + places
        return number.quantize(Decimal(1).scaleb(-places), context=ARITHMETIC) if digits <= ARITHMETIC.prec else number
    result = number.quantize(Decimal((0, (1,), -places)), rounding=rounding, context=_WIDE)
    return ARITHMETIC.plus(result)


_WIDE = ARITHMETIC.copy()
_WIDE.prec = 7000


def _rounding(name: str, rounding: str, summary: str) -> None:
    def rounded(number: Decimal, scale: Decimal) -> Decimal:
        return _rounded(number, scale, rounding)

    rounded.__doc__ = summary
    builtin(f"{name}(n: number, scale: number) -> number")(rounded)


_rounding("decimal", ROUND_HALF_EVEN, "The number rounded to so many decimal places, half to even.")
_rounding("round up", ROUND_UP, "The number rounded away from zero.")
_rounding("round down", ROUND_DOWN, "The number rounded towards zero.")
_rounding("round half up", ROUND_HALF_UP, "The number rounded to the nearest, half away from zero.")
_rounding("round half down", ROUND_HALF_DOWN, "The number rounded to the nearest, half towards zero.")


@builtin("floor(n: number, scale?: number) -> number")
def floor(number: Decimal, scale: Decimal = ZERO) -> Decimal:
    """The greatest number of so many decimal places (0 if not given) that is not greater."""
    return _rounded(number, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number) -> number")
def ceiling(number: Decimal, scale: Decimal = ZERO) -> Decimal:
    """The least number of so many decimal places (0 if not given) that is not less."""
    return _rounded(number, scale, ROUND_CEILING)


@builtin("abs(n: number | days and time duration | years and months duration) -> number")
def absolute(value: Decimal | timedelta | YearsMonthsDuration) -> object:
    """The number or duration without its sign."""
    if isinstance(value, timedelta):
        return days_time(abs(nanoseconds(value)))
    if isinstance(value, YearsMonthsDuration):
        return YearsMonthsDuration(abs(value.total_months))
    return value.copy_abs()


@builtin("modulo(dividend: number, divisor: number) -> number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The rest of the division, with the divisor's sign."""
    if not divisor:
        raise Undefined(say("“modulo” cannot divide by zero."))
    with_sign_of_dividend = _WIDE.remainder(dividend, divisor)
    if with_sign_of_dividend and (with_sign_of_dividend < 0) != (divisor < 0):
        return ARITHMETIC.add(with_sign_of_dividend, divisor)
    return ARITHMETIC.plus(with_sign_of_dividend)


def _positive(function: Callable[[Decimal], Decimal], number: Decimal, *, zero: bool) -> Decimal:
    if number < 0 or (not zero and number == 0):
        raise Undefined(say("The number must be positive, but is {number}.", number=number))
    return function(number)


@builtin("sqrt(number: number) -> number")
def sqrt(number: Decimal) -> Decimal:
    """The square root."""
    return _positive(ARITHMETIC.sqrt, number, zero=True)


@builtin("log(number: number) -> number")
def log(number: Decimal) -> Decimal:
    """The natural logarithm."""
    return _positive(ARITHMETIC.ln, number, zero=False)


@builtin("exp(number: number) -> number")
def exp(number: Decimal) -> Decimal:
    """Euler's number to the power of the number."""
    return ARITHMETIC.exp(number)


@builtin("odd(number: number) -> boolean")
def odd(number: Decimal) -> bool:
    """Whether the number is odd."""
    return _parity(number) == 1


@builtin("even(number: number) -> boolean")
def even(number: Decimal) -> bool:
    """Whether the number is even."""
    return _parity(number) == 0


def _parity(number: Decimal) -> int:
    if number.adjusted() > ARITHMETIC.prec:
        return 0  # 34 digits end before the units: what follows are zeros
    integer = whole(number)
    if integer is None:
        raise Undefined(say("{number} is no whole number.", number=number))
    return integer % 2
