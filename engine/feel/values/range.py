"""Ranges: intervals and comparisons as values (DMN 1.5, 10.3.2.7)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an end that is None with a comparison is open to infinity.

    Attributes:
        operator: the comparison it was written as (`(< 10)`), or None for `[1..10]`. A range and a comparison
            with the same values are not equal in FEEL.
    """

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True
    operator: str | None = None


def comparison_range(operator: str, value: object) -> Range:
    """The range that a unary comparison stands for."""
    if operator in {"<", "<="}:
        return Range(None, value, False, operator == "<=", operator)
    if operator in {">", ">="}:
        return Range(value, None, operator == ">=", False, operator)
    return Range(value, value, True, True, operator)
