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


def whole(value: Decimal) -> int | None:
    """The integer, or None if the number has a fraction."""
    integer = value.to_integral_value()
    return int(integer) if integer == value else None
