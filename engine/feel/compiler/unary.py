"""Unary tests: the cells of decision tables (DMN 1.5, 10.3.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.compiler.comparison import compile_test
from engine.feel.syntax import (
    Constant,
    Interval,
    Name,
    Node,
    UnaryComparison,
    UnaryTests,
)
from engine.feel.syntax_walk import reads
from engine.feel.values.matching import matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State

INPUT = "?"


def _unary_tests(node: UnaryTests, scope: Scope) -> Run:
    # The first slot of all: whoever runs the tests puts the tested value there.
    slot = scope.declare(INPUT)
    tests = [_cell_test(test, scope) for test in node.tests]
    negated = node.negated

    def anything(_state: State, _local: list[Any]) -> bool:
        return True

    def one(state: State, local: list[Any]) -> bool | None:
        value = local[slot]
        return tests[0](state, local, value)

    def run(state: State, local: list[Any]) -> bool | None:
        value = local[slot]
        result: bool | None = False
        for test in tests:
            outcome = test(state, local, value)
            if outcome is True:
                return not negated
            if outcome is None:
                result = None
        return result if result is None else result is not negated

    if not tests:
        return anything
    return one if len(tests) == 1 and not negated else run


def _cell_test(node: Node, scope: Scope) -> Callable[[State, list[Any], object], bool | None]:
    if isinstance(node, UnaryComparison | Interval | Constant):
        return compile_test(node, scope)
    run = scope.compile(node)
    if reads(node, INPUT):
        return _condition(run)
    # A call or comparison without "?" that says true is a condition too, unless true is a value to compare with.
    conditional = not isinstance(node, Name)

    def test(state: State, local: list[Any], value: object) -> bool | None:
        expected = run(state, local)
        if conditional and expected is True and value is not None and value is not False:
            return True
        return matches(value, expected, state)

    return test


def _condition(run: Run) -> Callable[[State, list[Any], object], bool | None]:
    def test(state: State, local: list[Any], value: object) -> bool | None:
        outcome = run(state, local)
        if outcome is None or isinstance(outcome, bool):
            return outcome
        return matches(value, outcome, state)

    return test


RULES: dict[type, Rule] = {UnaryTests: _unary_tests}
