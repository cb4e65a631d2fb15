"""Every expression parses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.expressions import expressions_of
from engine.bpmn.problem import Problem
from engine.feel import FeelError, compile_expression
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """FEEL that does not parse, with the place where it stops making sense."""
    for diagram, process in look.sources.processes():
        for element_id, where, text in expressions_of(process):
            try:
                compile_expression(text, functions=look.functions)
            except FeelError as error:
                yield Problem("expression", element_id, say(
                    "The {where} “{expression}” is no FEEL: {reason}", where=where, expression=text,
                    reason=error.message), "error", diagram.resource)
