"""Hit policies that need an order of the outputs, without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.dmn.hit_policy import policy_name
from engine.message import say

if TYPE_CHECKING:
    from engine.bpmn.problem import Severity
    from engine.dmn.model import Model
    from engine.dmn.table import CompiledTable


def check(model: Model) -> list[Problem]:
    """An error for each output without allowed values under Priority and Output order, and for each value outside."""
    return [problem for table in model.tables for problem in _in_table(table)]


def _in_table(table: CompiledTable) -> list[Problem]:
    policy = policy_name(table.table.hit_policy)
    if policy not in {"PRIORITY", "OUTPUT ORDER"}:
        return []
    problems = []
    for column, clause in enumerate(table.table.outputs):
        if table.priorities[column]:
            continue
        outputs = [rule.outputs[column] for rule in table.table.rules if column < len(rule.outputs)]
        if len(set(outputs)) < 2:
            continue
        first = outputs[0]
        other = next(index for index, text in enumerate(outputs) if text != first)
        message = say(
            "The output “{output}” has no allowed values, so nothing says whether “{first}” of rule 1 or “{second}” of "
            "rule {rule} is more important under {policy}; list its values in their order.",
            output=clause.name or clause.label or table.table.label,
            first=first,
            second=outputs[other],
            rule=other + 1,
            policy=policy.capitalize(),
        )
        # Where another output has an order, this one only decides between equals.
        severity: Severity = "warning" if any(table.priorities) else "error"
        problems.append(Problem("dmn-priority-order", clause.id or table.element_id, message, severity))
    return problems
