"""Inputs for which no rule matches, where the table has no default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.dmn.checks.cover import Search
from engine.dmn.checks.regions import regions_of
from engine.dmn.hit_policy import policy_name
from engine.message import say

if TYPE_CHECKING:
    from engine.dmn.model import Model
    from engine.dmn.table import CompiledTable

_ONE_RESULT = {"UNIQUE", "ANY", "FIRST", "PRIORITY"}


def check(model: Model) -> list[Problem]:
    """A warning for each table with a gap, with inputs that lie in it."""
    return [problem for table in model.tables for problem in _in_table(table)]


def _in_table(table: CompiledTable) -> list[Problem]:
    has_default = any(clause.default for clause in table.table.outputs)
    if policy_name(table.table.hit_policy) not in _ONE_RESULT or has_default or not table.table.inputs:
        return []
    regions = regions_of(table)
    if regions is None:
        return []
    everything = [regions.everything(column) for column in range(len(table.table.inputs))]
    gap = Search(regions, list(range(len(table.rules))), everything, certain=False).uncovered()
    if gap is None:
        return []
    message = say("No rule matches at {example}: the result is null there.", example=regions.witness(gap))
    return [Problem("dmn-gap", table.table.id or table.element_id, message, "warning")]
