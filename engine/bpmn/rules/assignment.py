"""A user task says who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """Tasks nobody would see, and literal groups the application does not know."""
    groups = None if look.catalog is None else look.catalog.groups
    for diagram, _, element in look.sources.elements():
        task = element.user_task
        if task is None:
            continue
        name = element.name or element.id
        if not (task.assignee or task.candidate_groups or task.candidate_users):
            yield Problem("assignment", element.id, say(
                "“{name}” names neither a person nor a group; nobody will see it in a list.", name=name), "warning",
                diagram.resource)
        literal = task.candidate_groups
        if groups is not None and literal and not literal.startswith("="):
            for group in (part.strip() for part in literal.split(",")):
                if group not in groups:
                    yield Problem("assignment", element.id, say(
                        "“{name}” is for the group “{group}”, which does not exist.", name=name, group=group),
                        "error", diagram.resource)
