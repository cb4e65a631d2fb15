"""The names and types that a boxed expression sees, for compiling the FEEL in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from engine.feel import FeelError, compile_expression, compile_unary_tests
from engine.feel.lexer import words
from engine.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.dmn.state import DecisionState, Run
    from engine.dmn.table import CompiledTable
    from engine.dmn.types import TypeTable
    from engine.feel import Expression, FunctionLibrary
    from engine.feel.compilation import Tests
    from engine.feel.types import Type


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a piece of FEEL, found while compiling: where, and what."""

    element_id: str
    message: Message
    rule: str = "dmn-feel-syntax"


@dataclass(frozen=True, slots=True)
class Read:
    """A piece of FEEL that was compiled, with the names in its scope: material for the checks."""

    element_id: str
    expression: Expression
    names: frozenset[str]
    open: bool = False  # entries of an element may be names too, and nobody knows them before


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known at a place of the model."""

    types: TypeTable
    library: FunctionLibrary
    members: frozenset[str]
    element_id: str = ""
    names: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    tables: list[CompiledTable] = field(default_factory=list)
    open: bool = False
    variable_types: dict[str, Type | None] = field(default_factory=dict)

    def within(self, names: Iterable[str] = (), element_id: str = "") -> Scope:
        """A scope with more names, perhaps of another element."""
        return replace(self, names=self.names | frozenset(names), element_id=element_id or self.element_id)

    def opened(self) -> Scope:
        """A scope in which unknown names may be entries of an element."""
        return replace(self, open=True)

    def typed(self, types: Mapping[str, Type | None]) -> Scope:
        """A scope that knows the types of variables."""
        return replace(self, variable_types={**self.variable_types, **types})

    def type(self, type_ref: str | None) -> Type | None:
        """The type of a reference; one that nobody knows is reported."""
        found = self.types.resolve(type_ref)
        if found is None and type_ref:
            self.report(say("There is no type “{name}”.", name=type_ref), "dmn-unknown-type")
        return found

    def report(self, message: Message, rule: str = "dmn-feel-syntax", element_id: str = "") -> None:
        """Note something wrong."""
        self.findings.append(Finding(element_id or self.element_id, message, rule))

    def expression(self, text: str, element_id: str = "") -> Run:
        """The compiled expression; a text that is no FEEL is reported, and null when it is asked for."""
        try:
            compiled = compile_expression(
                text, functions=self.library, names=self._special(), types=self.types.resolve, members=self.members
            )
        except FeelError as error:
            return self._broken(text, error, element_id)
        self.reads.append(Read(element_id or self.element_id, compiled, self.names, self.open))
        return compiled.run

    def tests(self, text: str, element_id: str = "") -> Tests | None:
        """The compiled tests of a cell; None if they are no FEEL, which is reported."""
        try:
            compiled = compile_unary_tests(
                text, functions=self.library, names=self._special(), types=self.types.resolve, members=self.members
            )
        except FeelError as error:
            self.report(_in_text(text, error), element_id=element_id)
            return None
        self.reads.append(Read(element_id or self.element_id, compiled, self.names | {"?"}, self.open))
        return compiled

    def _special(self) -> frozenset[str]:
        return frozenset(name for name in self.names if len(words(name)) > 1)

    def _broken(self, text: str, error: FeelError, element_id: str) -> Run:
        message = _in_text(text, error)
        self.report(message, element_id=element_id)

        def run(state: DecisionState) -> Any:
            state.warn(message)

        return run


def _in_text(text: str, error: FeelError) -> Message:
    return say("In “{text}”, {reason}", text=text[:200], reason=error.place)
