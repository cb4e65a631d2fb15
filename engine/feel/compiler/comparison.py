"""Equality, order, `between`, `in` and `instance of` (DMN 1.5, tables 52 to 55 and 61)."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.syntax import (
    Between,
    Comparison,
    Constant,
    In,
    InstanceOf,
    Interval,
    Node,
    UnaryComparison,
)
from engine.feel.values.comparison import equal, order
from engine.feel.values.kinds import kind_of
from engine.feel.values.matching import matches
from engine.feel.values.typing import is_instance
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State
    from engine.feel.syntax import Position

ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _comparison(node: Comparison, scope: Scope) -> Run:
    left, right = scope.compile(node.left), scope.compile(node.right)
    if node.operator in ORDERINGS:
        if isinstance(node.right, Constant) and type(node.right.value) is Decimal:
            return _order_with_number(left, node.right.value, node)
        return _ordering(left, right, node)
    if isinstance(node.right, Constant) and type(node.right.value) in (Decimal, str, bool):
        return _equality_with(left, node.right.value, node)
    return _equality(left, right, node)


def _warn_incomparable(state: State, left: object, right: object, at: Position) -> None:
    if state.context is not None:
        state.warn(say("{left} and {right} cannot be compared.", left=kind_of(left), right=kind_of(right)), at)


def _equality(left: Run, right: Run, node: Comparison) -> Run:
    negated, at = node.operator == "!=", node.at

    def run(state: State, local: list[Any]) -> bool | None:
        first, second = left(state, local), right(state, local)
        outcome = equal(first, second, state)
        if outcome is None:
            _warn_incomparable(state, first, second, at)
            return None
        return outcome is not negated

    return run


def _equality_with(left: Run, value: object, node: Comparison) -> Run:
    kind, negated, at = type(value), node.operator == "!=", node.at

    def run(state: State, local: list[Any]) -> bool | None:
        first = left(state, local)
        if type(first) is kind:
            return (first == value) is not negated
        if first is None:
            return negated
        _warn_incomparable(state, first, value, at)
        return None

    return run


def _order_with_number(left: Run, value: Decimal, node: Comparison) -> Run:
    compare, at = ORDERINGS[node.operator], node.at

    def run(state: State, local: list[Any]) -> bool | None:
        first = left(state, local)
        if type(first) is Decimal:
            return compare(first, value)
        _warn_incomparable(state, first, value, at)
        return None

    return run


def _ordering(left: Run, right: Run, node: Comparison) -> Run:
    compare, at = ORDERINGS[node.operator], node.at

    def run(state: State, local: list[Any]) -> bool | None:
        first, second = left(state, local), right(state, local)
        if type(first) is Decimal and type(second) is Decimal:
            return compare(first, second)
        outcome = order(first, second)
        if outcome is None:
            _warn_incomparable(state, first, second, at)
            return None
        return compare(outcome, 0)

    return run


def _between(node: Between, scope: Scope) -> Run:
    value, low, high = (scope.compile(each) for each in (node.value, node.low, node.high))

    def run(state: State, local: list[Any]) -> bool | None:
        middle = value(state, local)
        below, above = order(middle, low(state, local)), order(middle, high(state, local))
        if (below is not None and below < 0) or (above is not None and above > 0):
            return False
        if below is None or above is None:
            state.warn(say("The value and the bounds of “between” cannot be compared."), node.at)
            return None
        return True

    return run


def _in(node: In, scope: Scope) -> Run:
    value = scope.compile(node.value)
    tests = [compile_test(test, scope) for test in node.tests]

    def run(state: State, local: list[Any]) -> bool | None:
        found = value(state, local)
        result: bool | None = False
        for test in tests:
            outcome = test(state, local, found)
            if outcome is True:
                return True
            if outcome is None:
                result = None
        return result

    return run


def compile_test(node: Node, scope: Scope) -> Callable[[State, list[Any], object], bool | None]:
    """A test of a value that is given: a comparison, an interval, or a value, list or range to be found in."""
    if isinstance(node, UnaryComparison):
        return _comparison_test(node, scope)
    if isinstance(node, Interval):
        return _interval_test(node, scope)
    if isinstance(node, Constant) and type(node.value) in (Decimal, str):
        return _constant_test(node.value)
    run = scope.compile(node)

    def test(state: State, local: list[Any], value: object) -> bool | None:
        return matches(value, run(state, local), state)

    return test


def _constant_test(expected: object) -> Callable[[State, list[Any], object], bool | None]:
    kind = type(expected)

    def test(state: State, _local: list[Any], value: object) -> bool | None:
        return value == expected if type(value) is kind else matches(value, expected, state)

    return test


def _comparison_test(node: UnaryComparison, scope: Scope) -> Callable[[State, list[Any], object], bool | None]:
    operand = scope.compile(node.operand)
    compare = ORDERINGS.get(node.operator)

    def equality(state: State, local: list[Any], value: object) -> bool | None:
        outcome = equal(value, operand(state, local), state)
        return outcome if node.operator == "=" or outcome is None else not outcome

    if compare is None:
        return equality

    def ordering(state: State, local: list[Any], value: object) -> bool | None:
        bound = operand(state, local)
        if type(value) is Decimal and type(bound) is Decimal:
            return compare(value, bound)
        outcome = order(value, bound)
        return None if outcome is None else compare(outcome, 0)

    return ordering


def _interval_test(node: Interval, scope: Scope) -> Callable[[State, list[Any], object], bool | None]:
    low, high = scope.compile(node.low), scope.compile(node.high)
    above = ORDERINGS[">=" if node.low_closed else ">"]
    below = ORDERINGS["<=" if node.high_closed else "<"]

    def test(state: State, local: list[Any], value: object) -> bool | None:
        first, last = low(state, local), high(state, local)
        if type(value) is Decimal and type(first) is Decimal and type(last) is Decimal:
            return above(value, first) and below(value, last)
        from_low, to_high = order(value, first), order(value, last)
        if from_low is None or to_high is None:
            return None
        return above(from_low, 0) and below(to_high, 0)

    return test


def _instance_of(node: InstanceOf, scope: Scope) -> Run:
    value, type_ = scope.compile(node.value), node.type

    def run(state: State, local: list[Any]) -> bool:
        return is_instance(value(state, local), type_, state)

    return run


RULES: dict[type, Rule] = {Comparison: _comparison, Between: _between, In: _in, InstanceOf: _instance_of}
