"""Variables that nothing in the diagram sets: a hint, since start variables are not declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.expressions import expressions_of
from engine.bpmn.problem import Problem
from engine.feel import FeelError, compile_expression
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look
    from engine.bpmn.model import Process

_GIVEN = {"loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances",
          "numberOfTerminatedInstances"}


def check(look: Look) -> Iterator[Problem]:
    """Names read by expressions that neither the diagram nor a form of the deployment sets."""
    fields = {key for schema in look.sources.schemas.values() for key in _keys(schema)}
    for diagram, process in look.sources.processes():
        known = _assigned(process) | fields | _GIVEN
        told: set[str] = set()
        for element_id, where, text in expressions_of(process):
            try:
                names = compile_expression(text, functions=look.functions).names
            except FeelError:
                continue
            for name in sorted(names - known - told):
                told.add(name)
                yield Problem("unknown-variable", element_id, say(
                    "The {where} reads “{name}”, which nothing in the diagram sets; it must be given at the start.",
                    where=where, name=name), "hint", diagram.resource)


def _keys(component: dict[str, Any]) -> Iterator[str]:
    for child in component.get("components", ()):
        for key in (child.get("key"), child.get("path")):
            if isinstance(key, str):
                yield key
        yield from _keys(child)


def _assigned(process: Process) -> set[str]:
    names: set[str] = set()
    for element in process.elements.values():
        names.update(mapping.target for mapping in (*element.inputs, *element.outputs))
        if element.loop is not None:
            names.update(name for name in (element.loop.item, element.loop.output_collection) if name)
        names.update(part.result for part in (element.decision, element.script) if part is not None)
    return names
