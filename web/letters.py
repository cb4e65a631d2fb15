"""The text of a letter on a page: paragraphs, and what one version changed in the other."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
MAX_COMPARED = 20_000
"""Characters of a letter that are compared; a longer one is shown without marks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, came or went."""

    kind: str
    """`same`, `new` or `gone`."""
    text: str


def paragraphs(text: str) -> list[str]:
    """The non-empty lines of a text; the indent is the style sheet's."""
    return [line.strip(" \t\u3000") for line in text.splitlines() if line.strip(" \t\u3000")]


def differences(old: str, new: str) -> list[list[Piece]]:
    """The new text paragraph by paragraph with what was added and what was taken away.

    Words of Latin letters and numbers change as wholes, Chinese changes by character; a paragraph is compared with the
    paragraph that stands in its place.
    """
    before, after = paragraphs(old), paragraphs(new)
    if len(old) + len(new) > 2 * MAX_COMPARED:
        return [[Piece("same", line)] for line in after]
    result: list[list[Piece]] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            result += [[Piece("same", line)] for line in after[j1:j2]]
            continue
        for place in range(max(i2 - i1, j2 - j1)):
            left = before[i1 + place] if i1 + place < i2 else ""
            right = after[j1 + place] if j1 + place < j2 else ""
            result.append(_line(left, right))
    return result


def _line(old: str, new: str) -> list[Piece]:
    if not old:
        return [Piece("new", new)]
    if not new:
        return [Piece("gone", old)]
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(after[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "".join(after[j1:j2])))
    return pieces


def changes(pieces: list[list[Piece]]) -> int:
    """How many places were changed, as a reader counts them."""
    count = 0
    for line in pieces:
        marks = ["same" if piece.kind == "same" else "changed" for piece in line]
        count += sum(mark == "changed" and (i == 0 or marks[i - 1] == "same") for i, mark in enumerate(marks))
    return count
