"""From tokens to the syntax tree (DMN 1.5, 10.3.1.2: the grammar of FEEL)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.errors import FeelLimitError
from engine.feel.lexer import Source
from engine.feel.parser.cursor import Cursor
from engine.feel.parser.expression import expression
from engine.feel.parser.unary import unary_tests
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.feel.syntax import Node
    from engine.feel.types import Type
    from engine.feel.vocabulary import Vocabulary

__all__ = ["parse_expression", "parse_unary_tests"]


def parse_expression(
    text: str,
    *vocabularies: Vocabulary,
    resolve: Callable[[str], Type | None] | None = None,
    members: Iterable[str] = (),
) -> Node:
    """The tree of an expression.

    Args:
        text: the expression.
        vocabularies: names of several words that may occur in it.
        resolve: explains type names that FEEL itself does not know.
        members: names of several words that are entries of contexts.

    Raises:
        FeelSyntaxError: it is no expression.
        FeelLimitError: it is too long or too deeply nested.
    """
    return _whole(text, expression, vocabularies, resolve, members)


def parse_unary_tests(
    text: str,
    *vocabularies: Vocabulary,
    resolve: Callable[[str], Type | None] | None = None,
    members: Iterable[str] = (),
) -> Node:
    """The tree of unary tests, the language of a decision table's input entries."""
    return _whole(text, unary_tests, vocabularies, resolve, members)


def _whole(
    text: str,
    rule: Callable[[Cursor], Node],
    vocabularies: tuple[Vocabulary, ...],
    resolve: Callable[[str], Type | None] | None,
    members: Iterable[str],
) -> Node:
    cursor = Cursor(Source(text), vocabularies, expression, resolve, members)
    try:
        node = rule(cursor)
    except RecursionError as error:
        raise FeelLimitError(say("The expression is nested too deeply.")) from error
    if cursor.token.kind != "end":
        raise cursor.unexpected("the end of the expression or an operator")
    return node
