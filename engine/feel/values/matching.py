"""Whether a value passes a test that is itself a value: equal to it, in it, or within it (DMN 1.5, table 55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.values.comparison import equal, includes
from engine.feel.values.range import Range

if TYPE_CHECKING:
    from engine.feel.evaluation import State


def matches(value: object, test: object, state: State) -> bool | None:
    """True, false or undefined for `value in test`."""
    if isinstance(test, Range):
        return equal(value, test, state) if isinstance(value, Range) else includes(test, value, state)
    if isinstance(test, list):
        return _in_list(value, test, state)
    return equal(value, test, state)


def _in_list(value: object, tests: list[object], state: State) -> bool:
    # As "list contains" has it: an element of another kind is not the one, and leaves no doubt.
    if isinstance(value, list) and equal(value, tests, state):
        return True
    for test in tests:
        state.count()
        outcome = matches(value, test, state) if isinstance(test, Range) else equal(value, test, state)
        if outcome is True:
            return True
    return False
