"""Literal expressions: FEEL text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.namespaces import FEEL_NAMESPACES
from engine.message import say

if TYPE_CHECKING:
    from engine.dmn.expressions import LiteralExpression
    from engine.dmn.scope import Scope
    from engine.dmn.state import DecisionState, Run


def compile_literal(literal: LiteralExpression, scope: Scope, _compile: Any) -> Run:
    """The closure of a text; a missing text is null, another language is refused."""
    if literal.language and literal.language not in FEEL_NAMESPACES and literal.language.lower() != "feel":
        message = say("The expression language {language} is not supported; write FEEL.", language=literal.language)
        scope.report(message, "dmn-language", literal.id)
        return _refused(message)
    if not literal.text:
        return lambda _state: None
    return scope.expression(literal.text, literal.id)


def _refused(message: Any) -> Run:
    def run(state: DecisionState) -> None:
        state.warn(message)

    return run
