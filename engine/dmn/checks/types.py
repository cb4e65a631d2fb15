"""Cells that can never match because their values are of another kind than the column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.problem import Problem
from engine.dmn.checks.literals import literal_values
from engine.feel.types import ANY, ConstrainedType, SimpleType, Type
from engine.feel.values.kinds import kind_of
from engine.message import say

if TYPE_CHECKING:
    from engine.dmn.model import Model
    from engine.dmn.table import CompiledRule, CompiledTable


def check(model: Model) -> list[Problem]:
    """An error for each cell with a value of another kind than its column."""
    return [problem for table in model.tables for rule in table.rules for problem in _in_rule(table, rule)]


def _in_rule(table: CompiledTable, rule: CompiledRule) -> list[Problem]:
    problems = []
    for column, tests in rule.tests:
        expected = _kind(table.types[column])
        wrong = _of_other_kind(literal_values(tests) or [], expected)
        if expected is not None and wrong is not None:
            clause = table.table.inputs[column]
            message = say(
                "Rule {rule}: “{test}” in the column “{column}” is a {found}, but the column holds a {expected}.",
                rule=rule.index,
                test=tests.text,
                column=clause.label or clause.text,
                found=wrong,
                expected=expected,
            )
            problems.append(Problem("dmn-type-mismatch", rule.id or table.element_id, message))
    return problems


def _of_other_kind(values: list[Any], expected: str | None) -> str | None:
    return next((kind_of(value) for value in values if value is not None and kind_of(value) != expected), None)


def _kind(type_: Type | None) -> str | None:
    while isinstance(type_, ConstrainedType):
        type_ = type_.base
    return type_.name if isinstance(type_, SimpleType) and type_ != ANY else None
