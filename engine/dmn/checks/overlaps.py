"""Rules that match at once although the hit policy is Unique, or Any with different results."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.dmn.checks.regions import Regions, regions_of
from engine.dmn.hit_policy import policy_name
from engine.message import say

if TYPE_CHECKING:
    from engine.dmn.model import Model
    from engine.dmn.table import CompiledTable

_REPORTED = 10
_MOST_RULES = 400


def check(model: Model) -> list[Problem]:
    """A problem for each pair of rules, up to ten for a table, with inputs that show it."""
    return [problem for table in model.tables for problem in _in_table(table)]


def _in_table(table: CompiledTable) -> list[Problem]:
    policy = policy_name(table.table.hit_policy)
    if policy not in {"UNIQUE", "ANY"} or len(table.rules) > _MOST_RULES:
        return []
    regions = regions_of(table)
    if regions is None:
        return []
    problems: list[Problem] = []
    for first, second in combinations(range(len(table.rules)), 2):
        if policy == "ANY" and _outputs(table, first) == _outputs(table, second):
            continue
        common = common_place(regions, first, second)
        if common is not None:
            message = say(
                "The rules {first} and {second} match at once, for example at {example}, "
                "but the hit policy is {policy}.",
                first=table.rules[first].index,
                second=table.rules[second].index,
                example=regions.witness(common),
                policy=policy.capitalize(),
            )
            problems.append(Problem("dmn-overlap", table.rules[second].id or table.element_id, message))
            if len(problems) == _REPORTED:
                break
    return problems


def _outputs(table: CompiledTable, row: int) -> tuple[str, ...]:
    return table.table.rules[table.rules[row].index - 1].outputs


def common_place(regions: Regions, first: int, second: int) -> list[int] | None:
    """A place of each column that both rules match for certain; None if there is none."""
    chosen = []
    for one, other in zip(regions.matched[first], regions.matched[second], strict=True):
        common = (one & other) if one is not None and other is not None else 0
        if not common:
            return None
        chosen.append((common & -common).bit_length() - 1)
    return chosen
