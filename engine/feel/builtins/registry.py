"""How a built-in function is declared, chosen by its arguments, and called."""

from __future__ import annotations

import inspect
from datetime import UTC
from typing import TYPE_CHECKING, Any

from engine.feel.builtins.signature import Parameter, Signature, read_signature
from engine.feel.errors import Undefined
from engine.feel.values.function import Function
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import at_midnight
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.feel.evaluation import State
    from engine.feel.types import FunctionType

_MISFIT = object()


class Overload:
    """One signature of a built-in function with the Python function behind it."""

    def __init__(self, signature: Signature, function: Callable[..., object]) -> None:
        self.signature = signature
        self.function = function
        self.wants_state = next(iter(inspect.signature(function).parameters), "") == "state"
        parameters = signature.parameters
        self.variadic = bool(parameters) and parameters[-1].variadic
        self.least = sum(not each.optional and not each.variadic for each in parameters) + self.variadic
        self.most = None if self.variadic else len(parameters)

    def takes(self, count: int) -> bool:
        """Whether so many arguments can be given."""
        return count >= self.least and (self.most is None or count <= self.most)

    def fit(self, arguments: Sequence[object]) -> list[object] | Parameter:
        """The arguments converted to what the function takes, or the first parameter that refuses its argument."""
        parameters = self.signature.parameters
        fitted = []
        for index, value in enumerate(arguments):
            parameter = parameters[index] if index < len(parameters) else parameters[-1]
            kinds = parameter.kinds
            if not kinds or kind_of(value) in kinds:
                fitted.append(value)
                continue
            converted = _converted(value, kinds)
            if converted is _MISFIT:
                return parameter
            fitted.append(converted)
        return fitted

    def call(self, state: State, arguments: list[object]) -> object:
        """Run the function on fitted arguments."""
        return self.function(state, *arguments) if self.wants_state else self.function(*arguments)


def _converted(value: object, kinds: frozenset[str]) -> object:
    # The implicit conversions of 10.3.2.9.4; null is never converted.
    if isinstance(value, list) and len(value) == 1 and kind_of(value[0]) in kinds:
        return value[0]
    if value is not None and "list" in kinds:
        return [value]
    if kind_of(value) == "date" and "date and time" in kinds:
        return at_midnight(value, UTC)  # type: ignore[arg-type]
    return _MISFIT


class BuiltIn(Function):
    """A built-in function with all its signatures."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.overloads: list[Overload] = []
        self.summary = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Parameters of the first signature."""
        return tuple(each.name for each in self.overloads[0].signature.parameters)

    @property
    def type(self) -> FunctionType:
        """The type of the first signature."""
        return self.overloads[0].signature.type

    def invoke(self, state: State, arguments: list[object]) -> object:
        """Call the first signature that takes the arguments."""
        state.count()
        count = len(arguments)
        refused: Parameter | None = None
        for overload in self.overloads:
            if overload.takes(count):
                fitted = overload.fit(arguments)
                if isinstance(fitted, list):
                    return overload.call(state, fitted)
                refused = refused or fitted
        raise Undefined(self._refusal(refused, arguments))

    def invoke_named(self, state: State, arguments: Mapping[str, object]) -> object:
        """Call the signature whose parameters have these names."""
        state.count()
        refused: Parameter | None = None
        for overload in self.overloads:
            ordered = _in_order(overload, arguments)
            if ordered is None:
                continue
            fitted = overload.fit(ordered)
            if isinstance(fitted, list):
                return overload.call(state, fitted)
            refused = refused or fitted
        raise Undefined(self._refusal(refused, list(arguments.values()), names=list(arguments)))

    def _refusal(self, refused: Parameter | None, arguments: list[object], names: list[str] | None = None) -> Any:
        if refused is not None:
            return say(
                "“{function}” expects {expected} as “{parameter}”, but was given {found}.",
                function=self.name,
                expected=" / ".join(sorted(refused.kinds)),
                parameter=refused.name,
                found=", ".join(kind_of(each) for each in arguments),
            )
        return say(
            "“{function}” is called as {signatures}, but was given {found}.",
            function=self.name,
            signatures="; ".join(each.signature.text for each in self.overloads),
            found=", ".join(names) if names else say("{count} arguments", count=len(arguments)),
        )


def _in_order(overload: Overload, arguments: Mapping[str, object]) -> list[object] | None:
    parameters = overload.signature.parameters
    names = [each.name for each in parameters]
    if any(name not in names for name in arguments) or overload.variadic:
        return None
    given = [each for each in parameters if each.name in arguments]
    # An optional parameter may be left out only together with those after it.
    if given != list(parameters[: len(given)]) or not overload.takes(len(given)):
        return None
    return [arguments[each.name] for each in given]


BUILT_INS: dict[str, BuiltIn] = {}


def builtin(*signatures: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Declare a function as built in, under one or several signatures of the same name."""

    def declare(function: Callable[..., object]) -> Callable[..., object]:
        for text in signatures:
            signature = read_signature(text)
            target = BUILT_INS.setdefault(signature.name, BuiltIn(signature.name))
            target.overloads.append(Overload(signature, function))
            target.summary = target.summary or inspect.getdoc(function) or ""
        return function

    return declare
