"""The decision models speak for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look
    from engine.bpmn.problem import Problem


def check(look: Look) -> Iterator[Problem]:
    """What the decision engine finds in each model."""
    for name, model in look.sources.models.items():
        for problem in model.check():
            yield replace(problem, resource=name)
