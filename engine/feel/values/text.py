"""Values as text: `string()` at the top, FEEL literals inside lists, contexts and ranges."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.lexer import words
from engine.feel.values.function import Function
from engine.feel.values.kinds import kind_of
from engine.feel.values.numbers import number_text
from engine.feel.values.range import Range
from engine.feel.values.temporal_text import temporal_text

if TYPE_CHECKING:
    from engine.feel.evaluation import State

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\n\r\t]')


def string_literal(text: str) -> str:
    """The text as a FEEL string literal."""
    return '"' + _ESCAPED.sub(lambda match: _ESCAPES[match.group()], text) + '"'


def to_text(value: object, state: State) -> str | None:
    """The result of `string(value)`; null has no text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list | dict | Range):
        text = literal(value, state)
        state.measured_text(len(text))
        return text
    return _scalar(value, quoted=False)


def literal(value: object, state: State, depth: int = 0) -> str:
    """The value as FEEL would write it."""
    state.count()
    if depth > state.limits.depth:
        state.enter()
    if isinstance(value, list):
        return "[" + _joined((literal(item, state, depth + 1) for item in value), state) + "]"
    if isinstance(value, dict):
        entries = (f"{_key(key)}: {literal(item, state, depth + 1)}" for key, item in value.items())
        return "{" + _joined(entries, state) + "}"
    if isinstance(value, Range):
        return _range(value, state, depth)
    return _scalar(value, quoted=True)


def _joined(parts: object, state: State) -> str:
    pieces: list[str] = []
    size = 0
    for part in parts:  # type: ignore[attr-defined]
        size += len(part)
        state.growing_text(size, len(part))
        pieces.append(part)
    return ", ".join(pieces)


def _key(key: str) -> str:
    parts = words(key)
    plain = parts and all(part[0].isalpha() or part[0] == "_" for part in parts) and " ".join(parts) == key
    return key if plain else string_literal(key)


def _range(value: Range, state: State, depth: int) -> str:
    if value.operator is not None:
        end = value.end if value.operator in {"<", "<="} else value.start
        return f"({value.operator} {literal(end, state, depth + 1)})"
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{literal(value.start, state, depth + 1)}..{literal(value.end, state, depth + 1)}{closing}"


def _scalar(value: object, *, quoted: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, Function) or kind_of(value) == "function":
        return "function(" + ", ".join(value.parameters) + ")" if isinstance(value, Function) else "function"
    text = temporal_text(value)  # type: ignore[arg-type]
    return f'@"{text}"' if quoted else text
