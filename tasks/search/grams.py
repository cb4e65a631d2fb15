"""Pairs of neighbouring characters: what the index holds, since Chinese is written without spaces.

A text is folded (width and case), cut into runs of letters and digits, and each run gives its pairs and, alone, its
last character. So a word of two characters is one gram, a longer one a chain of grams, a single character the
beginning of one.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RUN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Full-width forms and capitals in their plain form."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> list[str]:
    """The unbroken runs of letters and digits, folded."""
    return _RUN.findall(folded(text))


def grams(text: str) -> list[str]:
    """Every pair in the text in its order, and the last character of each run."""
    return [run[at : at + 2] for run in runs(text) for at in range(len(run))]


def chain(run: str) -> list[str]:
    """The grams that a searched run must show one after the other; a single character stands for itself."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def triples(held: Sequence[str]) -> list[str]:
    """Every three neighbouring characters of the runs with these grams: most Chinese names have three.

    PostgreSQL's index does not know which pair stands beside which, and would read what it found; a name it knows.
    """
    return [first + second[1] for first, second in pairwise(held) if len(second) > 1]


def is_plain(word: str) -> bool:
    """Whether the grams of this word say all that it says: it holds nothing but letters and digits."""
    return runs(word) == [folded(word)]
