"""Names of several words, and finding the longest one at a place in the text (DMN 1.5, 10.3.1.2: names in scope)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.lexer import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.feel.lexer import Token

_END = ""  # no token is empty, so the end of a name can stand among the next words


class Vocabulary:
    """A set of names, searchable by the tokens they consist of; spaces between the words do not matter."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._root: dict[str, object] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make a name known."""
        node = self._root
        for word in words(name):
            node = node.setdefault(word, {})  # type: ignore[assignment]
        if node is not self._root:
            node[_END] = name

    def longest(self, tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
        """The number of tokens and the spelling of the longest known name that begins at the index."""
        node, best = self._root, None
        length = 0
        while True:
            token = tokens[index + length]
            following = node.get(token.text) if token.kind not in {"string", "end"} else None
            if following is None:
                return best
            node = following  # type: ignore[assignment]
            length += 1
            if _END in node:
                best = length, str(node[_END])
