"""Decision tables: which rules match, and what they give (DMN 1.5, chapter 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.dmn.hit_policy import HIT_POLICIES, Columns, Hit, policy_name
from engine.feel import FeelError, compile_expression
from engine.feel.compilation import Tests
from engine.feel.syntax import ListLiteral, UnaryTests
from engine.feel.types import ConstrainedType
from engine.message import say

if TYPE_CHECKING:
    from engine.dmn.expressions import DecisionTable, InputClause, OutputClause, TableRule
    from engine.dmn.scope import Scope
    from engine.dmn.state import DecisionState, Run
    from engine.feel.types import Type


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to run: only the cells that test something, and an expression for each output."""

    index: int
    id: str
    annotations: tuple[str, ...]
    tests: tuple[tuple[int, Tests], ...]
    outputs: tuple[Run, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table with its rules ready to run, for the checks.

    Attributes:
        types: what is known of each input's type.
        allowed: the tests that each input's values are known to pass.
    """

    element_id: str
    table: DecisionTable
    rules: tuple[CompiledRule, ...]
    types: tuple[Type | None, ...]
    allowed: tuple[Tests | None, ...]
    priorities: tuple[tuple[Tests, ...], ...]


def compile_table(table: DecisionTable, scope: Scope) -> Run:
    """The closure of a table. What it did is appended to the state's trace, for the explanation."""
    inputs = [_input(clause, scope) for clause in table.inputs]
    columns = Columns(
        names=tuple(clause.name for clause in table.outputs),
        priorities=tuple(_priorities(clause, scope) for clause in table.outputs),
        defaults=_defaults(table, scope),
        aggregation=table.aggregation,
    )
    policy = HIT_POLICIES.get(policy_name(table.hit_policy))
    if policy is None:
        scope.report(say("There is no hit policy {name}.", name=table.hit_policy), "dmn-hit-policy", table.id)
        return lambda _state: None
    rules = [_rule(index, rule, table, scope) for index, rule in enumerate(table.rules, 1)]
    rules = [rule for rule in rules if not rule.broken]
    first_only = policy.first_only
    scope.tables.append(
        CompiledTable(
            scope.element_id,
            table,
            tuple(rules),
            tuple(_input_type(clause, scope) for clause in table.inputs),
            tuple(
                allowed or _allowed_by_type(clause, scope)
                for clause, (_, allowed) in zip(table.inputs, inputs, strict=True)
            ),
            columns.priorities,
        )
    )

    def run(state: DecisionState) -> Any:
        values = []
        for expression, allowed in inputs:
            value = expression(state)
            values.append(value)
            if allowed is not None and value is not None and allowed.test(state, value) is not True:
                state.warn(say("The value of “{text}” is not among the allowed ones.", text=allowed.text))
                state.trace.append(_trace(table, values, [], None))
                return None
        state.count(len(rules))
        matched = _matching(rules, values, state, first_only=first_only)
        hits = [Hit(rule.index, tuple(output(state) for output in rule.outputs)) for rule in matched]
        result = policy.decide(hits, columns, state)
        state.trace.append(_trace(table, values, matched, result, hits))
        return result

    return run


def _matching(
    rules: list[CompiledRule], values: list[Any], state: DecisionState, *, first_only: bool
) -> list[CompiledRule]:
    matched = []
    for rule in rules:
        for column, tests in rule.tests:
            if tests.test(state, values[column]) is not True:
                break
        else:
            matched.append(rule)
            if first_only:
                break
    return matched


def _input(clause: InputClause, scope: Scope) -> tuple[Run, Tests | None]:
    run = scope.expression(clause.text, clause.id) if clause.text else lambda _state: None
    return run, scope.tests(clause.allowed_values, clause.id) if clause.allowed_values else None


def _input_type(clause: InputClause, scope: Scope) -> Type | None:
    return scope.types.resolve(clause.type_ref) or scope.variable_types.get(clause.text)


def _allowed_by_type(clause: InputClause, scope: Scope) -> Tests | None:
    type_ = scope.variable_types.get(clause.text) or scope.types.resolve(clause.type_ref)
    text = scope.types.allowed_values(str(type_)) if isinstance(type_, ConstrainedType) else None
    return scope.tests(text, clause.id) if text else None


def _rule(index: int, rule: TableRule, table: DecisionTable, scope: Scope) -> CompiledRule:
    if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
        message = say(
            "Rule {index} has {tests} conditions and {outputs} results, but the table has {inputs} and {columns}.",
            index=index,
            tests=len(rule.tests),
            outputs=len(rule.outputs),
            inputs=len(table.inputs),
            columns=len(table.outputs),
        )
        scope.report(message, "dmn-table-shape", rule.id)
    tests = [(column, scope.tests(text, rule.id)) for column, text in enumerate(rule.tests[: len(table.inputs)])]
    outputs = [scope.expression(text, rule.id) if text and text != "-" else _null for text in rule.outputs]
    return CompiledRule(
        index,
        rule.id,
        rule.annotations,
        tuple((column, each) for column, each in tests if each is not None and not _is_anything(each)),
        tuple(outputs),
        broken=any(each is None for _, each in tests),
    )


def _is_anything(tests: Tests) -> bool:
    return isinstance(tests.tree, UnaryTests) and not tests.tree.tests


def _null(_state: DecisionState) -> None:
    return None


def _defaults(table: DecisionTable, scope: Scope) -> tuple[Run, ...] | None:
    if not any(clause.default for clause in table.outputs):
        return None
    return tuple(scope.expression(clause.default, clause.id) if clause.default else _null for clause in table.outputs)


def _priorities(clause: OutputClause, scope: Scope) -> tuple[Tests, ...]:
    """The allowed values of an output, each as a test, in their order: the first is the most important."""
    text = clause.allowed_values or scope.types.allowed_values(clause.type_ref)
    if not text:
        return ()
    try:
        tree = compile_expression(f"[{text}]", functions=scope.library).tree
    except FeelError:
        whole = scope.tests(text, clause.id)
        return (whole,) if whole is not None else ()
    items = tree.items if isinstance(tree, ListLiteral) else (tree,)
    return tuple(Tests(text, UnaryTests((item,)), scope.library) for item in items)


def _trace(
    table: DecisionTable,
    values: list[Any],
    matched: list[CompiledRule],
    result: Any,
    hits: list[Hit] | None = None,
) -> dict[str, object]:
    return {"table": table, "values": values, "matched": matched, "hits": hits or [], "result": result}
