"""Expressions ready to run, and the cache of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.feel.compiler import RULES
from engine.feel.compiler.scope import Root, Scope
from engine.feel.compiler.unary import INPUT
from engine.feel.errors import FeelLimitError
from engine.feel.evaluation import State
from engine.feel.library import STANDARD_LIBRARY, FunctionLibrary
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.values.conversion import to_feel
from engine.feel.values.size import measure
from engine.feel.vocabulary import Vocabulary
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.feel.evaluation import Evaluation
    from engine.feel.syntax import Node, Position
    from engine.feel.types import Type

    Resolve = Callable[[str], Type | None]

_CACHED = 4096
_LONGEST_CACHED = 2_000  # characters: a cache of long texts would hold memory for nothing
_CONTAINERS = frozenset([list, dict])


class Expression:
    """A compiled expression; may be evaluated any number of times and by several threads at once.

    Attributes:
        text: what it was compiled from.
        names: the variables it reads (functions of the library are none); inside a filter a name may turn out to be
            an entry of the filtered element instead.
        certain_names: those of them, with their places, that can only be variables.
        tree: its syntax tree.
    """

    __slots__ = ("_run", "_slots", "certain_names", "names", "text", "tree")

    def __init__(self, text: str, tree: Node, library: FunctionLibrary) -> None:
        root = Root(library, RULES)
        self.text = text
        self.tree = tree
        try:
            self._run = Scope(root).compile(tree)
        except RecursionError as error:
            raise FeelLimitError(say("The expression is nested too deeply.")) from error
        self._slots: list[Any] = [None] * root.slots
        self.names = frozenset(root.free)
        self.certain_names: dict[str, Position] = {name: node.at for name, node in root.certain.items()}

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def evaluate(self, variables: Mapping[str, object], context: Evaluation | None = None) -> Any:
        """The value of the expression for some variables.

        Raises:
            FeelLimitError: it became too long, too deep or too large.
            FeelValueError: a variable that it reads has no counterpart in FEEL.
        """
        try:
            state = State(variables, context)
            value = self._run(state, self._slots.copy())
            if type(value) in _CONTAINERS:
                measure(value, state)
            return value  # noqa: TRY300 - the common way out, without a second block
        except RecursionError as error:
            raise FeelLimitError(say("The expression is nested too deeply.")) from error

    def run(self, state: State) -> Any:
        """The value as a part of a larger evaluation, whose budget it shares."""
        return self._run(state, self._slots.copy())


class Tests(Expression):
    """The compiled tests of a cell; the tested value is the variable `?`."""

    __slots__ = ()

    def evaluate(self, variables: Mapping[str, object], context: Evaluation | None = None) -> bool | None:
        """Whether the variable `?` passes the tests: true, false, or undefined."""
        try:
            return self.test(State(variables, context), to_feel(variables.get(INPUT)))
        except RecursionError as error:
            raise FeelLimitError(say("The expression is nested too deeply.")) from error

    def run(self, state: State) -> bool | None:
        """The outcome for the variable `?` as a part of a larger evaluation."""
        return self.test(state, to_feel(state.variables.get(INPUT)))

    def test(self, state: State, value: object) -> bool | None:
        """Whether a FEEL value passes the tests: true, false, or undefined."""
        local = self._slots.copy()
        local[0] = value
        return self._run(state, local)  # type: ignore[no-any-return]


def compile_expression(
    text: str,
    *,
    functions: FunctionLibrary | None = None,
    names: frozenset[str] = frozenset(),
    types: Resolve | None = None,
    members: frozenset[str] = frozenset(),
) -> Expression:
    """The compiled expression, from the cache where it is there.

    Args:
        text: the expression.
        functions: what it may call beside the built-in functions.
        names: variables in scope that are no plain words (with spaces or operators in their names).
        types: explains names of types that FEEL does not know.
        members: entries of contexts that are no plain words, for paths and filters.

    Raises:
        FeelSyntaxError: the text is no expression; FeelLimitError: it is too large.
    """
    if types is not None or len(text) > _LONGEST_CACHED:
        return _expression(text, functions or STANDARD_LIBRARY, names, members, types)
    return _cached_expression(text, functions or STANDARD_LIBRARY, names, members)


def compile_unary_tests(
    text: str,
    *,
    functions: FunctionLibrary | None = None,
    names: frozenset[str] = frozenset(),
    types: Resolve | None = None,
    members: frozenset[str] = frozenset(),
) -> Tests:
    """The compiled tests of a decision table's cell; they read the tested value as the variable `?`."""
    if types is not None or len(text) > _LONGEST_CACHED:
        return _tests(text, functions or STANDARD_LIBRARY, names, members, types)
    return _cached_tests(text, functions or STANDARD_LIBRARY, names, members)


def _expression(
    text: str, library: FunctionLibrary, names: frozenset[str], members: frozenset[str], types: Resolve | None
) -> Expression:
    tree = parse_expression(text, library.vocabulary, Vocabulary(names), resolve=types, members=members)
    return Expression(text, tree, library)


def _tests(
    text: str, library: FunctionLibrary, names: frozenset[str], members: frozenset[str], types: Resolve | None
) -> Tests:
    tree = parse_unary_tests(text, library.vocabulary, Vocabulary(names), resolve=types, members=members)
    return Tests(text, tree, library)


@lru_cache(maxsize=_CACHED)
def _cached_expression(
    text: str, library: FunctionLibrary, names: frozenset[str], members: frozenset[str]
) -> Expression:
    return _expression(text, library, names, members, None)


@lru_cache(maxsize=_CACHED)
def _cached_tests(text: str, library: FunctionLibrary, names: frozenset[str], members: frozenset[str]) -> Tests:
    return _tests(text, library, names, members, None)


__all__ = ["INPUT", "Expression", "Tests", "compile_expression", "compile_unary_tests"]
