"""Literals, names, brackets, and the expressions that begin with a keyword."""

from __future__ import annotations

from decimal import DecimalException
from typing import TYPE_CHECKING

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import unescape
from engine.feel.parser.collections import bracketed, context_literal, parenthesised, reversed_interval
from engine.feel.parser.keywords import KEYWORD_EXPRESSIONS
from engine.feel.syntax import AtLiteral, Constant, Name, Node
from engine.feel.values.numbers import ARITHMETIC
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.parser.cursor import Cursor

_CONSTANTS = {"true": True, "false": False, "null": None}
_BRACKETS = {"(": parenthesised, "[": bracketed, "]": reversed_interval, "{": context_literal}


def primary(cursor: Cursor) -> Node:
    """An operand without what follows it."""
    at, token = cursor.at, cursor.token
    if token.kind == "number":
        return _number(cursor)
    if token.kind == "string":
        cursor.take()
        return Constant(unescape(token.text), at=at)
    name = cursor.reference()
    if name is not None:
        return Name(name, at=at)
    if token.kind == "name":
        if token.text in _CONSTANTS:
            cursor.take()
            return Constant(_CONSTANTS[token.text], at=at)
        if token.text in KEYWORD_EXPRESSIONS:
            return KEYWORD_EXPRESSIONS[token.text](cursor)
    if token.kind == "symbol":
        if token.text in _BRACKETS:
            return _BRACKETS[token.text](cursor)
        if token.text == "?":
            cursor.take()
            return Name("?", at=at)
        if token.text == "@":
            return _at_literal(cursor)
    raise cursor.unexpected("an expression")


def _number(cursor: Cursor) -> Constant:
    at, text = cursor.at, cursor.take().text
    try:
        return Constant(ARITHMETIC.create_decimal(text), at=at)
    except DecimalException as error:
        raise FeelSyntaxError(say("The number {text} is too large.", text=text[:40]), *at) from error


def _at_literal(cursor: Cursor) -> AtLiteral:
    at = cursor.at
    cursor.take()
    if cursor.token.kind != "string":
        raise cursor.unexpected('a string after @, as in @"2026-01-31"')
    return AtLiteral(unescape(cursor.take().text), at=at)
