"""A multi-instance knows its collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """The collection is there; outputs come as a pair."""
    for diagram, _, element in look.sources.elements():
        loop = element.loop
        if loop is None:
            continue
        name = element.name or element.id
        if not loop.collection:
            yield Problem("multi-instance", element.id, say(
                "“{name}” runs once for each item of a collection, but names no collection.", name=name), "error",
                diagram.resource)
        if bool(loop.output_collection) != bool(loop.output_item):
            yield Problem("multi-instance", element.id, say(
                "“{name}” needs both an output collection and an output item, or neither.", name=name), "error",
                diagram.resource)
