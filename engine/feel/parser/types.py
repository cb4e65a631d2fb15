"""Types as they are written after `instance of` and at parameters (DMN 1.5, grammar rules 53 to 55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.types import (
    ANY,
    BUILT_IN_TYPES,
    ContextType,
    FunctionType,
    ListType,
    NamedType,
    RangeType,
    Type,
)
from engine.feel.vocabulary import Vocabulary

if TYPE_CHECKING:
    from engine.feel.parser.cursor import Cursor

_BUILT_IN = Vocabulary(BUILT_IN_TYPES)


def type_reference(cursor: Cursor) -> Type:
    """A type: built in, generic, or named by an item definition."""
    if cursor.accept("function"):
        return _function(cursor)
    if cursor.sees("list", "range") and cursor.sees_after("<"):
        generic = ListType if cursor.take().text == "list" else RangeType
        cursor.expect("<")
        element = type_reference(cursor)
        cursor.expect(">")
        return generic(element)
    if cursor.sees("context") and cursor.sees_after("<"):
        return _context(cursor)
    known = _BUILT_IN.longest(cursor.tokens, cursor.index)
    name = cursor.member()
    if known is not None and len(name.split()) <= known[0]:
        return _resolved(cursor, _respelled(cursor, name, known))
    while cursor.accept("."):
        name += "." + cursor.member()
    return _resolved(cursor, name)


def _respelled(cursor: Cursor, name: str, known: tuple[int, str]) -> str:
    cursor.index += known[0] - len(name.split())
    return known[1]


def _resolved(cursor: Cursor, name: str) -> Type:
    given = cursor.resolve_type(name)
    if given is not None:
        return given
    built_in = BUILT_IN_TYPES.get(name)
    return built_in if built_in is not None else NamedType(name)


def _function(cursor: Cursor) -> Type:
    parameters: list[Type] = []
    if not cursor.accept("<"):
        return FunctionType((), ANY)
    while not cursor.accept(">"):
        if parameters:
            cursor.expect(",")
        parameters.append(type_reference(cursor))
    result = type_reference(cursor) if cursor.accept("->") else ANY
    return FunctionType(tuple(parameters), result)


def _context(cursor: Cursor) -> Type:
    cursor.expect("context")
    cursor.expect("<")
    entries: list[tuple[str, Type]] = []
    while not cursor.accept(">"):
        if entries:
            cursor.expect(",")
        name = cursor.name_until(":")
        cursor.expect(":")
        entries.append((name, type_reference(cursor)))
    return ContextType(tuple(entries))
