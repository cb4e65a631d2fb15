"""Expressions that begin with a keyword: `if`, `for`, `some`, `every`, `function`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.errors import FeelUnsupportedError
from engine.feel.parser.types import type_reference
from engine.feel.syntax import For, FunctionDefinition, If, Iteration, Node, Quantified
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.parser.cursor import Cursor
    from engine.feel.types import Type
    from engine.feel.vocabulary import Vocabulary


def _conditional(cursor: Cursor) -> Node:
    at = cursor.at
    cursor.expect("if")
    condition = cursor.expression()
    cursor.expect("then")
    consequence = cursor.expression()
    cursor.expect("else")
    return If(condition, consequence, cursor.expression(), at=at)


def _for(cursor: Cursor) -> Node:
    at = cursor.at
    cursor.expect("for")
    with cursor.scope() as scope:
        iterations = _iterations(cursor, scope)
        cursor.expect("return")
        return For(iterations, cursor.expression(), at=at)


def _quantified(cursor: Cursor) -> Node:
    at = cursor.at
    every = cursor.take().text == "every"
    with cursor.scope() as scope:
        iterations = _iterations(cursor, scope)
        cursor.expect("satisfies")
        return Quantified(every, iterations, cursor.expression(), at=at)


def _iterations(cursor: Cursor, scope: Vocabulary) -> tuple[Iteration, ...]:
    iterations: list[Iteration] = []
    while not iterations or cursor.accept(","):
        name = cursor.name_until("in")
        cursor.expect("in")
        domain = cursor.expression()
        end = cursor.expression() if cursor.accept("..") else None
        cursor.declare(scope, name)
        iterations.append(Iteration(name, domain, end))
    return tuple(iterations)


def _function(cursor: Cursor) -> Node:
    at = cursor.at
    cursor.expect("function")
    cursor.expect("(")
    parameters: list[tuple[str, Type | None]] = []
    with cursor.scope() as scope:
        while not cursor.accept(")"):
            if parameters:
                cursor.expect(",")
            name = cursor.name_until(":", ",", ")")
            parameters.append((name, type_reference(cursor) if cursor.accept(":") else None))
            cursor.declare(scope, name)
        if cursor.sees("external"):
            raise FeelUnsupportedError(
                say("An external function would run Java or a model outside; write the function in FEEL."), *cursor.at
            )
        return FunctionDefinition(tuple(parameters), cursor.expression(), at=at)


KEYWORD_EXPRESSIONS: dict[str, Callable[[Cursor], Node]] = {
    "if": _conditional,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "function": _function,
}
