"""Errors and escalations: to the boundaries of the throwing activity and its ancestors, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.effects import Escaped, IncidentRaised
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.spiff.event import EventSpec
    from engine.spiff.token import Token


def _matches(event: EventSpec, token: Token, kind: str, code: str) -> bool:
    if event.definition.kind != kind:
        return False
    wanted = event.name_in(token)
    return wanted in {"", code}


def find_catcher(token: Token, kind: str, code: str) -> tuple[Token, EventSpec] | None:
    """The nearest token, from this one outwards, with an event for the error; a named code goes before any.

    An error thrown inside an event sub-process is not caught by that same scope's event sub-processes again.
    """
    current: Token | None = token
    inner: Token | None = None
    while current is not None:
        spec = current.task_spec
        candidates = [*spec.boundaries]
        if current is not token:
            candidates += [event for event in spec.event_subprocesses if inner is None or not _inside(inner, event)]
        matching = [event for event in candidates if _matches(event, current, kind, code)]
        if matching:
            named = [event for event in matching if event.name_in(current)]
            return current, (named or matching)[0]
        inner = current
        current = current.owner if current._parent is not None else None
    return None


def _inside(token: Token, event: EventSpec) -> bool:
    return bool(token.task_spec.element.id == event.element.parent)


def throw_error(
    token: Token, code: str, message: str, variables: Mapping[str, Any], *, final: bool,
) -> bool:
    """Deliver an error; True when it was caught here.

    Uncaught it leaves the instance (`final`: from an error end event) or becomes an incident at the token.
    """
    machine = token.machine
    found = find_catcher(token, "error", code)
    if found is not None:
        machine.happen(found[0], found[1], variables)
        return True
    machine.effects.escaped.append(Escaped("error", code, message, dict(variables)))
    if final:
        machine.end("error")
    return False


def uncaught(token: Token, code: str, message: str) -> None:
    """Nobody catches what a handler threw: an incident that quotes it."""
    element = token.task_spec.element
    token.machine.effects.incidents[token.number] = IncidentRaised(
        token.number, element.id,
        say("“{name}” threw the error {code}, which no event of the diagram catches. {message}",
            name=element.name or element.id, code=code, message=message), "uncaught")
    token.fail()


def throw_escalation(token: Token, code: str) -> None:
    """Deliver an escalation; uncaught it leaves the instance and the path goes on."""
    machine = token.machine
    found = find_catcher(token, "escalation", code)
    if found is not None:
        machine.happen(found[0], found[1], {})
    else:
        machine.effects.escaped.append(Escaped("escalation", code, "", {}))
