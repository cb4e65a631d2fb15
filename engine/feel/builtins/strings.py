"""Functions of strings (DMN 1.5, table 74)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.values.numbers import clipped
from engine.feel.values.pattern import compile_pattern, replacement_parts, running
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.evaluation import State


@builtin("substring(string: string, start position: number, length?: number) -> string")
def substring(string: str, start: Decimal, length: Decimal | None = None) -> str:
    """The part of a string from a position (1 is the first character, -1 the last), so many characters long."""
    first = clipped(start)
    if first == 0 or (length is not None and length < 1):
        raise Undefined(say("“substring” counts from 1 or -1 and takes a length of 1 or more."))
    begin = first - 1 if first > 0 else len(string) + first
    if not 0 <= begin < len(string):
        return _beyond(begin, string)
    return string[begin:] if length is None else string[begin : begin + clipped(length)]


def _beyond(begin: int, string: str) -> str:
    if begin < 0:
        raise Undefined(say("The string has only {size} characters.", size=len(string)))
    return ""


@builtin("string length(string: string) -> number")
def string_length(string: str) -> Decimal:
    """The number of characters (code points)."""
    return Decimal(len(string))


@builtin("upper case(string: string) -> string")
def upper_case(string: str) -> str:
    """The string in capitals."""
    return string.upper()


@builtin("lower case(string: string) -> string")
def lower_case(string: str) -> str:
    """The string in small letters."""
    return string.lower()


@builtin("substring before(string: string, match: string) -> string")
def substring_before(string: str, match: str) -> str:
    """What stands before the first occurrence; empty if there is none."""
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string) -> string")
def substring_after(string: str, match: str) -> str:
    """What stands after the first occurrence; empty if there is none."""
    if not match:
        return string
    return string.partition(match)[2]


@builtin("contains(string: string, match: string) -> boolean")
def contains(string: str, match: str) -> bool:
    """Whether the string has the other in it."""
    return match in string


@builtin("starts with(string: string, match: string) -> boolean")
def starts_with(string: str, match: str) -> bool:
    """Whether the string begins with the other."""
    return string.startswith(match)


@builtin("ends with(string: string, match: string) -> boolean")
def ends_with(string: str, match: str) -> bool:
    """Whether the string ends with the other."""
    return string.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string | null) -> boolean")
def matches(state: State, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether a part of the string matches the regular expression (XPath's, with the flags s, m, i, x, q)."""
    compiled = compile_pattern(pattern, flags or "")
    with running(state):
        return compiled.search(text, timeout=state.limits.pattern_seconds) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string | null) -> string")
def replace(state: State, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The string with every match of the regular expression replaced; `$1` is the first group."""
    compiled = compile_pattern(pattern, flags or "")
    parts = [replacement] if "q" in (flags or "") else replacement_parts(replacement, compiled.groups)
    pieces, end, size = [], 0, len(text)
    with running(state):
        if compiled.fullmatch("", timeout=state.limits.pattern_seconds):
            raise Undefined(say("The pattern of “replace” matches nothing at all, that is, everywhere."))
        for match in compiled.finditer(text, timeout=state.limits.pattern_seconds):
            piece = "".join(part if isinstance(part, str) else match.group(part) or "" for part in parts)
            size += len(piece)
            state.growing_text(size, len(piece))
            pieces += [text[end : match.start()], piece]
            end = match.end()
    return "".join(pieces) + text[end:]


@builtin("split(string: string, delimiter: string) -> list")
def split(state: State, text: str, delimiter: str) -> list[str]:
    """The parts of the string between the matches of a regular expression."""
    compiled = compile_pattern(delimiter, "")
    parts, end = [], 0
    with running(state):
        if compiled.fullmatch("", timeout=state.limits.pattern_seconds):
            raise Undefined(say("The delimiter of “split” matches nothing at all, that is, everywhere."))
        for match in compiled.finditer(text, timeout=state.limits.pattern_seconds):
            state.count()
            parts.append(text[end : match.start()])
            end = match.end()
    return [*parts, text[end:]]


@builtin("string join(list: list, delimiter?: string | null) -> string")
def string_join(state: State, items: list[object], delimiter: str | None = None) -> str:
    """The strings of a list, joined with a delimiter; nulls are left out."""
    strings = []
    size = 0
    for item in items:
        if item is None:
            continue
        if not isinstance(item, str):
            raise Undefined(say("“string join” takes a list of strings only."))
        size += len(item) + len(delimiter or "")
        state.growing_text(size, len(item))
        strings.append(item)
    return (delimiter or "").join(strings)
