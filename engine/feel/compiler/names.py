"""References: local values, entries of a filtered element, variables, functions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.full_width import full_width_sign
from engine.feel.syntax import Name, Path
from engine.feel.values.properties import member
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State
    from engine.message import Message

_MISSING = object()
_EXACT = 10**34
_READY = frozenset([str, bool, type(None)])


def _name(node: Name, scope: Scope) -> Run:
    slot, filters = scope.find(node.name)
    if slot is None and node.name == "item" and filters:
        outer = _local(filters[0])
    elif slot is None:
        outer = _variable(node, scope, certain=not filters)
    elif node.name == "partial":
        outer = _copied(slot)
    else:
        outer = _local(slot)
    for filtered in reversed(filters):
        outer = _entry_of(filtered, node.name, outer)
    return outer


def _local(slot: int) -> Run:
    def run(_state: State, local: list[Any]) -> object:
        return local[slot]

    return run


def _copied(slot: int) -> Run:
    # The list of partial results still grows: whoever keeps it must keep what it was.
    def run(state: State, local: list[Any]) -> object:
        value = local[slot]
        if type(value) is not list:
            return value
        state.measured_list(len(value))
        return list(value)

    return run


def _entry_of(slot: int, name: str, outer: Run) -> Run:
    def run(state: State, local: list[Any]) -> object:
        element = local[slot]
        if type(element) is dict and name in element:
            return element[name]
        return outer(state, local)

    return run


def _variable(node: Name, scope: Scope, *, certain: bool) -> Run:
    name, at = node.name, node.at
    function = scope.root.library.get(name)
    if function is None:
        scope.free(name, node, certain=certain)

    def run(state: State, _local: list[Any]) -> object:
        value = state.variables.get(name, _MISSING)
        kind = type(value)
        if kind in _READY:
            return value
        if kind is int and -_EXACT < value < _EXACT:  # type: ignore[operator]
            return Decimal(value)  # type: ignore[arg-type]
        if value is not _MISSING:
            return state.converted(value)
        if function is not None:
            return function
        state.warn(_unknown(name), at)
        return None

    return run


def _unknown(name: str) -> Message:
    sign = full_width_sign(name)
    if sign is None:
        return say("There is no variable “{name}”.", name=name)
    return say(
        "There is no variable “{name}”; {sign} is a full-width sign, write {meant}.",
        name=name,
        sign=sign[0],
        meant=sign[1],
    )


def _path(node: Path, scope: Scope) -> Run:
    name, at = node.name, node.at
    raw = _raw_variable(node.source, scope)
    source = raw or scope.compile(node.source)

    def run(state: State, local: list[Any]) -> object:
        value = source(state, local)
        if type(value) is dict:
            found = value.get(name, _MISSING)
            if found is not _MISSING:
                return found if raw is None or type(found) in _READY else state.converted(found)
        try:
            return member(value, name, state)
        except Undefined as undefined:
            state.warn(undefined.message, at)
            return None

    return run


def _raw_variable(node: object, scope: Scope) -> Run | None:
    # A path reads one entry of a variable: converting all the others first would be wasted.
    if not isinstance(node, Name):
        return None
    slot, filters = scope.find(node.name)
    if slot is not None or filters or scope.root.library.get(node.name) is not None:
        return None
    checked = scope.compile(node)
    name = node.name

    def run(state: State, local: list[Any]) -> object:
        value = state.variables.get(name)
        return value if type(value) is dict else checked(state, local)

    return run


RULES: dict[type, Rule] = {Name: _name, Path: _path}
