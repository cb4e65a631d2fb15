"""Brackets: lists, intervals, contexts, and grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import unescape
from engine.feel.parser.unary import COMPARISONS, unary_test
from engine.feel.syntax import ContextLiteral, Interval, ListLiteral, Node
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.parser.cursor import Cursor
    from engine.feel.vocabulary import Vocabulary


def parenthesised(cursor: Cursor) -> Node:
    """`(e)`, `(low..high]`, or a comparison as a range: `(< 10)`."""
    at = cursor.at
    cursor.expect("(")
    is_comparison = cursor.sees(*COMPARISONS)
    node = unary_test(cursor, lambda each: each.expression())
    if cursor.sees("..") and not is_comparison:
        return _interval(cursor, node, low_closed=False, at=at)
    cursor.expect(")")
    return node


def bracketed(cursor: Cursor) -> Node:
    """`[a, b]` or `[low..high]`; a comparison may be an element: `[< 10]`."""
    at = cursor.at
    cursor.expect("[")
    items: list[Node] = []
    if cursor.accept("]"):
        return ListLiteral((), at=at)
    is_comparison = cursor.sees(*COMPARISONS)
    items.append(unary_test(cursor, lambda each: each.expression()))
    if cursor.sees("..") and not is_comparison:
        return _interval(cursor, items[0], low_closed=True, at=at)
    while cursor.accept(","):
        items.append(unary_test(cursor, lambda each: each.expression()))
    cursor.expect("]")
    return ListLiteral(tuple(items), at=at)


def reversed_interval(cursor: Cursor) -> Node:
    """`]low..high]`: an interval open below."""
    at = cursor.at
    cursor.expect("]")
    low = cursor.expression()
    if not cursor.sees(".."):
        raise cursor.unexpected("..")
    return _interval(cursor, low, low_closed=False, at=at)


def _interval(cursor: Cursor, low: Node, *, low_closed: bool, at: object) -> Interval:
    cursor.expect("..")
    high = cursor.endpoint()
    if not cursor.sees("]", ")", "["):
        raise cursor.unexpected("] or ) or [")
    high_closed = cursor.take().text == "]"
    return Interval(low, high, low_closed, high_closed, at=at)  # type: ignore[arg-type]


def context_literal(cursor: Cursor) -> Node:
    """`{key: value, "other key": value}`."""
    at = cursor.at
    cursor.expect("{")
    entries: list[tuple[str, Node]] = []
    with cursor.scope() as scope:
        while not cursor.accept("}"):
            if entries:
                cursor.expect(",")
            entries.append(_entry(cursor, scope))
    return ContextLiteral(tuple(entries), at=at)


def _entry(cursor: Cursor, scope: Vocabulary) -> tuple[str, Node]:
    if cursor.token.kind == "string":
        key = unescape(cursor.take().text)
    elif cursor.sees(":"):
        raise FeelSyntaxError(say("Expected the entry's name before the colon, but found none."), *cursor.at)
    else:
        key = cursor.name_until(":")
    cursor.expect(":")
    # A function may call itself by its own name, so the name is known in its own value too.
    cursor.declare(scope, key)
    return key, cursor.expression()
