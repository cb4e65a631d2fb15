"""Flows lead where tokens may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look
    from engine.bpmn.model import Element, Process


def check(look: Look) -> Iterator[Problem]:
    """Shapes that cannot be reached or left, flows across borders, gateways without a way out."""
    for diagram, process, element in look.sources.elements():
        name = element.name or element.id
        starts = element.type in {"startEvent", "boundaryEvent"} or element.event_triggered
        linked = element.type == "intermediateCatchEvent" and element.event is not None and element.event.kind == "link"
        if not element.incoming and not starts and not linked:
            yield Problem("connection", element.id, say("Nothing leads to “{name}”.", name=name), "error",
                          diagram.resource)
        if element.incoming and starts:
            yield Problem("connection", element.id, say("No flow may lead to “{name}”.", name=name), "error",
                          diagram.resource)
        if element.outgoing and element.type == "endEvent":
            yield Problem("connection", element.id, say("No flow may leave the end event “{name}”.", name=name),
                          "error", diagram.resource)
        if not element.outgoing and (element.type == "startEvent" or element.type.endswith("Gateway")):
            yield Problem("connection", element.id, say("No flow leaves “{name}”.", name=name), "error",
                          diagram.resource)
        if element.attached_to is not None and element.attached_to not in process.elements:
            yield Problem("connection", element.id, say("“{name}” is attached to “{host}”, which is no shape.",
                                                        name=name, host=element.attached_to), "error", diagram.resource)
        yield from _flows(diagram.resource, process, element)


def _flows(resource: str, process: Process, element: Element) -> Iterator[Problem]:
    for flow_id in element.outgoing:
        target = process.elements.get(process.flows[flow_id].target)
        if target is not None and target.parent != element.parent:
            yield Problem("connection", flow_id, say(
                "The flow from “{name}” to “{target}” crosses the border of a sub-process.",
                name=element.name or element.id, target=target.name or target.id), "error", resource)
    conditional = [flow for flow in element.outgoing if process.flows[flow].condition]
    if element.type in {"exclusiveGateway", "inclusiveGateway"} and len(element.outgoing) > 1:
        bare = [flow for flow in element.outgoing if flow not in conditional and flow != element.default]
        for flow in bare:
            yield Problem("connection", flow, say(
                "A flow out of “{name}” has no condition and is not the default.", name=element.name or element.id),
                "error", resource)
        if element.default is None and not bare:
            yield Problem("connection", element.id, say(
                "“{name}” has no default flow; a case for which no condition holds will stop there.",
                name=element.name or element.id), "warning", resource)
