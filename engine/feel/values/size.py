"""How large a value is once it is written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.feel.evaluation import State


def measure(value: object, state: State) -> None:
    """Charge for everything in a value as often as it occurs.

    A few lists that hold one another twice are small in memory and endless on paper: whoever stores or prints the
    result would pay for it.
    """
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            state.count(len(current))
            waiting.extend(current.values())
        elif isinstance(current, list):
            state.count(len(current))
            waiting.extend(current)
