"""A process has one start that can be reached by calling it, and something that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """One none start event for each process and sub-process; one start with an event for an event sub-process."""
    if look.sources.diagrams and not any(True for _ in look.sources.processes()):
        yield Problem("process", None, say("No process of the file is marked as executable."), "error",
                      look.sources.diagrams[0].resource)
    for diagram, process in look.sources.processes():
        containers = [(None, process.id, False)] + [
            (element.id, element.name or element.id, element.event_triggered)
            for element in process.elements.values() if element.type == "subProcess"]
        for parent, name, triggered in containers:
            starts = [element for element in process.within(parent) if element.type == "startEvent"]
            if len(starts) != 1:
                yield Problem("process", parent or process.id, say(
                    "“{name}” needs exactly one start event; it has {count}.", name=name, count=len(starts)),
                    "error", diagram.resource)
                continue
            kind = starts[0].event.kind if starts[0].event else "none"
            if triggered == (kind == "none"):
                yield Problem("process", starts[0].id, say(
                    "The start of an event sub-process needs an event." if triggered else
                    "The start event “{name}” has the event “{kind}”; a process is started by command, so it has none.",
                    name=starts[0].name or starts[0].id, kind=kind), "error", diagram.resource)
