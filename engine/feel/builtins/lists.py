"""Functions of lists (DMN 1.5, table 75)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.values.comparison import same
from engine.feel.values.numbers import whole
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.evaluation import State
    from engine.feel.values.function import Function


def _index(items: list[object], position: Decimal) -> int:
    number = whole(position)
    if not number or not -len(items) <= number <= len(items):
        raise Undefined(say("There is no position {position} in a list of {size}.", position=position, size=len(items)))
    return number - 1 if number > 0 else len(items) + number


@builtin("list contains(list: list, element: any) -> boolean")
def list_contains(state: State, items: list[object], element: object) -> bool:
    """Whether an element equals the value."""
    return any(same(item, element, state) for item in items)


@builtin("sublist(list: list, start position: number, length?: number) -> list")
def sublist(items: list[object], start: Decimal, length: Decimal | None = None) -> list[object]:
    """The elements from a position (1 is the first, -1 the last), so many of them."""
    first = _index(items, start)
    if length is None:
        return items[first:]
    size = whole(length)
    if size is None or size < 0 or first + size > len(items):
        raise Undefined(say("There are not {length} elements from there.", length=length))
    return items[first : first + size]


@builtin("append(list: list, ...item: any) -> list")
def append(state: State, items: list[object], *added: object) -> list[object]:
    """The list with elements at its end."""
    state.measured_list(len(items) + len(added))
    return [*items, *added]


@builtin("concatenate(...list: list) -> list")
def concatenate(state: State, *lists: list[object]) -> list[object]:
    """The lists one after another."""
    state.measured_list(sum(len(each) for each in lists))
    return [item for each in lists for item in each]


@builtin("insert before(list: list, position: number, newItem: any) -> list")
def insert_before(state: State, items: list[object], position: Decimal, item: object) -> list[object]:
    """The list with an element before the position."""
    index = _index(items, position)
    state.measured_list(len(items) + 1)
    return [*items[:index], item, *items[index:]]


@builtin("remove(list: list, position: number) -> list")
def remove(state: State, items: list[object], position: Decimal) -> list[object]:
    """The list without the element at the position."""
    index = _index(items, position)
    state.measured_list(len(items))
    return [*items[:index], *items[index + 1 :]]


@builtin("list replace(list: list, position: number, newItem: any) -> list")
def replace_at(state: State, items: list[object], position: Decimal, item: object) -> list[object]:
    """The list with another element at the position."""
    index = _index(items, position)
    state.measured_list(len(items))
    return [*items[:index], item, *items[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any) -> list")
def replace_matching(state: State, items: list[object], match: Function, item: object) -> list[object]:
    """The list with another element wherever the function of the old and the new element says true."""
    result = []
    for each in items:
        outcome = match.invoke(state, [each, item])
        if not isinstance(outcome, bool):
            raise Undefined(say("The function of “list replace” must say true or false."))
        result.append(item if outcome else each)
    return result


@builtin("reverse(list: list) -> list")
def reverse(state: State, items: list[object]) -> list[object]:
    """The elements from the last to the first."""
    state.measured_list(len(items))
    return items[::-1]


@builtin("index of(list: list, match: any) -> list")
def index_of(state: State, items: list[object], match: object) -> list[Decimal]:
    """The positions of the elements that equal the value."""
    return [Decimal(position) for position, item in enumerate(items, 1) if same(item, match, state)]


@builtin("union(...list: list) -> list")
def union(state: State, *lists: list[object]) -> list[object]:
    """The different elements of all lists."""
    return _distinct(state, concatenate(state, *lists))  # type: ignore[arg-type]


@builtin("distinct values(list: list) -> list")
def distinct_values(state: State, items: list[object]) -> list[object]:
    """The elements without repetitions."""
    return _distinct(state, items)


def _distinct(state: State, items: list[object]) -> list[object]:
    if len({type(item) for item in items}) == 1 and type(items[0]) in (Decimal, str):
        state.measured_list(len(items))
        return list(dict.fromkeys(items))
    result: list[object] = []
    for item in items:
        state.count(1 + len(result) // 4)
        if not any(same(item, each, state) for each in result):
            result.append(item)
    return result


@builtin("flatten(list: list) -> list")
def flatten(state: State, items: list[object]) -> list[object]:
    """The elements of all lists inside, as one list."""
    result: list[object] = []
    _flatten_into(state, items, result, 0)
    return result


def _flatten_into(state: State, items: list[object], result: list[object], depth: int) -> None:
    if depth > state.limits.depth:
        raise Undefined(say("The list is nested more than {limit} deep.", limit=state.limits.depth))
    for item in items:
        state.count()
        if isinstance(item, list):
            _flatten_into(state, item, result, depth + 1)
        else:
            result.append(item)
