"""Shares and means as an office prints them: one decimal, half-up, in whole numbers so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def tenths(part: int, whole: int) -> int:
    """`part / whole` in tenths of a per cent, half-up: 82 of 133 are 617. Nothing of nothing is 0."""
    return _half_up(1000 * part, whole) if whole else 0


def mean_tenths(values: Sequence[int]) -> int | None:
    """The mean of whole numbers in tenths, half-up; None for no values."""
    return _half_up(10 * sum(values), len(values)) if values else None


def _half_up(dividend: int, divisor: int) -> int:
    return (2 * dividend + divisor) // (2 * divisor)
