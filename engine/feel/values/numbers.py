"""Numbers: decimals of 34 digits (IEEE 754-2008 Decimal128), rounded half to even (DMN 1.5, 10.3.2.3.1)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

ARITHMETIC = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
ZERO = Decimal(0)
ONE = Decimal(1)


def number_text(value: Decimal) -> str:
    """Plain digits, never an exponent."""
    return format(value, "f") if value else "0"


_LARGEST_INDEX = 10**18


def clipped(value: Decimal) -> int:
    """The number without its fraction, at most 10^18 in size: no position or scale is larger."""
    if value.adjusted() >= 18:
        return -_LARGEST_INDEX if value < 0 else _LARGEST_INDEX
    return int(value)


def whole(value: Decimal) -> int | None:
    """The integer, or None if the number has a fraction or is larger than any count of things."""
    if value.adjusted() > ARITHMETIC.prec:
        return None
    integer = value.to_integral_value()
    return int(integer) if integer == value else None
