"""What the engine does not run, it refuses by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look

_NEEDED = {
    "scriptTask": "script", "callActivity": "call", "serviceTask": "job", "businessRuleTask": "decision",
}


def check(look: Look) -> Iterator[Problem]:
    """Elements and extensions that would be passed over in silence, and tasks without what they are to do."""
    for diagram, _, element in look.sources.elements():
        name = element.name or element.id
        for construct in element.unsupported:
            yield Problem("supported", element.id, say(
                "“{name}” uses {construct}, which Banli does not run; draw it with other elements.", name=name,
                construct=construct), "error", diagram.resource)
        needed = _NEEDED.get(element.type)
        if needed and getattr(element, needed) is None and not (element.type == "businessRuleTask" and element.job):
            yield Problem("supported", element.id, say(
                "“{name}” does not say what it is to do: its {needed} is missing.", name=name, needed=needed),
                "error", diagram.resource)
        if element.event_triggered and (element.incoming or element.outgoing):
            yield Problem("supported", element.id, say(
                "The event sub-process “{name}” is started by its event; it must have no flows.", name=name),
                "error", diagram.resource)
