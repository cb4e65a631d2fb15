"""The way from each kind of boxed expression to its closure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.boxed import composite, control, function, literal
from engine.dmn.expressions import (
    BoxedExpression,
    Conditional,
    ContextExpression,
    DecisionTable,
    FilterExpression,
    FunctionExpression,
    Invocation,
    Iterator,
    ListExpression,
    LiteralExpression,
    Relation,
)
from engine.dmn.table import compile_table
from engine.feel.values.typing import convert
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.dmn.scope import Scope
    from engine.dmn.state import DecisionState, Run
    from engine.feel.types import Type

    Compile = Callable[[BoxedExpression | None, Scope], Run]

_COMPILERS: dict[type, Callable[[Any, Scope, Compile], Run]] = {
    LiteralExpression: literal.compile_literal,
    Invocation: function.compile_invocation,
    FunctionExpression: function.compile_function,
    ContextExpression: composite.compile_context,
    ListExpression: composite.compile_list,
    Relation: composite.compile_relation,
    Conditional: control.compile_conditional,
    FilterExpression: control.compile_filter,
    Iterator: control.compile_iterator,
    DecisionTable: lambda table, scope, _: compile_table(table, scope),
}


def compile_boxed(expression: BoxedExpression | None, scope: Scope) -> Run:
    """The closure of an expression; a missing one is null."""
    if expression is None:
        return _nothing
    run = _COMPILERS[type(expression)](expression, scope, compile_boxed)
    if isinstance(expression, FunctionExpression):
        return run
    type_ = scope.type(expression.type_ref)
    return run if type_ is None else typed(run, type_, expression.type_ref or "")


def typed(run: Run, type_: Type, name: str) -> Run:
    """The closure with its value converted to a type; a value that does not fit is null."""

    def converted(state: DecisionState) -> Any:
        value = run(state)
        result, fits = convert(value, type_, state)
        if not fits:
            state.warn(say("A value is no {type}.", type=name))
        return result

    return converted


def _nothing(_state: DecisionState) -> None:
    return None
