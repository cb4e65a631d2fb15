"""Rules that can never decide: a cell that nothing passes, or earlier rules that take everything under First."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.dmn.checks.cover import Search
from engine.dmn.checks.regions import Regions, regions_of
from engine.dmn.hit_policy import policy_name
from engine.message import say

if TYPE_CHECKING:
    from engine.dmn.model import Model
    from engine.dmn.table import CompiledTable


def check(model: Model) -> list[Problem]:
    """A warning for each such rule."""
    return [problem for table in model.tables for problem in _in_table(table)]


def _in_table(table: CompiledTable) -> list[Problem]:
    regions = regions_of(table)
    if regions is None:
        return []
    problems = []
    for row, rule in enumerate(table.rules):
        empty = _empty_column(regions, row)
        if empty is not None:
            clause = table.table.inputs[empty]
            message = say(
                "Rule {rule} can never match: no value passes “{test}” in the column “{column}”.",
                rule=rule.index,
                test=table.table.rules[rule.index - 1].tests[empty],
                column=clause.label or clause.text,
            )
            problems.append(Problem("dmn-unreachable", rule.id or table.element_id, message, "warning"))
        elif policy_name(table.table.hit_policy) == "FIRST" and _is_taken(regions, row):
            message = say("Rule {rule} is never reached: the rules before it match first.", rule=rule.index)
            problems.append(Problem("dmn-unreachable", rule.id or table.element_id, message, "warning"))
    return problems


def _empty_column(regions: Regions, row: int) -> int | None:
    return next((column for column, matched in enumerate(regions.matched[row]) if matched == 0), None)


def _is_taken(regions: Regions, row: int) -> bool:
    if row == 0:
        return False
    own = [
        regions.everything(column) if matched is None else matched
        for column, matched in enumerate(regions.matched[row])
    ]
    search = Search(regions, list(range(row)), own, certain=True)
    return search.uncovered() is None and search.finished
