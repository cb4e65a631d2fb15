"""Events say what they wait for or throw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look
    from engine.bpmn.model import Element, Process

_ALLOWED = {
    "startEvent": {"none", "timer", "message", "signal", "error", "escalation"},
    "endEvent": {"none", "message", "signal", "error", "escalation", "terminate"},
    "intermediateCatchEvent": {"timer", "message", "signal", "link"},
    "intermediateThrowEvent": {"none", "message", "signal", "escalation", "link"},
    "boundaryEvent": {"timer", "message", "signal", "error", "escalation"},
    "receiveTask": {"message"},
}


def check(look: Look) -> Iterator[Problem]:
    """Kinds of events the engine runs, and their names, keys and times."""
    for diagram, process, element in look.sources.elements():
        if element.event is None or element.type not in _ALLOWED:
            continue
        name, event = element.name or element.id, element.event
        if event.kind not in _ALLOWED[element.type]:
            yield Problem("event", element.id, say(
                "“{name}”: Banli does not run the event “{kind}” here.", name=name, kind=event.kind), "error",
                diagram.resource)
            continue
        waits = element.type in {"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"}
        if event.kind == "timer" and not event.timer:
            yield Problem("event", element.id, say("The timer “{name}” has no time.", name=name), "error",
                          diagram.resource)
        if event.kind in {"message", "signal"} and not event.name and element.job is None:
            yield Problem("event", element.id, say("“{name}” does not name its {kind}.", name=name, kind=event.kind),
                          "error", diagram.resource)
        if event.kind == "message" and waits and not event.correlation:
            yield Problem("event", element.id, say(
                "“{name}” waits for the message “{message}” without a correlation key; nobody could tell for which "
                "case it is.", name=name, message=event.name or "?"), "error", diagram.resource)
        if event.kind == "error" and not element.interrupting:
            yield Problem("event", element.id, say("The error event “{name}” must interrupt.", name=name), "error",
                          diagram.resource)
        yield from _link(diagram.resource, process, element)


def _link(resource: str, process: Process, element: Element) -> Iterator[Problem]:
    if element.event is None or element.event.kind != "link" or element.type != "intermediateThrowEvent":
        return
    targets = [
        other for other in process.elements.values()
        if other.type == "intermediateCatchEvent" and other.event and other.event.kind == "link"
        and other.event.name == element.event.name and other.parent == element.parent]
    if len(targets) != 1:
        yield Problem("event", element.id, say(
            "The link “{name}” needs exactly one catching link of that name; there are {count}.",
            name=element.event.name or "?", count=len(targets)), "error", resource)
