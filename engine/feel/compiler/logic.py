"""`and` and `or` with three outcomes (DMN 1.5, table 51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.syntax import Conjunction, Disjunction

if TYPE_CHECKING:
    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State


def _conjunction(node: Conjunction, scope: Scope) -> Run:
    return _until([scope.compile(each) for each in node.operands], decisive=False)


def _disjunction(node: Disjunction, scope: Scope) -> Run:
    return _until([scope.compile(each) for each in node.operands], decisive=True)


def _until(operands: list[Run], *, decisive: bool) -> Run:
    otherwise = not decisive

    def run(state: State, local: list[Any]) -> bool | None:
        result: bool | None = otherwise
        for operand in operands:
            outcome = operand(state, local)
            if outcome is decisive:
                return not otherwise
            if outcome is not otherwise:
                result = None
        return result

    return run


RULES: dict[type, Rule] = {Conjunction: _conjunction, Disjunction: _disjunction}
