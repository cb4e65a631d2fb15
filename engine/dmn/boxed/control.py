"""Conditionals, filters, and iterations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.values.iteration import elements_of
from engine.feel.values.kinds import kind_of
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.dmn.expressions import BoxedExpression, Conditional, FilterExpression, Iterator
    from engine.dmn.scope import Scope
    from engine.dmn.state import DecisionState, Run

    Compile = Callable[[BoxedExpression | None, Scope], Run]


def compile_conditional(conditional: Conditional, scope: Scope, compile_boxed: Compile) -> Run:
    """The one branch or the other; only true leads to the first."""
    condition = compile_boxed(conditional.condition, scope)
    consequence = compile_boxed(conditional.consequence, scope)
    alternative = compile_boxed(conditional.alternative, scope)
    return lambda state: consequence(state) if condition(state) is True else alternative(state)


def compile_filter(expression: FilterExpression, scope: Scope, compile_boxed: Compile) -> Run:
    """The elements for which the condition is true; within it, `item` and the element's own entries are names."""
    source = compile_boxed(expression.source, scope)
    condition = compile_boxed(expression.condition, scope.within(["item", *scope.members]).opened())

    def run(state: DecisionState) -> Any:
        value = source(state)
        if value is None:
            return None
        kept = []
        outer = state.variables
        try:
            for element in value if isinstance(value, list) else [value]:
                state.count()
                entries = element if isinstance(element, dict) else {}
                state.variables = {**outer, "item": element, **entries}
                outcome = condition(state)
                if outcome is True:
                    kept.append(element)
                elif outcome is not False and outcome is not None:
                    state.warn(say("A filter must be a condition, but is a {kind}.", kind=kind_of(outcome)))
                    return None
        finally:
            state.variables = outer
        return kept

    return run


def compile_iterator(iterator: Iterator, scope: Scope, compile_boxed: Compile) -> Run:
    """`for`, `some` or `every`."""
    source = compile_boxed(iterator.source, scope)
    names = [iterator.variable, "partial"] if iterator.kind == "for" else [iterator.variable]
    body = compile_boxed(iterator.body, scope.within(names))
    collect = _COLLECTORS[iterator.kind]

    def run(state: DecisionState) -> Any:
        outer = state.variables
        try:
            return collect(state, _outcomes(state, elements_of(source(state)), iterator.variable, body))
        except Undefined as undefined:
            state.warn(undefined.message)
            return None
        finally:
            state.variables = outer

    return run


def _outcomes(state: DecisionState, elements: Iterable[object], name: str, body: Run) -> Iterable[object]:
    outer = state.variables
    partial: list[object] = []
    for element in elements:
        state.count()
        state.variables = {**outer, name: element, "partial": list(partial)}
        value = body(state)
        partial.append(value)
        state.measured_list(len(partial))
        yield value


def _collected(_state: DecisionState, outcomes: Iterable[object]) -> list[object]:
    return list(outcomes)


def _decided(decisive: bool) -> Callable[[DecisionState, Iterable[object]], bool | None]:  # noqa: FBT001
    def decide(_state: DecisionState, outcomes: Iterable[object]) -> bool | None:
        result: bool | None = not decisive
        for outcome in outcomes:
            if outcome is decisive:
                return decisive
            if outcome is not (not decisive):
                result = None
        return result

    return decide


_COLLECTORS: dict[str, Callable[[DecisionState, Iterable[object]], Any]] = {
    "for": _collected,
    "some": _decided(True),
    "every": _decided(False),
}
