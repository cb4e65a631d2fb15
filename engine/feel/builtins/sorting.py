"""`sort` (DMN 1.5, table 80)."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.evaluation import State
    from engine.feel.values.function import Function


@builtin("sort(list: list, precedes: function) -> list")
def sort(state: State, items: list[object], precedes: Function) -> list[object]:
    """The elements in the order of a function that says whether its first argument comes before its second."""

    def compare(one: object, other: object) -> int:
        if _says(precedes.invoke(state, [one, other])):
            return -1
        return 1 if _says(precedes.invoke(state, [other, one])) else 0

    return sorted(items, key=cmp_to_key(compare))


def _says(outcome: object) -> bool:
    if not isinstance(outcome, bool):
        raise Undefined(say("The function of “sort” must say true or false."))
    return outcome
