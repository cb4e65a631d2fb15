"""Why a decision came out as it did: plain data, kept with the history of a case."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.evaluation import State
from engine.feel.values.text import literal

if TYPE_CHECKING:
    from engine.dmn.elements import Decision
    from engine.dmn.expressions import DecisionTable

_EXACT_IN_JSON = 2**53


def explain_decision(
    decision: Decision, value: Any, trace: list[dict[str, object]], required: list[dict[str, object]]
) -> dict[str, object]:
    """The explanation of one decision.

    Returns:
        `decision`, `id`, `value`; of its table, if it has one: `table` (id and name), `inputs` (expression and value),
        `rules` (index from 1, id, annotations), `outputs`; `tables`: the same of every table on the way, that of a
        function called included; `required`: the explanations of the decisions it stands on.
    """
    tables = [_table(each, decision.name) for each in trace]
    explanation: dict[str, object] = {"decision": decision.name, "id": decision.id, "value": plain(value)}
    if tables:
        explanation.update(tables[-1])
    explanation["tables"] = tables
    explanation["required"] = required
    return explanation


def _table(trace: dict[str, Any], decision: str) -> dict[str, object]:
    table: DecisionTable = trace["table"]
    return {
        "table": {"id": table.id, "name": table.label or decision, "hit_policy": table.hit_policy},
        "inputs": [
            {"expression": clause.text, "label": clause.label, "value": plain(value)}
            for clause, value in zip(table.inputs, trace["values"], strict=False)
        ],
        "rules": [
            {"index": rule.index, "id": rule.id, "annotation": "; ".join(filter(None, rule.annotations))}
            for rule in trace["matched"]
        ],
        "outputs": [_outputs(table, hit.values) for hit in trace["hits"]],
    }


def _outputs(table: DecisionTable, values: tuple[Any, ...]) -> Any:
    if len(table.outputs) == 1:
        return plain(values[0])
    return {clause.name: plain(value) for clause, value in zip(table.outputs, values, strict=False)}


def plain(value: Any) -> Any:
    """The value as JSON has it; what JSON has not (dates, durations, ranges, long numbers) as FEEL text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole and abs(value) < _EXACT_IN_JSON else literal(value, State({}))
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return literal(value, State({}))
