"""Reading deployed decisions, and asking them with values that are tried and never kept."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from engine.dmn.elements import Decision, InputData
from engine.dmn.expressions import DecisionTable
from engine.errors import EngineError
from engine.feel import Evaluation, FeelError, evaluate
from engine.message import say
from tasks.decisions.views import Column, DecisionEntry, DecisionPage, RuleRow, TableView, Trial, TrialInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.dmn import Model
    from tasks.bootstrap import Banli

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TRUTH = {"true": True, "false": False, "是": True, "否": False}


class TrialRefused(EngineError):
    """A value that was typed for a trial is not of the input's type."""


def decisions(banli: Banli) -> list[DecisionEntry]:
    """Every deployed decision, by name."""
    entries = []
    for definition in banli.engine.decisions():
        _, model = banli.engine.decision_model(definition.key)
        table = _table(model, definition.key)
        entries.append(
            DecisionEntry(definition.key, definition.name, definition.version, len(table.rules) if table else 0)
        )
    return entries


def decision(banli: Banli, key: str, given: Mapping[str, str] | None = None) -> DecisionPage:
    """One decision; with values given, also what it answers to them and which rows it used.

    Raises:
        NotFound: no such decision is deployed.
        TrialRefused: a value is not of its input's type.
    """
    definition, model = banli.engine.decision_model(key)
    page = page_of(model, definition.key, definition.name, definition.version)
    if given is None:
        return page
    return tried(model, page, given, Evaluation(clock=banli.now, reference=banli.reference()))


def page_of(model: Model, key: str, name: str, version: int) -> DecisionPage:
    """A decision of any model, deployed or not."""
    table = _table(model, key)
    return DecisionPage(key, name, version, _view(table, name), _inputs(model, key, table))


def tried(model: Model, page: DecisionPage, given: Mapping[str, str], context: Evaluation) -> DecisionPage:
    """The page with what the decision answers to the values, and the rows it used.

    Raises:
        TrialRefused: a value is not of its input's type.
    """
    values = {one.name: _typed(one, given.get(one.name, "")) for one in page.inputs}
    outcome = model.evaluate(page.key, values, context=context)
    trial = Trial(outcome.value, outcome.explanation, [str(warning) for warning in context.warnings])
    return replace(page, given=dict(given), trial=trial, table=_marked(page.table, outcome.explanation))


def _table(model: Model, key: str) -> DecisionTable | None:
    element = model.element(key)
    logic = element.logic if isinstance(element, Decision) else None
    return logic if isinstance(logic, DecisionTable) else None


def _view(table: DecisionTable | None, name: str) -> TableView | None:
    if table is None:
        return None
    return TableView(
        name,
        table.hit_policy,
        [Column(clause.label or clause.text, clause.text) for clause in table.inputs],
        [Column(clause.label or clause.name or name, clause.name) for clause in table.outputs],
        table.annotations,
        [
            RuleRow(number, rule.tests, rule.outputs, rule.annotations)
            for number, rule in enumerate(table.rules, start=1)
        ],
    )


def _marked(table: TableView | None, explanation: Mapping[str, Any]) -> TableView | None:
    if table is None:
        return None
    used = {rule["index"] for rule in explanation.get("rules", ())}
    return replace(table, rules=[replace(rule, matched=rule.number in used) for rule in table.rules])


def _inputs(model: Model, key: str, table: DecisionTable | None) -> list[TrialInput]:
    summary = next(one for one in model.decisions if one.id == key)
    types = {
        element.name: element.variable.type_ref or "Any"
        for element in model.elements()
        if isinstance(element, InputData)
    }
    return [
        TrialInput(name, _label(name, table), types.get(name, "Any"), _choices(name, table)) for name in summary.inputs
    ]


def _label(name: str, table: DecisionTable | None) -> str:
    clauses = table.inputs if table else ()
    return next((clause.label for clause in clauses if clause.text.strip() == name and clause.label), name)


def _choices(name: str, table: DecisionTable | None) -> Sequence[str]:
    """The texts that the column of an input compares with."""
    if table is None:
        return []
    found: dict[str, None] = {}
    for index, clause in enumerate(table.inputs):
        if clause.text.strip() == name:
            for rule in table.rules:
                found.update(dict.fromkeys(_LITERAL.findall(rule.tests[index])))
    return list(found)


def _typed(one: TrialInput, text: str) -> Any:
    """The typed text as the input's type; empty is null, lists and contexts are typed as FEEL."""
    text = text.strip()
    if not text:
        return None
    if one.type == "string":
        return text
    if one.type == "number":
        try:
            return Decimal(text)
        except InvalidOperation:
            raise TrialRefused(say("“{name}” must be a number; found “{text}”.", name=one.label, text=text)) from None
    if one.type == "boolean" and text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    if one.type == "date":
        return evaluate("date(text)", {"text": text})
    try:
        return evaluate(text)
    except FeelError as error:
        raise TrialRefused(
            say(
                '“{name}” must be a FEEL value such as "text", 5 or [1, 2]: {reason}',
                name=one.label,
                reason=error.message,
            )
        ) from None
