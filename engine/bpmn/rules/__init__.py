"""The gate's rules, one small file each. A rule takes a `Look` and yields problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.rules import (
    assignment,
    call_target,
    connection,
    decision,
    decision_model,
    endless_loop,
    event_definition,
    expression,
    form,
    identity,
    multi_instance,
    process,
    service,
    supported,
    unknown_variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.bpmn.gate import Look
    from engine.bpmn.problem import Problem

RULES: tuple[Callable[[Look], Iterator[Problem]], ...] = (
    identity.check, process.check, supported.check, connection.check, event_definition.check, expression.check,
    multi_instance.check, form.check, decision.check, decision_model.check, service.check, call_target.check,
    assignment.check, endless_loop.check, unknown_variable.check,
)
