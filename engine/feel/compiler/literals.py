"""Constants, at-literals, and negated numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.syntax import AtLiteral, Constant
from engine.feel.values.temporal_text import read_any

if TYPE_CHECKING:
    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State


def constant(value: object) -> Run:
    """A closure that always gives the same value."""

    def run(_state: State, _local: list[Any]) -> object:
        return value

    return run


def _constant(node: Constant, _scope: Scope) -> Run:
    return constant(node.value)


def _at_literal(node: AtLiteral, _scope: Scope) -> Run:
    try:
        return constant(read_any(node.text))
    except Undefined as undefined:
        message = undefined.message

    def run(state: State, _local: list[Any]) -> None:
        state.warn(message, node.at)

    return run


RULES: dict[type, Rule] = {Constant: _constant, AtLiteral: _at_literal}
