"""`if`, and functions written in FEEL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.syntax import FunctionDefinition, If
from engine.feel.types import ANY, FunctionType, Type
from engine.feel.values.function import Function
from engine.feel.values.typing import convert
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State


def _if(node: If, scope: Scope) -> Run:
    condition, consequence, alternative = (
        scope.compile(each) for each in (node.condition, node.consequence, node.alternative)
    )

    def run(state: State, local: list[Any]) -> object:
        return consequence(state, local) if condition(state, local) is True else alternative(state, local)

    return run


class Closure(Function):
    """A function written in FEEL, with the values of the names around it."""

    def __init__(
        self,
        signature: tuple[tuple[str, int, Type | None], ...],
        body: Run,
        local: list[Any],
        variables: Mapping[str, object],
    ) -> None:
        self._signature = signature
        self._body = body
        self._local = local
        self._variables = variables

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters in order."""
        return tuple(name for name, _, _ in self._signature)

    @property
    def type(self) -> FunctionType:
        """The function's type; a result has no declared type in FEEL."""
        return FunctionType(tuple(each or ANY for _, _, each in self._signature), ANY)

    def know(self, slot: int, value: object) -> None:
        """Tell the function a name that came into being with it: its own."""
        self._local[slot] = value

    def invoke(self, state: State, arguments: list[object]) -> object:
        """Call with positional arguments; those with a declared type are converted to it."""
        self.expect_count(arguments)
        local = self._local.copy()
        for (name, slot, type_), value in zip(self._signature, arguments, strict=True):
            local[slot] = value
            if type_ is not None:
                local[slot], fits = convert(value, type_, state)
                if not fits:
                    raise Undefined(say("The argument “{name}” is no {type}.", name=name, type=type_))
        state.enter()
        outer, state.variables = state.variables, self._variables
        try:
            return self._body(state, local)
        finally:
            state.variables = outer
            state.depth -= 1


def _function(node: FunctionDefinition, scope: Scope) -> Run:
    inner = scope.inner()
    signature = tuple((name, inner.declare(name), type_) for name, type_ in node.parameters)
    body = inner.compile(node.body)

    def run(state: State, local: list[Any]) -> Closure:
        # A copy: a loop around the function gives its slots new values while this function keeps the old ones.
        return Closure(signature, body, local.copy(), state.variables)

    return run


RULES: dict[type, Rule] = {If: _if, FunctionDefinition: _function}
