"""Contexts, lists and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.boxed.function import BoxedFunction
from engine.dmn.expressions import FunctionExpression
from engine.feel.values.typing import convert
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.dmn.expressions import BoxedExpression, ContextExpression, ListExpression, Relation
    from engine.dmn.scope import Scope
    from engine.dmn.state import DecisionState, Run
    from engine.feel.types import Type

    Compile = Callable[[BoxedExpression | None, Scope], Run]


def compile_context(context: ContextExpression, scope: Scope, compile_boxed: Compile) -> Run:
    """Entries in order, each seeing those before it; an entry without a name is the result instead of the context."""
    entries: list[tuple[str | None, Type | None, Run]] = []
    for variable, expression in context.entries:
        known = [variable.name] if variable is not None and isinstance(expression, FunctionExpression) else []
        run = compile_boxed(expression, scope.within(known))
        if variable is None:
            entries.append((None, None, run))
        else:
            entries.append((variable.name, scope.type(variable.type_ref), run))
            scope = scope.within([variable.name])

    def run_entries(state: DecisionState) -> Any:
        outer = state.variables
        state.variables = variables = dict(outer)
        result: dict[str, object] = {}
        try:
            for name, type_, entry in entries:
                value = entry(state)
                if name is None:
                    return value
                if type_ is not None and not isinstance(value, BoxedFunction):
                    value, fits = convert(value, type_, state)
                    if not fits:
                        state.warn(say("The entry “{name}” is no {type}.", name=name, type=type_))
                variables[name] = result[name] = value
        finally:
            state.variables = outer
        return result

    return run_entries


def compile_list(items: ListExpression, scope: Scope, compile_boxed: Compile) -> Run:
    """The values of all items."""
    runs = [compile_boxed(each, scope) for each in items.items]
    return lambda state: [run(state) for run in runs]


def compile_relation(relation: Relation, scope: Scope, compile_boxed: Compile) -> Run:
    """A list with a context for each row."""
    rows = [[compile_boxed(cell, scope) for cell in row] for row in relation.rows]
    columns = relation.columns

    def run(state: DecisionState) -> list[dict[str, object]]:
        return [{name: cell(state) for name, cell in zip(columns, row, strict=False)} for row in rows]

    return run
