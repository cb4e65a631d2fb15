"""Calls of functions, with positional and named arguments (DMN 1.5, 10.3.2.13.2)."""

from __future__ import annotations

from decimal import DecimalException
from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.syntax import Call, Name
from engine.feel.values.function import Function
from engine.feel.values.kinds import kind_of
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State


def _call(node: Call, scope: Scope) -> Run:
    known = _known_function(node, scope)
    function = scope.compile(node.function)
    arguments = [scope.compile(each) for each in node.arguments]
    called = node.function.name if isinstance(node.function, Name) else ""
    names, at = node.names, node.at
    repeated = names is not None and len(set(names)) != len(names)

    def target(state: State, local: list[Any]) -> Function:
        if known is not None:
            # A variable of the same name hides a built-in function only if it is a function itself.
            shadow = state.variables.get(called)
            return shadow if isinstance(shadow, Function) else known
        found = function(state, local)
        if not isinstance(found, Function):
            raise Undefined(say("A {kind} cannot be called.", kind=kind_of(found)))
        return found

    def positional(state: State, local: list[Any]) -> object:
        try:
            return target(state, local).invoke(state, [argument(state, local) for argument in arguments])
        except Undefined as undefined:
            state.warn(undefined.message, at)
        except DecimalException:
            state.warn(say("The result of “{function}” is no number.", function=called), at)
        return None

    def named(state: State, local: list[Any]) -> object:
        if repeated:
            state.warn(say("An argument is given twice."), at)
            return None
        try:
            values = {name: argument(state, local) for name, argument in zip(names or (), arguments, strict=True)}
            return target(state, local).invoke_named(state, values)
        except Undefined as undefined:
            state.warn(undefined.message, at)
        except DecimalException:
            state.warn(say("The result of “{function}” is no number.", function=called), at)
        return None

    return positional if names is None else named


def _known_function(node: Call, scope: Scope) -> Function | None:
    if not isinstance(node.function, Name):
        return None
    slot, _ = scope.find(node.function.name)
    return None if slot is not None else scope.root.library.get(node.function.name)


RULES: dict[type, Rule] = {Call: _call}
