"""Lists, contexts, ranges and filters (DMN 1.5, 10.3.2.5 to 10.3.2.7 and 10.3.2.12)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.syntax import (
    Constant,
    ContextLiteral,
    Filter,
    FunctionDefinition,
    Interval,
    ListLiteral,
    Negation,
    Node,
    UnaryComparison,
)
from engine.feel.values.comparison import order
from engine.feel.values.kinds import kind_of
from engine.feel.values.numbers import whole
from engine.feel.values.range import Range, comparison_range
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State
    from engine.feel.syntax import Position

_RANGED = frozenset(
    ["number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"]
)


def _list(node: ListLiteral, scope: Scope) -> Run:
    items = [scope.compile(each) for each in node.items]

    def run(state: State, local: list[Any]) -> list[object]:
        return [item(state, local) for item in items]

    return run


def _context(node: ContextLiteral, scope: Scope) -> Run:
    inner = scope.inner()
    entries: list[tuple[str, int, Run, bool]] = []
    for key, value in node.entries:
        # Only a function may refer to itself; any other value would wait for itself.
        recursive = isinstance(value, FunctionDefinition)
        slot = inner.declare(key) if recursive else None
        run_value = inner.compile(value)
        entries.append((key, inner.declare(key) if slot is None else slot, run_value, recursive))
    repeated = len({key for key, _ in node.entries}) != len(node.entries)

    def run(state: State, local: list[Any]) -> dict[str, object] | None:
        if repeated:
            state.warn(say("A context has two entries of the same name."), node.at)
            return None
        result = {}
        for key, slot, value, recursive in entries:
            found = value(state, local)
            local[slot] = result[key] = found
            if recursive:
                found.know(slot, found)
        return result

    return run


def _interval(node: Interval, scope: Scope) -> Run:
    low, high, at = scope.compile(node.low), scope.compile(node.high), node.at

    def run(state: State, local: list[Any]) -> Range | None:
        start, end = low(state, local), high(state, local)
        kinds = {kind_of(each) for each in (start, end) if each is not None}
        if len(kinds) > 1 or not kinds <= _RANGED:
            state.warn(say("A range needs two ends of one kind that has an order."), at)
            return None
        if start is not None and end is not None and order(start, end) is None:
            state.warn(say("The ends of the range cannot be compared."), at)
            return None
        return Range(start, end, node.low_closed, node.high_closed)

    return run


def _comparison_range(node: UnaryComparison, scope: Scope) -> Run:
    operand = scope.compile(node.operand)

    def run(state: State, local: list[Any]) -> Range | None:
        return comparison_range(node.operator, operand(state, local))

    return run


def _filter(node: Filter, scope: Scope) -> Run:
    index = _constant_index(node.condition)
    if index is not None:
        return _indexed(scope.compile(node.source), index, node.at)
    source = scope.compile(node.source)
    slot = scope.slot()
    condition = scope.inner(filtered=slot).compile(node.condition)
    at = node.at

    def run(state: State, local: list[Any]) -> object:
        value = source(state, local)
        if value is None:
            return None
        elements = value if type(value) is list else [value]
        kept = []
        local[slot] = elements[0] if elements else None
        for position, element in enumerate(elements):
            state.count()
            local[slot] = element
            outcome = condition(state, local)
            if outcome is True:
                kept.append(element)
            elif position == 0 and type(outcome) is Decimal:
                return _element(elements, outcome, state, at)
            elif outcome is not False and outcome is not None:
                state.warn(say("A filter must be a condition or a number, but is a {kind}.", kind=kind_of(outcome)), at)
                return None
        if not elements and type(condition(state, local)) is Decimal:
            return None
        return kept

    return run


def _constant_index(node: Node) -> Decimal | None:
    if isinstance(node, Constant) and type(node.value) is Decimal:
        return node.value
    if isinstance(node, Negation) and isinstance(node.operand, Constant) and type(node.operand.value) is Decimal:
        return -node.operand.value
    return None


def _indexed(source: Run, index: Decimal, at: Position) -> Run:
    def run(state: State, local: list[Any]) -> object:
        value = source(state, local)
        return _element(value if type(value) is list else [value], index, state, at)

    return run


def _element(elements: list[object], index: Decimal, state: State, at: Position) -> object:
    number = whole(index)
    if number and -len(elements) <= number <= len(elements):
        return elements[number - 1 if number > 0 else number]
    state.warn(say("There is no element {index} in a list of {size}.", index=index, size=len(elements)), at)
    return None


RULES: dict[type, Rule] = {
    ListLiteral: _list,
    ContextLiteral: _context,
    Interval: _interval,
    UnaryComparison: _comparison_range,
    Filter: _filter,
}
