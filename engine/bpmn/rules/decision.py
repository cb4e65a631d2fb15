"""Decisions that are asked are in the deployment, or called in their latest version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """Unknown decision ids."""
    deployed = {decision.id for model in look.sources.models.values() for decision in model.decisions}
    for diagram, _, element in look.sources.elements():
        asked = element.decision
        if asked is None or asked.decision.startswith("=") or asked.decision in deployed:
            continue
        yield Problem("decision", element.id, say(
            "“{name}” asks the decision “{decision}”, which is not in the deployment.",
            name=element.name or element.id, decision=asked.decision or "?"),
            "warning" if asked.binding == "latest" else "error", diagram.resource)
