"""From text to tokens (DMN 1.5, grammar rules 20-37, 60-66)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from engine.feel.errors import FeelLimitError, FeelSyntaxError
from engine.feel.full_width import full_width_sign
from engine.feel.limits import TEXT_LENGTH
from engine.feel.syntax import Position
from engine.message import say

_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_PART = _NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = r"\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_TOKEN = re.compile(
    rf"""
      (?P<space>[{_SPACE}]+|//[^\n\r]*|/\*(?:[^*]|\*(?!/))*\*/)
    | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[{_NAME_START}][{_NAME_PART}]*)
    | (?P<string>"(?:[^"\\]|\\.)*")
    | (?P<symbol>\*\*|<=|>=|!=|\.\.|->|[-+*/<>=()\[\]{{}},.:@?'])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class Token(NamedTuple):
    """A piece of the text: its kind (name, number, string, symbol, end), its text and where it begins."""

    kind: str
    text: str
    start: int


class Source:
    """A text with its tokens; knows line and column of every offset."""

    def __init__(self, text: str) -> None:
        if len(text) > TEXT_LENGTH:
            raise FeelLimitError(
                say(
                    "The expression has {found} characters; at most {limit} are allowed.",
                    found=len(text),
                    limit=TEXT_LENGTH,
                )
            )
        self.text = text
        self._line_starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        self.tokens = self._scan()

    def position(self, offset: int) -> Position:
        """Line and column of an offset, from 1."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def _scan(self) -> list[Token]:
        text, offset, tokens = self.text, 0, []
        while offset < len(text):
            match = _TOKEN.match(text, offset)
            if match is None:
                raise self._unreadable(offset)
            if match.lastgroup != "space":
                tokens.append(Token(str(match.lastgroup), match.group(), offset))
            offset = match.end()
        tokens.append(Token("end", "", len(text)))
        return tokens

    def _unreadable(self, offset: int) -> FeelSyntaxError:
        line, column = self.position(offset)
        found = self.text[offset]
        if found == '"':
            return FeelSyntaxError(say("The string that begins here is not closed by a quotation mark."), line, column)
        if self.text.startswith("/*", offset):
            return FeelSyntaxError(say("The comment that begins here is not closed by */."), line, column)
        sign = full_width_sign(found)
        if sign is not None:
            return FeelSyntaxError(
                say("{found} is a full-width sign; write {meant}.", found=found, meant=sign[1]), line, column
            )
        return FeelSyntaxError(say("The character {found} has no meaning in FEEL.", found=found), line, column)


def unescape(literal: str) -> str:
    """The value of a string literal; an escape that FEEL does not know keeps its backslash."""
    body = literal[1:-1]
    if "\\" not in body:
        return body
    value = _ESCAPE.sub(_escape, body)
    return _SURROGATES.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), value)


def _escape(match: re.Match[str]) -> str:
    short, long, simple = match.groups()
    if simple is not None:
        return _SIMPLE_ESCAPES.get(simple, "\\" + simple)
    code = int(short or long, 16)
    return chr(code) if code <= 0x10FFFF else match.group()


def words(name: str) -> list[str]:
    """The tokens of a name, for recognising it in a text; empty if it holds something no name can hold."""
    found, offset = [], 0
    while offset < len(name):
        match = _TOKEN.match(name, offset)
        if match is None or match.lastgroup == "string":
            return []
        if match.lastgroup != "space":
            found.append(match.group())
        offset = match.end()
    return found
