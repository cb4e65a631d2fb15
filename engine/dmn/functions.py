"""Business knowledge models and decision services as functions of FEEL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.boxed.function import fitting
from engine.feel.types import ANY, FunctionType, Type
from engine.feel.values.function import Function

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.dmn.session import Place
    from engine.feel.evaluation import State


class ServiceFunction(Function):
    """A decision service: its parameters are its input data, then its input decisions (DMN 1.5, 10.4)."""

    def __init__(
        self,
        name: str,
        borders: tuple[tuple[str, Place, Type | None], ...],
        decide: Callable[[State, dict[Place, object]], object],
        result: Type | None,
    ) -> None:
        self.name = name
        self._borders = borders
        self._decide = decide
        self._result = result

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters in order."""
        return tuple(name for name, _, _ in self._borders)

    @property
    def type(self) -> FunctionType:
        """The declared type."""
        return FunctionType(tuple(each or ANY for _, _, each in self._borders), self._result or ANY)

    def invoke(self, state: State, arguments: list[object]) -> object:
        """Call with positional arguments."""
        self.expect_count(arguments)
        given = {
            place: fitting(value, type_, name, state)
            for (name, place, type_), value in zip(self._borders, arguments, strict=True)
        }
        state.enter()
        try:
            value = self._decide(state, given)
        finally:
            state.depth -= 1
        return fitting(value, self._result, self.name, state, result=True)
