"""Texts that are no FEEL, types and references that lead nowhere, and what else was noticed while compiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem

if TYPE_CHECKING:
    from engine.dmn.model import Model


def check(model: Model) -> list[Problem]:
    """Every finding is an error: the part in question could only be null."""
    found = dict.fromkeys((each.rule, each.element_id, str(each.message)) for each in model.findings)
    first = {(each.rule, each.element_id, str(each.message)): each for each in reversed(model.findings)}
    return [Problem(first[key].rule, first[key].element_id, first[key].message) for key in found]
