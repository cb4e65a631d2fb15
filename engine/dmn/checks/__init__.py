"""What is looked at before a decision model is deployed: one file for each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem

if TYPE_CHECKING:
    from engine.dmn.model import Model


def check_model(model: Model) -> list[Problem]:
    """All problems of a model."""
    return [Problem(finding.rule, finding.element_id, finding.message) for finding in model.findings]
