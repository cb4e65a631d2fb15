"""Function definitions and invocations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.types import ANY, FunctionType, Type
from engine.feel.values.function import Function
from engine.feel.values.kinds import kind_of
from engine.feel.values.typing import convert
from engine.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.dmn.expressions import BoxedExpression, FunctionExpression, Invocation
    from engine.dmn.scope import Scope
    from engine.dmn.state import DecisionState, Run
    from engine.feel.evaluation import State

    Compile = Callable[[BoxedExpression | None, Scope], Run]


class BoxedFunction(Function):
    """A function written as a boxed expression, with the variables around it."""

    def __init__(
        self,
        name: str,
        signature: tuple[tuple[str, Type | None], ...],
        body: Run,
        variables: Mapping[str, object],
        result: Type | None = None,
    ) -> None:
        self.name = name
        self._signature = signature
        self._body = body
        self._variables = variables
        self._result = result

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters in order."""
        return tuple(name for name, _ in self._signature)

    @property
    def type(self) -> FunctionType:
        """The declared type."""
        return FunctionType(tuple(each or ANY for _, each in self._signature), self._result or ANY)

    def declare_result(self, result: Type | None) -> None:
        """Give the function the type of its result, where its own definition had none."""
        self._result = self._result or result

    def invoke(self, state: State, arguments: list[object]) -> object:
        """Call with positional arguments, converted to the types of the parameters."""
        self.expect_count(arguments)
        variables = dict(self._variables)
        for (name, type_), value in zip(self._signature, arguments, strict=True):
            variables[name] = fitting(value, type_, name, state)
        state.enter()
        outer, state.variables = state.variables, variables
        try:
            value = self._body(state)  # type: ignore[arg-type]
        finally:
            state.variables = outer
            state.depth -= 1
        return fitting(value, self._result, self.name, state, result=True)


def fitting(value: object, type_: Type | None, name: str, state: State, *, result: bool = False) -> object:
    """The value converted to the type of a parameter or result.

    Raises:
        Undefined: it does not fit.
    """
    if type_ is None:
        return value
    converted, fits = convert(value, type_, state)
    if fits:
        return converted
    if result:
        raise Undefined(say("The result of “{name}” is no {type}.", name=name, type=type_))
    raise Undefined(say("The argument “{name}” is no {type}.", name=name, type=type_))


def compile_function(function: FunctionExpression, scope: Scope, compile_boxed: Compile) -> Run:
    """The function as a value; of the kinds of functions only FEEL is run."""
    if function.kind != "FEEL":
        message = say("A function in {kind} is not run; write it in FEEL.", kind=function.kind)
        scope.report(message, "dmn-function-kind", function.id)
        return _refusing(message)
    signature = tuple((each.name, scope.type(each.type_ref)) for each in function.parameters)
    inner = scope.within(name for name, _ in signature).typed(dict(signature))
    body = compile_boxed(function.body, inner)
    declared = scope.type(function.type_ref)
    result = declared.result if isinstance(declared, FunctionType) else declared

    def run(state: DecisionState) -> BoxedFunction:
        return BoxedFunction("function", signature, body, state.variables, result)

    return run


def _refusing(message: Message) -> Run:
    def run(state: DecisionState) -> None:
        state.warn(message)

    return run


def compile_invocation(invocation: Invocation, scope: Scope, compile_boxed: Compile) -> Run:
    """A call with a value for each named parameter."""
    function = compile_boxed(invocation.function, scope)
    bindings = [(name, compile_boxed(expression, scope)) for name, expression in invocation.bindings]

    def run(state: DecisionState) -> Any:
        target = function(state)
        try:
            if not isinstance(target, Function):
                raise Undefined(say("A {kind} cannot be called.", kind=kind_of(target)))  # noqa: TRY301
            return target.invoke_named(state, {name: binding(state) for name, binding in bindings})
        except Undefined as undefined:
            state.warn(undefined.message)
            return None

    return run
