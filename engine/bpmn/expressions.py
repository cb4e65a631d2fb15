"""Every FEEL expression of a process, with its shape and what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.model import Element, Process


def expressions_of(process: Process) -> Iterator[tuple[str, str, str]]:
    """Triples of element or flow id, purpose, and the expression without its equals sign."""
    for element in process.elements.values():
        for where, text, always in _texts(element):
            if text is None:
                continue
            if text.startswith("="):
                yield element.id, where, text[1:].strip()
            elif always:
                yield element.id, where, text
    for flow in process.flows.values():
        if flow.condition:
            yield flow.id, "condition", flow.condition.removeprefix("=").strip()


def _texts(element: Element) -> Iterator[tuple[str, str | None, bool]]:
    """Purpose, text, and whether the text is FEEL even without an equals sign."""
    for mapping in element.inputs:
        yield "input mapping", mapping.source, False
    for mapping in element.outputs:
        yield "output mapping", mapping.source, False
    if element.user_task is not None:
        task = element.user_task
        for where, text in (
                ("form", task.form), ("assignee", task.assignee), ("candidate groups", task.candidate_groups),
                ("candidate users", task.candidate_users), ("due date", task.due), ("follow-up date", task.follow_up),
                ("priority", task.priority)):
            yield where, text, False
    if element.loop is not None:
        yield "collection", element.loop.collection, True
        yield "output item", element.loop.output_item, True
        yield "completion condition", element.loop.completion, True
    if element.script is not None:
        yield "script", element.script.expression, True
    if element.job is not None:
        yield "topic", element.job.topic, False
        yield "retries", element.job.retries, False
    if element.call is not None:
        yield "called process", element.call.process, False
    if element.decision is not None:
        yield "decision", element.decision.decision, False
    if element.event is not None:
        yield "timer", element.event.timer, False
        yield "event name", element.event.name, False
        yield "correlation key", element.event.correlation, True
