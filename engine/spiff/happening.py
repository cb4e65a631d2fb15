"""What happens when an event comes: a wait ends, a boundary is crossed, an event sub-process starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from engine.spiff.arming import arm
from engine.spiff.scope import Scope
from engine.spiff.token import Phase, Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.spiff.element import ElementSpec, OutgoingFlow
    from engine.spiff.event import EventSpec
    from engine.spiff.machine import Machine


def cross_boundary(machine: Machine, host: Token, event: EventSpec, variables: Mapping[str, Any]) -> None:
    """A boundary event: a token leaves over it; an interrupting one cancels the activity (BPMN 2.0.2 §10.5.6)."""
    token = Token(machine, event, host.owner, host.base)
    event.take(token, variables)
    if event.element.interrupting:
        machine.cancel_token(host)
    machine.arrive(token)


def start_event_subprocess(machine: Machine, owner: Token, event: EventSpec, variables: Mapping[str, Any]) -> None:
    """An event sub-process starts in the scope it belongs to; an interrupting one ends all else there first."""
    container: ElementSpec = machine.process.spec(str(event.element.parent))
    token = Token(machine, container, owner, owner.scope)
    machine.enter(token)
    if event.element.interrupting:
        for other in owner.live_children():
            if other is not token:
                machine.cancel_token(other)
        machine.disarm(owner)
    token.scope = Scope(owner.scope)
    token._set_state(TaskState.STARTED)
    token.phase = Phase.ACTIVE
    for nested in container.event_subprocesses:
        arm(token, nested)
    start = Token(machine, event, token, token.scope)
    event.take(start, variables)
    machine.arrive(start)


def catch_behind_gateway(
    machine: Machine, flow: OutgoingFlow, target: EventSpec, gateway: Token, variables: Mapping[str, Any],
) -> None:
    """A token behind an event-based gateway stands at an event that has already come, and goes on from there."""
    token = Token(machine, target, gateway.owner, gateway.base)
    token.via = flow.id
    machine.enter(token)
    target.take(token, variables)
    machine.guarded(token, token.complete)
