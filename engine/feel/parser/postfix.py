"""What follows an operand: paths, filters and calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.parser.primary import primary
from engine.feel.syntax import Call, Filter, Node, Path

if TYPE_CHECKING:
    from engine.feel.parser.cursor import Cursor

_NAMED_ARGUMENT_TOKENS = frozenset({"name", "number", "symbol"})
# `<` opens the members of a type, whose colons name no argument: f(x instance of context<a: number>).
_ENDS_ARGUMENT_NAME = frozenset("()[]{},.<")


def postfix(cursor: Cursor) -> Node:
    """A primary expression with everything that follows it."""
    node = primary(cursor)
    links = 0
    while cursor.sees(".", "(", "["):
        at = cursor.at
        links += 1
        cursor.chained(links)
        if cursor.accept("."):
            node = Path(node, cursor.member(), at=at)
        elif cursor.sees("("):
            node = _call(cursor, node)
        else:
            filtered = _filter(cursor, node)
            if filtered is None:
                return node
            node = filtered
    return node


def _filter(cursor: Cursor, source: Node) -> Node | None:
    if not cursor.closing_bracket:
        return _filter_of(cursor, source)
    with cursor.attempt():
        return _filter_of(cursor, source)
    return None


def _filter_of(cursor: Cursor, source: Node) -> Filter:
    at = cursor.at
    cursor.expect("[")
    cursor.filters += 1
    condition = cursor.expression()
    cursor.filters -= 1
    cursor.expect("]")
    return Filter(source, condition, at=at)


def _call(cursor: Cursor, function: Node) -> Call:
    at = function.at
    cursor.expect("(")
    if cursor.accept(")"):
        return Call(function, (), at=at)
    names: list[str] | None = [] if _is_named(cursor) else None
    arguments: list[Node] = []
    while True:
        if names is not None:
            names.append(cursor.name_until(":"))
            cursor.expect(":")
        arguments.append(cursor.expression())
        if not cursor.accept(","):
            break
    cursor.expect(")")
    return Call(function, tuple(arguments), tuple(names) if names is not None else None, at=at)


def _is_named(cursor: Cursor) -> bool:
    index = cursor.index
    while True:
        token = cursor.tokens[index]
        if token.text == ":" and token.kind == "symbol":
            return index > cursor.index
        if token.kind not in _NAMED_ARGUMENT_TOKENS or token.text in _ENDS_ARGUMENT_NAME or token.text == "function":
            return False
        index += 1
