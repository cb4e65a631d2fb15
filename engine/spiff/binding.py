"""Texts of a diagram that give a value: `=` begins FEEL, anything else is the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import ExecutionFault
from engine.feel import Evaluation, compile_expression
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.feel import FunctionLibrary


class Binding:
    """One text, compiled once."""

    __slots__ = ("constant", "expression", "text")

    def __init__(self, text: str, functions: FunctionLibrary | None, names: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.expression = None
        self.constant: Any = text
        if text.startswith("="):
            self.expression = compile_expression(text[1:].strip(), functions=functions, names=names)

    def value(self, variables: Mapping[str, Any], evaluation: Evaluation) -> Any:
        """The value with these variables; FEEL's own errors are null with a warning in `evaluation`."""
        return self.constant if self.expression is None else self.expression.evaluate(variables, evaluation)

    def condition(self, variables: Mapping[str, Any], evaluation: Evaluation, element_id: str) -> bool:
        """True or false; anything else is a fault that quotes the expression and FEEL's warning."""
        value = self.value(variables, evaluation)
        if value is True or value is False:
            return bool(value)
        warning = str(evaluation.warnings[-1]) if evaluation.warnings else ""
        raise ExecutionFault(
            say("The condition “{expression}” must give true or false; it gave {value}. {warning}",
                expression=self.text, value=value, warning=warning), element_id)
