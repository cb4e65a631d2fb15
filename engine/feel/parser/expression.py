"""Operators by precedence, from `or` (loosest) to `**` (tightest)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.parser.postfix import postfix
from engine.feel.parser.types import type_reference
from engine.feel.parser.unary import COMPARISONS, unary_test
from engine.feel.syntax import Arithmetic, Between, Comparison, Conjunction, Disjunction, In, InstanceOf, Negation, Node

if TYPE_CHECKING:
    from engine.feel.parser.cursor import Cursor

_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER, _TIGHTEST = range(1, 8)
_LEVELS = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys([*COMPARISONS, "between", "in"], _COMPARE),
    **dict.fromkeys("+-", _ADD),
    **dict.fromkeys("*/", _MULTIPLY),
    "**": _POWER,
}


def expression(cursor: Cursor, level: int = _OR) -> Node:
    """An expression whose operators bind at least as tightly as the level."""
    left = _operand(cursor)
    links = 0
    while True:
        token = cursor.token
        binds = _LEVELS.get(token.text, 0) if token.kind in {"symbol", "name"} else 0
        if binds < level or not binds:
            return left
        at = cursor.at
        links += 1
        cursor.chained(links)
        if binds in {_OR, _AND}:
            operands = [left]
            while cursor.accept(token.text):
                operands.append(expression(cursor, binds + 1))
            kind = Disjunction if binds == _OR else Conjunction
            left = kind(tuple(operands), at=at)
        elif binds == _COMPARE:
            left = _comparison(cursor, left)
        else:
            cursor.take()
            left = Arithmetic(token.text, left, expression(cursor, binds + 1), at=at)  # type: ignore[arg-type]


def arithmetic(cursor: Cursor) -> Node:
    """An expression without comparisons and logic: what stands beside a comparison or in an interval."""
    return expression(cursor, _ADD)


def _comparison(cursor: Cursor, left: Node) -> Node:
    at = cursor.at
    operator = cursor.take().text
    if operator == "between":
        low = arithmetic(cursor)
        cursor.expect("and")
        return Between(left, low, arithmetic(cursor), at=at)
    if operator == "in":
        return In(left, _in_tests(cursor), at=at)
    return Comparison(operator, left, arithmetic(cursor), at=at)


def _in_tests(cursor: Cursor) -> tuple[Node, ...]:
    if cursor.sees("("):
        with cursor.attempt() as failed:
            tests = _parenthesised_tests(cursor)
            # "(a) + b" and "(1..5).start" only begin with a bracket.
            continues = cursor.sees(".", "[", "(") or _LEVELS.get(cursor.token.text, 0) > _COMPARE
            if not continues or len(tests) > 1:
                return tests
            failed.append(True)
    return (unary_test(cursor, arithmetic),)


def _parenthesised_tests(cursor: Cursor) -> tuple[Node, ...]:
    cursor.expect("(")
    tests = [unary_test(cursor, _nested)]
    while cursor.accept(","):
        tests.append(unary_test(cursor, _nested))
    cursor.expect(")")
    return tuple(tests)


def _nested(cursor: Cursor) -> Node:
    return cursor.expression()


def _operand(cursor: Cursor) -> Node:
    node = _signed(cursor)
    while cursor.sees("instance") and cursor.sees_after("of"):
        at = cursor.at
        cursor.take()
        cursor.take()
        node = InstanceOf(node, type_reference(cursor), at=at)
    return node


def _signed(cursor: Cursor) -> Node:
    signs = []
    while cursor.sees("-"):
        signs.append(cursor.at)
        cursor.chained(len(signs))
        cursor.take()
    node = postfix(cursor)
    for at in reversed(signs):
        node = Negation(node, at=at)
    return node
