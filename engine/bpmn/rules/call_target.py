"""Called processes exist and do not call each other in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """Circles are errors; a process outside the deployment is looked for when it is called."""
    calls: dict[str, set[str]] = {}
    places: dict[tuple[str, str], tuple[str, str]] = {}
    for diagram, process, element in look.sources.elements():
        if element.call is None or element.call.process.startswith("="):
            continue
        calls.setdefault(process.id, set()).add(element.call.process)
        places[process.id, element.call.process] = (element.id, diagram.resource)
    own = {process.id for _, process in look.sources.processes()}
    for (caller, called), (element_id, resource) in places.items():
        if _reaches(calls, called, caller):
            yield Problem("call", element_id, say(
                "The call of “{called}” leads back to “{caller}”: processes must not call each other in a circle.",
                called=called, caller=caller), "error", resource)
        elif called not in own:
            yield Problem("call", element_id, say(
                "The called process “{called}” is not in this deployment; the latest deployed one will be used.",
                called=called), "hint", resource)


def _reaches(calls: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    stack = [start]
    while stack:
        current = stack.pop()
        if current == goal:
            return True
        if current not in seen:
            seen.add(current)
            stack.extend(calls.get(current, ()))
    return False
