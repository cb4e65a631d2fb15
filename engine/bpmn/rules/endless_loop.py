"""A loop waits somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look

_WAITS = {"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity", "serviceTask",
          "sendTask", "subProcess"}


def check(look: Look) -> Iterator[Problem]:
    """A circle of flows through elements that never wait for anybody."""
    for diagram, process in look.sources.processes():
        quick = {
            element.id: [process.flows[flow].target for flow in element.outgoing]
            for element in process.elements.values() if element.type not in _WAITS}
        on_circle = next((element_id for element_id in quick if _returns(quick, element_id)), None)
        if on_circle is not None:
            element = process.elements[on_circle]
            yield Problem("endless-loop", on_circle, say(
                "A loop through “{name}” has no element in it that waits; a case could run round it without end.",
                name=element.name or element.id), "warning", diagram.resource)


def _returns(graph: dict[str, list[str]], start: str) -> bool:
    seen: set[str] = set()
    stack = list(graph[start])
    while stack:
        current = stack.pop()
        if current == start:
            return True
        if current in graph and current not in seen:
            seen.add(current)
            stack.extend(graph[current])
    return False
