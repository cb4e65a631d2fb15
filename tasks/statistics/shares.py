"""Shares and means as an office prints them: one decimal, half-up, in whole numbers so that nothing is lost."""

from __future__ import annotations


def tenths(part: int, whole: int) -> int:
    """`part / whole` in tenths of a per cent, half-up: 82 of 133 are 617. Nothing of nothing is 0."""
    return _half_up(1000 * part, whole) if whole else 0


def mean_tenths(total: int, count: int) -> int | None:
    """The mean of whole numbers that add up to `total`, in tenths, half-up; None for no values."""
    return _half_up(10 * total, count) if count else None


def _half_up(dividend: int, divisor: int) -> int:
    return (2 * dividend + divisor) // (2 * divisor)
