"""Functions as values, whatever they are written in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from engine.feel.errors import Undefined
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.feel.evaluation import State
    from engine.feel.types import FunctionType


class Function(ABC):
    """A function value: has a name for messages, parameters, a type, and can be invoked."""

    name: str = "function"

    @property
    @abstractmethod
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters in order."""

    @property
    @abstractmethod
    def type(self) -> FunctionType:
        """The function's type, for `instance of`."""

    @abstractmethod
    def invoke(self, state: State, arguments: list[object]) -> object:
        """Call with positional arguments.

        Raises:
            Undefined: the arguments do not fit.
        """

    def invoke_named(self, state: State, arguments: Mapping[str, object]) -> object:
        """Call with named arguments; each parameter must be named once, and no other."""
        unknown = [name for name in arguments if name not in self.parameters]
        if unknown or len(arguments) != len(self.parameters):
            raise Undefined(
                say(
                    "“{function}” takes the parameters {expected}, but was given {found}.",
                    function=self.name,
                    expected=", ".join(self.parameters) or "-",
                    found=", ".join(arguments) or "-",
                )
            )
        return self.invoke(state, [arguments[name] for name in self.parameters])

    def expect_count(self, arguments: Sequence[object]) -> None:
        """Refuse a number of arguments other than that of the parameters."""
        if len(arguments) != len(self.parameters):
            raise Undefined(
                say(
                    "“{function}” takes {expected} arguments, but was given {found}.",
                    function=self.name,
                    expected=len(self.parameters),
                    found=len(arguments),
                )
            )
