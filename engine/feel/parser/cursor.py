"""The parser's place in the tokens, and the names it knows there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.feel.errors import FeelLimitError, FeelSyntaxError
from engine.feel.full_width import full_width_sign
from engine.feel.lexer import words
from engine.feel.limits import CHAIN, NESTING
from engine.feel.vocabulary import Vocabulary
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from engine.feel.lexer import Source, Token
    from engine.feel.syntax import Node, Position
    from engine.feel.types import Type

KEYWORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "function",
        "external",
        "and",
        "or",
        "between",
        "instance",
        "true",
        "false",
        "null",
    ]
)
# Words that end a name written without a declaration: what follows an operand in the grammar.
_ENDS_NAME = frozenset(["and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"])
_ATTEMPTS = 300


class Cursor:
    """Reads tokens one by one; goes back where the grammar needs to try twice, a bounded number of times."""

    def __init__(
        self,
        source: Source,
        vocabularies: Sequence[Vocabulary],
        grammar: Callable[[Cursor], Node],
        resolve: Callable[[str], Type | None] | None,
        members: Iterable[str] = (),
    ) -> None:
        self.source = source
        self.tokens = source.tokens
        self.index = 0
        self.resolve_type = resolve or (lambda _: None)
        self.closing_bracket = False  # whether "[" may close an interval here, as in [1..10[
        self._grammar = grammar
        self._vocabularies = list(vocabularies)
        self._members = Vocabulary(members)
        self.filters = 0  # filters around the cursor, in which entries of the elements are names
        self._depth = 0
        self._attempts = 0

    @property
    def token(self) -> Token:
        """The token at the cursor."""
        return self.tokens[self.index]

    @property
    def at(self) -> Position:
        """The place of the token at the cursor."""
        return self.source.position(self.token.start)

    def sees(self, *texts: str) -> bool:
        """Whether one of these symbols or words comes next."""
        token = self.tokens[self.index]
        return token.text in texts and token.kind in {"symbol", "name"}

    def sees_after(self, text: str) -> bool:
        """Whether the token after the next is this symbol or word."""
        following = self.tokens[min(self.index + 1, len(self.tokens) - 1)]
        return following.text == text and following.kind in {"symbol", "name"}

    def take(self) -> Token:
        """The token at the cursor, which moves on."""
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def accept(self, text: str) -> bool:
        """Move over this symbol or word if it comes next."""
        if self.sees(text):
            self.index += 1
            return True
        return False

    def expect(self, text: str) -> None:
        """Move over this symbol or word, which must come next."""
        if not self.accept(text):
            raise self.unexpected(text)

    def unexpected(self, expected: str) -> FeelSyntaxError:
        """The error that something else was expected here."""
        line, column = self.at
        sign = self._full_width_sign()
        if sign is not None:
            message = say(
                "Expected {expected}; {found} is a full-width sign, write {meant}.",
                expected=expected,
                found=sign[0],
                meant=sign[1],
            )
            return FeelSyntaxError(message, line, column)
        if self.token.kind == "end":
            return FeelSyntaxError(say("Expected {expected}, but the text ends.", expected=expected), line, column)
        found = self.token.text[:40]
        return FeelSyntaxError(
            say("Expected {expected}, but found {found}.", expected=expected, found=found), line, column
        )

    def _full_width_sign(self) -> tuple[str, str] | None:
        # In the names just before the error: there the sign was read as a part of a name.
        near = self.tokens[max(self.index - 3, 0) : self.index + 2]
        return full_width_sign("".join(token.text for token in near if token.kind == "name"))

    def expression(self) -> Node:
        """An expression inside the one being read."""
        self._depth += 1
        if self._depth > NESTING:
            raise FeelLimitError(say("The expression is nested more than {limit} deep.", limit=NESTING), *self.at)
        closing, self.closing_bracket = self.closing_bracket, False
        node = self._grammar(self)
        self.closing_bracket = closing
        self._depth -= 1
        return node

    def endpoint(self) -> Node:
        """The upper end of an interval: a bracket that follows may be a filter or the interval's own end."""
        self._depth += 1
        self.closing_bracket, outer = True, self.closing_bracket
        node = self._grammar(self)
        self.closing_bracket = outer
        self._depth -= 1
        return node

    def chained(self, length: int) -> None:
        """Refuse a chain of operators or calls that is longer than allowed: each link is one level of the tree."""
        if length > CHAIN:
            raise FeelLimitError(say("More than {limit} operators follow one another.", limit=CHAIN), *self.at)

    @contextmanager
    def attempt(self) -> Iterator[list[bool]]:
        """Read something that may turn out to be something else: on a syntax error the cursor goes back.

        Yields a list that holds True afterwards if the reading was given up.
        """
        self._attempts += 1
        if self._attempts > _ATTEMPTS:
            raise FeelLimitError(say("The brackets of the expression can be read in too many ways."), *self.at)
        saved = self.index, self._depth, self.closing_bracket, self.filters, len(self._vocabularies)
        failed: list[bool] = []
        try:
            yield failed
        except FeelSyntaxError:
            failed.append(True)
        if failed:
            self.index, self._depth, self.closing_bracket, self.filters, scopes = saved
            del self._vocabularies[scopes:]

    @contextmanager
    def scope(self) -> Iterator[Vocabulary]:
        """A scope whose declared names are known while it lasts."""
        names = Vocabulary()
        self._vocabularies.append(names)
        yield names
        self._vocabularies.pop()

    def declare(self, scope: Vocabulary, name: str) -> None:
        """Make a local name known, and known as a member too: paths and filters may use it later."""
        if len(words(name)) > 1:
            scope.add(name)
            self._members.add(name)

    def name_until(self, *ends: str) -> str:
        """A name being declared: everything before one of these symbols or words."""
        start = self.index
        while not self.sees(*ends):
            if self.token.kind not in {"name", "number", "symbol"} or self.sees("(", ")", "[", "]", "{", "}", ",", ":"):
                raise self.unexpected("a name followed by " + " ".join(ends))
            self.index += 1
        if start == self.index:
            raise self.unexpected("a name")
        return self._spelling(start, self.index)

    def reference(self) -> str | None:
        """The longest name in scope that begins here, or the words up to the next operator; None if there is none."""
        library, *scopes = self._vocabularies
        length, name = self._longest([*scopes, self._members] if self.filters else scopes)
        function_length, function = self._longest([library])
        if function_length > length and self._is_function(function, function_length):
            length, name = function_length, function
        plain = self._plain_length() if self.token.text not in KEYWORDS else 0
        if not plain and length <= 1:
            return None
        if length >= plain:
            self.index += length
            return name
        return self._take_plain(plain)

    def member(self) -> str:
        """The name after a dot."""
        length, name = self._longest([*self._vocabularies[1:], self._members])
        plain = self._plain_length()
        if self.token.kind != "name":
            raise self.unexpected("a name")
        if length >= plain:
            self.index += length
            return name
        return str(self._take_plain(plain))

    def _take_plain(self, length: int) -> str | None:
        if not length:
            return None
        start = self.index
        self.index += length
        return self._spelling(start, self.index)

    def _is_function(self, name: str, length: int) -> bool:
        # "date and time" is the function only where it is called: else it is two names and an operator.
        return " and " not in name or self.tokens[self.index + length].text == "("

    def _longest(self, vocabularies: Sequence[Vocabulary]) -> tuple[int, str]:
        found = (each.longest(self.tokens, self.index) for each in vocabularies)
        return max((each for each in found if each is not None), default=(0, ""))

    def _plain_length(self) -> int:
        if self.token.kind != "name":
            return 0
        length = 1
        while (token := self.tokens[self.index + length]).kind == "name" and token.text not in _ENDS_NAME:
            length += 1
        return length

    def _spelling(self, start: int, end: int) -> str:
        last = self.tokens[end - 1]
        return " ".join(self.source.text[self.tokens[start].start : last.start + len(last.text)].split())
