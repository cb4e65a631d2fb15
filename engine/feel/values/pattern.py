"""Regular expressions of XPath (`matches`, `replace`, `split`), translated for the `regex` engine and bounded in time.

The source of the rules: XQuery and XPath functions 3.1, section 5.6, and XML Schema part 2, appendix F.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped, unused-ignore]

from engine.feel.errors import FeelLimitError, Undefined
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.feel.evaluation import State

_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE}
_CLASS_ESCAPES = {
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
    "i": r"[\p{L}\p{Nl}_:]",
    "I": r"[^\p{L}\p{Nl}_:]",
    "c": r"[\p{L}\p{Nl}\p{Nd}\p{M}_:.\-\u00b7]",
    "C": r"[^\p{L}\p{Nl}\p{Nd}\p{M}_:.\-\u00b7]",
}
_CHARACTER_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$")
_LONGEST = 2_000
_STEPS_A_SECOND = 2_000_000
_DEEPEST = 50
_MOST_REPEATED = 50_000  # counted repetitions are written out by the engine: (a{1000}){1000} would fill the memory


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str) -> regex.Pattern[str]:
    """The compiled pattern.

    Raises:
        Undefined: the pattern or a flag is not one of XPath's.
    """
    if not set(flags) <= set("smixq"):
        raise Undefined(say("The flags “{flags}” are not among s, m, i, x and q.", flags=flags[:20]))
    if len(pattern) > _LONGEST:
        raise Undefined(say("The pattern is longer than {limit} characters.", limit=_LONGEST))
    options = regex.VERSION1
    for flag in flags:
        options |= _FLAGS.get(flag, 0)
    translated = regex.escape(pattern) if "q" in flags else Translation(pattern, flags).result()
    try:
        return regex.compile(translated, options)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise Undefined(say("The pattern “{pattern}” is no regular expression.", pattern=pattern[:80])) from error


@contextmanager
def running(state: State) -> Iterator[None]:
    """Turn the engine's timeout into the typed error."""
    begun = thread_time()
    try:
        yield
        # A slow pattern that just keeps its own limit must not be run a thousand times.
        state.count(1 + int((thread_time() - begun) * _STEPS_A_SECOND))
    except TimeoutError as error:
        limit = state.limits.pattern_seconds
        raise FeelLimitError(say("The regular expression ran longer than {limit} seconds.", limit=limit)) from error


def replacement_parts(replacement: str, groups: int) -> list[str | int]:
    """Literal pieces and group numbers of a replacement text, in which `$1` is the first group."""
    parts: list[str | int] = []
    index = 0
    while index < len(replacement):
        character = replacement[index]
        index += 1
        if character == "\\":
            if replacement[index : index + 1] not in {"\\", "$"}:
                raise Undefined(say("A backslash in the replacement must stand before another one or before $."))
            parts.append(replacement[index])
            index += 1
        elif character == "$":
            group, index = _group_number(replacement, index, groups)
            if group <= groups:
                parts.append(group)
        else:
            parts.append(character)
    return parts


def _group_number(text: str, index: int, groups: int) -> tuple[int, int]:
    if not text[index : index + 1].isdecimal():
        raise Undefined(say("A $ in the replacement must be followed by the number of a group."))
    number, index = int(text[index]), index + 1
    # As many digits as still name an existing group (5.6.4).
    while text[index : index + 1].isdecimal() and number * 10 + int(text[index]) <= groups:
        number, index = number * 10 + int(text[index]), index + 1
    return number, index


class Translation:
    """One pass over a pattern, from XPath's notation to that of the `regex` module."""

    def __init__(self, pattern: str, flags: str) -> None:
        self._text = _without_spaces(pattern) if "x" in flags else pattern
        self._dot_all, self._multiline, self._ignore_case = "s" in flags, "m" in flags, "i" in flags
        self._index = 0
        self._depth = 0
        self._weights = [0]  # of each open group: how long it is with its repetitions written out
        self._last = 0  # the same of the piece before the cursor

    def result(self) -> str:
        """The translated pattern."""
        pieces = []
        while self._index < len(self._text):
            character = self._text[self._index]
            pieces.append(self._piece())
            self._weigh(character)
        return "".join(pieces)

    def _weigh(self, character: str) -> None:
        if character == "(":
            self._weights.append(0)
        elif character == ")" and len(self._weights) > 1:
            self._last = self._weights.pop()
            self._weights[-1] += self._last
        elif character not in "*+?{|":
            self._last = 1
            self._weights[-1] += 1

    def _invalid(self) -> Undefined:
        return Undefined(say("The pattern “{pattern}” is no regular expression.", pattern=self._text[:80]))

    def _take(self) -> str:
        if self._index >= len(self._text):
            raise self._invalid()
        self._index += 1
        return self._text[self._index - 1]

    def _ahead(self, text: str) -> bool:
        return self._text.startswith(text, self._index)

    def _piece(self) -> str:
        character = self._take()
        if character == "\\":
            return self._escape(in_class=False)
        if character == "[":
            return self._character_class()
        if character == ".":
            return "." if self._dot_all else r"[^\n\r]"
        if character == "^":
            return "^" if self._multiline else r"\A"
        if character == "$":
            return "(?=\n|\\Z)" if self._multiline else r"\Z"
        if character == "(" and self._ahead("?"):
            if not self._ahead("?:"):
                raise self._invalid()
            self._index += 2
            return "(?:"
        if character in "*+?}":
            return self._quantifier(character)
        if character == "{":
            return self._repetition()
        if character == "]":
            raise self._invalid()
        return character if character in "(|)" else regex.escape(character, literal_spaces=True)

    def _quantifier(self, character: str) -> str:
        # "a*+" would be possessive in the other notation; in XPath it is an error.
        if character == "}" or self._ahead("+") or self._ahead("*") or self._ahead("??"):
            raise self._invalid()
        return character

    def _repetition(self) -> str:
        match = regex.compile(r"([0-9]{1,4})(?:,([0-9]{0,4}))?\}").match(self._text, self._index)
        if match is None:
            raise self._invalid()
        self._index = match.end()
        if self._ahead("+") or self._ahead("*"):
            raise self._invalid()
        times = max(int(count) for count in match.groups("0") if count) if match.group(2) != "" else int(match.group(1))
        self._weights[-1] += self._last * max(times - 1, 0)
        self._last *= times
        if sum(self._weights) > _MOST_REPEATED:
            raise Undefined(say("The repetitions of the pattern make it longer than {limit}.", limit=_MOST_REPEATED))
        return "{" + str(match.group())

    def _escape(self, *, in_class: bool) -> str:
        character = self._take()
        if character in _CLASS_ESCAPES:
            return _CLASS_ESCAPES[character]
        if character in "pP":
            return self._property(character, in_class=in_class)
        if character in _CHARACTER_ESCAPES:
            return "\\" + character
        if character.isdecimal() and character != "0" and not in_class:
            return "\\" + character
        raise self._invalid()

    def _property(self, letter: str, *, in_class: bool) -> str:
        match = regex.compile(r"\{(Is)?([A-Za-z0-9\-]+)\}").match(self._text, self._index)
        if match is None:
            raise self._invalid()
        self._index = match.end()
        block, name = match.groups()
        if not block and not regex.fullmatch("[LMNPZSC][a-z]?", name):
            raise self._invalid()
        # In the other notation "Is" names scripts; blocks are named with "In".
        found = f"\\{letter}{{{'In' if block else ''}{name}}}"
        # The flag "i" does not change which characters a property has (5.6.2).
        return f"(?-i:{found})" if self._ignore_case and not in_class else found

    def _character_class(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._invalid()
        pieces = ["["]
        if self._ahead("^"):
            self._index += 1
            pieces.append("^")
        empty = True
        while True:
            if self._ahead("]"):
                if empty:
                    raise self._invalid()
                self._index += 1
                self._depth -= 1
                return "".join(pieces) + "]"
            if self._ahead("-[") and not empty:
                self._index += 2
                pieces.append("--" + self._character_class())
                if not self._ahead("]"):
                    raise self._invalid()
                continue
            pieces.append(self._class_character(first=empty))
            empty = False

    def _class_character(self, *, first: bool) -> str:
        character = self._take()
        if character == "\\":
            return self._escape(in_class=True)
        if character == "[":
            raise self._invalid()
        if character == "-":
            at_edge = first or self._ahead("]") or self._ahead("-[")
            return r"\-" if at_edge else "-"
        return "\\" + character if character in "^&|~#" else character


def _without_spaces(pattern: str) -> str:
    # The flag "x" removes white space outside of character classes (5.6.2).
    kept, depth, escaped = [], 0, False
    for character in pattern:
        if depth <= 0 and character in " \t\n\r":
            continue
        if not escaped:
            depth += (character == "[") - (character == "]")
        kept.append(character)
        escaped = character == "\\" and not escaped
    return "".join(kept)
