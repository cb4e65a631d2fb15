"""Which incoming flows of an inclusive join can still be reached from where (BPMN 2.0.2 §13.4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.bpmn.model import Element, Process


def reach(process: Process, join: Element) -> dict[str, frozenset[str]]:
    """For each element: the incoming flows of `join` that a token there may reach without passing through `join`.

    Walks backwards from each incoming flow, once; boundary events lead back to their activities, link events
    to the throwing ones.
    """
    found: dict[str, set[str]] = {}
    for flow_id in join.incoming:
        seen: set[str] = set()
        stack = [process.flows[flow_id].source]
        while stack:
            element_id = stack.pop()
            if element_id in seen or element_id == join.id:
                continue
            seen.add(element_id)
            stack.extend(_before(process, process.elements[element_id]))
        for element_id in seen:
            found.setdefault(element_id, set()).add(flow_id)
    return {element_id: frozenset(flows) for element_id, flows in found.items()}


def _before(process: Process, element: Element) -> list[str]:
    sources = [process.flows[flow].source for flow in element.incoming]
    if element.attached_to:
        sources.append(element.attached_to)
    if element.type == "intermediateCatchEvent" and element.event and element.event.kind == "link":
        sources += [
            other.id for other in process.elements.values()
            if other.type == "intermediateThrowEvent" and other.event and other.event.kind == "link"
            and other.event.name == element.event.name]
    return sources
