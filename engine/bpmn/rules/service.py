"""Topics and recorders are known to the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """Topics without a handler, recorders that nobody registered."""
    if look.catalog is None:
        return
    for diagram, _, element in look.sources.elements():
        name = element.name or element.id
        handlers = look.catalog.handlers
        if element.job is not None and handlers is not None and not element.job.topic.startswith("=") \
                and element.job.topic not in handlers:
            yield Problem("service", element.id, say(
                "“{name}” asks for the work “{topic}”, which nobody does.", name=name, topic=element.job.topic),
                "error", diagram.resource)
        recorder = element.headers.get("recorder")
        recorders = look.catalog.recorders
        if recorder and recorders is not None and recorder not in recorders:
            yield Problem("service", element.id, say(
                "“{name}” names the recorder “{recorder}”, which does not exist.", name=name, recorder=recorder),
                "error", diagram.resource)
