"""Addition, subtraction, multiplication, division, powers and negation (DMN 1.5, tables 56 to 59)."""

from __future__ import annotations

from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Any

from engine.feel.compiler.literals import constant
from engine.feel.errors import Undefined
from engine.feel.syntax import Arithmetic, Constant, Negation
from engine.feel.values.arithmetic import OPERATIONS, negate
from engine.feel.values.numbers import ARITHMETIC
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State

_NUMERIC = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "/": ARITHMETIC.divide,
    "**": ARITHMETIC.power,
}


def _arithmetic(node: Arithmetic, scope: Scope) -> Run:
    left, right = scope.compile(node.left), scope.compile(node.right)
    numeric, general, at = _NUMERIC[node.operator], OPERATIONS[node.operator], node.at

    def run(state: State, local: list[Any]) -> object:
        first, second = left(state, local), right(state, local)
        try:
            if type(first) is Decimal and type(second) is Decimal:
                return numeric(first, second)
            return general(first, second, state)
        except DecimalException:
            state.warn(say("The result of {operator} is no number.", operator=node.operator), at)
        except Undefined as undefined:
            state.warn(undefined.message, at)
        return None

    return run


def _negation(node: Negation, scope: Scope) -> Run:
    if isinstance(node.operand, Constant) and type(node.operand.value) is Decimal:
        return constant(ARITHMETIC.minus(node.operand.value))
    operand, at = scope.compile(node.operand), node.at

    def run(state: State, local: list[Any]) -> object:
        try:
            return negate(operand(state, local))
        except Undefined as undefined:
            state.warn(undefined.message, at)
            return None

    return run


RULES: dict[type, Rule] = {Arithmetic: _arithmetic, Negation: _negation}
