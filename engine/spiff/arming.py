"""Arming an event: what a token waits for is computed once, here, and lives in a row until it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.effects import Subscribed, TimerArmed
from engine.errors import ExecutionFault
from engine.message import say
from engine.timing import Cycle, due_instant, parse_cycle

if TYPE_CHECKING:
    from engine.spiff.environment import Environment
    from engine.spiff.event import EventSpec
    from engine.spiff.token import Token


def arm(token: Token, event: EventSpec) -> None:
    """Let the token wait for the event; an event that needs no waiting (error, escalation) is left out."""
    kind = event.definition.kind
    if kind == "timer":
        token.machine.effects.timers[token.number, event.element.id] = timer_of(token, event, token.machine.environment)
    elif kind in {"message", "signal"}:
        token.machine.effects.subscriptions[token.number, event.element.id] = _subscription(token, event)
    else:
        return
    token.arms[event.element.id] = None


def timer_of(token: Token, event: EventSpec, environment: Environment) -> TimerArmed:
    """The timer of an event where the token stands, with what its instant was computed from."""
    evaluation = environment.evaluation()
    value = event.timer.value(token.scope, evaluation) if event.timer is not None else None
    notes = [{"expression": event.definition.timer, "value": str(value), "notes": list(evaluation.notes)}]
    identifier = event.element.id
    if event.definition.timer_kind == "cycle":
        cycle: Cycle = parse_cycle(value, environment.now, identifier)
        due = cycle.start or due_instant(cycle.interval, environment.now, identifier)
        remaining = None if cycle.repetitions is None else cycle.repetitions - 1
        return TimerArmed(token.number, identifier, due, notes, cycle.text, remaining)
    return TimerArmed(token.number, identifier, due_instant(value, environment.now, identifier), notes)


def _subscription(token: Token, event: EventSpec) -> Subscribed:
    environment = token.machine.environment
    name = event.name_in(token)
    if event.definition.kind == "signal":
        return Subscribed(token.number, event.element.id, "signal", name, "")
    evaluation = environment.evaluation()
    key: Any = event.correlation.value(token.scope, evaluation) if event.correlation is not None else None
    if key is None or isinstance(key, (list, dict, bool)):
        raise ExecutionFault(
            say("The correlation key of message “{name}” must be a text or a number; it is {key}.", name=name, key=key),
            event.element.id)
    return Subscribed(token.number, event.element.id, "message", name, str(key))
