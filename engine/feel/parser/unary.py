"""Unary tests: what stands in the cells of a decision table and after `in` (DMN 1.5, grammar rules 11 to 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.errors import FeelSyntaxError
from engine.feel.syntax import Node, UnaryComparison, UnaryTests
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.parser.cursor import Cursor

COMPARISONS = ("<=", ">=", "!=", "<", ">", "=")


def unary_test(cursor: Cursor, operand: Callable[[Cursor], Node]) -> Node:
    """One test: a comparison without its left side, or an expression."""
    if cursor.sees(*COMPARISONS):
        at = cursor.at
        operator = cursor.take().text
        return UnaryComparison(operator, operand(cursor), at=at)
    return operand(cursor)


def unary_tests(cursor: Cursor) -> UnaryTests:
    """A whole cell: tests with commas between them, `not(tests)`, or `-`."""
    at = cursor.at
    if cursor.token.kind == "end":
        raise FeelSyntaxError(say("Expected a test, or - for any value, but found nothing."), *at)
    if cursor.sees("-") and cursor.tokens[cursor.index + 1].kind == "end":
        cursor.take()
        return UnaryTests((), at=at)
    if cursor.sees("not") and cursor.sees_after("("):
        with cursor.attempt() as failed:
            cursor.take()
            cursor.take()
            tests = _tests(cursor)
            cursor.expect(")")
            if cursor.token.kind == "end":
                return UnaryTests(tests, negated=True, at=at)
            failed.append(True)
    return UnaryTests(_tests(cursor), at=at)


def _tests(cursor: Cursor) -> tuple[Node, ...]:
    tests = [unary_test(cursor, lambda each: each.expression())]
    while cursor.accept(","):
        tests.append(unary_test(cursor, lambda each: each.expression()))
    return tuple(tests)
