"""Functions beside the built-in ones, registered by the application."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from engine.feel.builtins import BUILT_INS
from engine.feel.errors import FeelFunctionError, Undefined
from engine.feel.types import ANY, FunctionType
from engine.feel.values.conversion import to_feel
from engine.feel.values.function import Function
from engine.feel.vocabulary import Vocabulary
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.evaluation import State

Registered = TypeVar("Registered", bound=Callable[..., object])
_OVER_REFERENCE = "_feel_over_reference"


@dataclass(frozen=True, slots=True)
class Noted:
    """A function's value with notes on how it came about; the notes are kept in `Evaluation.notes`."""

    value: object
    notes: Mapping[str, object]


def over_reference(function: Registered) -> Registered:
    """Mark a function that receives `Evaluation.reference` as its first argument, before those of FEEL."""
    setattr(function, _OVER_REFERENCE, True)
    return function


class LibraryFunction(Function):
    """A Python function as a FEEL value.

    Parameters take their names from the signature, underscores read as spaces; those with a default may be left out.
    """

    def __init__(self, name: str, function: Callable[..., object]) -> None:
        self.name = name
        self._function = function
        self._over_reference = getattr(function, _OVER_REFERENCE, False)
        parameters = list(inspect.signature(function).parameters.values())[int(self._over_reference) :]
        self._variadic = any(each.kind is inspect.Parameter.VAR_POSITIONAL for each in parameters)
        positional = [each for each in parameters if each.kind is not inspect.Parameter.VAR_POSITIONAL]
        self._least = sum(each.default is inspect.Parameter.empty for each in positional)
        self._python_names = {each.name.replace("_", " "): each.name for each in positional}

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters in order."""
        return tuple(self._python_names)

    @property
    def type(self) -> FunctionType:
        """The function's type, of which only the number of parameters is known."""
        return FunctionType((ANY,) * len(self._python_names), ANY)

    def invoke(self, state: State, arguments: list[object]) -> object:
        """Call with positional arguments."""
        count = len(arguments)
        if count < self._least or (count > len(self._python_names) and not self._variadic):
            raise Undefined(
                say(
                    "“{function}” takes the parameters {expected}, but was given {found} arguments.",
                    function=self.name,
                    expected=", ".join(self._python_names) or "-",
                    found=count,
                )
            )
        return self._result(state, arguments, {})

    def invoke_named(self, state: State, arguments: Mapping[str, object]) -> object:
        """Call with named arguments; Python's spelling with underscores is understood too."""
        python_names = {**self._python_names, **{name: name for name in self._python_names.values()}}
        unknown = [name for name in arguments if name not in python_names]
        if unknown or len(arguments) < self._least:
            raise Undefined(
                say(
                    "“{function}” takes the parameters {expected}, but was given {found}.",
                    function=self.name,
                    expected=", ".join(self._python_names) or "-",
                    found=", ".join(arguments),
                )
            )
        return self._result(state, [], {python_names[name]: value for name, value in arguments.items()})

    def _result(self, state: State, arguments: list[object], named: dict[str, Any]) -> object:
        state.count()
        context = state.context
        first = [context.reference if context is not None else None] if self._over_reference else []
        try:
            value = self._function(*first, *arguments, **named)
        except FeelFunctionError as error:
            raise Undefined(error.message) from error
        if isinstance(value, Noted):
            if context is not None:
                context.notes.append(value.notes)
            value = value.value
        return to_feel(value)


class FunctionLibrary:
    """The functions an expression may call: the built-in ones and those given here, which may replace them.

    Args:
        functions: Python functions by their FEEL name, which may have several words.
    """

    def __init__(self, functions: Mapping[str, Callable[..., object]] | None = None) -> None:
        self.own: dict[str, Function] = {
            name: function if isinstance(function, Function) else LibraryFunction(name, function)
            for name, function in (functions or {}).items()
        }
        self._functions: dict[str, Function] = {**BUILT_INS, **self.own}
        self.vocabulary = Vocabulary(self._functions)

    def get(self, name: str) -> Function | None:
        """The function of a name."""
        return self._functions.get(name)

    def names(self) -> list[str]:
        """All names in alphabetical order."""
        return sorted(self._functions)


STANDARD_LIBRARY = FunctionLibrary()
