"""How much a text or an evaluation may cost before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one evaluation.

    Attributes:
        steps: iterations, calls and compared or copied elements.
        depth: nested calls of functions written in FEEL.
        size: elements of one list.
        characters: length of one string.
        seconds: processor time of the evaluating thread, looked at every few hundred steps.
        pattern_seconds: time of one regular expression.
    """

    steps: int = 100_000
    depth: int = 100
    size: int = 100_000
    characters: int = 1_000_000
    seconds: float = 0.035
    pattern_seconds: float = 0.02


DEFAULT_LIMITS = Limits()
# A whole decision model is many expressions in one budget.
MODEL_LIMITS = Limits(steps=2_000_000, seconds=1.0, pattern_seconds=0.1)

TEXT_LENGTH = 65_536
"""Characters of one expression; a longer one is refused before it is read."""

CHAIN = 200
"""Operators, paths, filters or calls one after another that each take the result of the one before."""

NESTING = 60
"""Brackets, conditionals and functions inside one another in one text."""
