"""What is looked at before a decision model is deployed: one file for each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.checks import gaps, names, overlaps, priorities, syntax, types, unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bpmn.problem import Problem
    from engine.dmn.model import Model

_CHECKS: tuple[Callable[[Model], list[Problem]], ...] = (
    syntax.check,
    names.check,
    types.check,
    overlaps.check,
    priorities.check,
    unreachable.check,
    gaps.check,
)


def check_model(model: Model) -> list[Problem]:
    """All problems of a model, errors and warnings."""
    return [problem for check in _CHECKS for problem in check(model)]
