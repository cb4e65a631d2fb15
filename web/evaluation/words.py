"""A formula of an evaluation scheme as a person reads it: FEEL's words in the reader's language, codes by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.message import Message, say
from web import words
from web.language import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Mapping[str, Message] = {
    "if": say("if"),
    "then": say(" then"),
    "else": say(" else"),
    "null": say("not known"),
    "and": say("and"),
    "or": say("or"),
    "not": say("not"),
    "min": say("least of"),
    "max": say("most of"),
    "count": say("number of"),
    "sum": say("sum of"),
}
_RATED: Mapping[str, Message] = {"overall": say("overall rating"), "last": say("newest rating")}
_TOKEN = re.compile(r'评价\.(overall|last)\b|"([^"]*)"|\s*\b(then|else)\b|\b(if|null|and|or|not|min|max|count|sum)\b')


def spoken(formula: str) -> str:
    """The formula in words; signs and names stay as the scheme has them."""
    return _TOKEN.sub(_word, formula).replace(" * ", " × ").replace(" - ", " − ").replace(" / ", " ÷ ")


def _word(found: re.Match[str]) -> str:
    rated, text, joint, word = found.groups()
    if rated:
        return tell(_RATED[rated])
    if text is not None:
        return tell(words.RATINGS[text]) if text in words.RATINGS else text
    return tell(_WORDS[joint or word])
