"""Events (BPMN 2.0.2 §10.5): start, end, catching, throwing, boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.model import Event
from engine.effects import Thrown
from engine.spiff.arming import arm, timer_of
from engine.spiff.element import ElementSpec
from engine.spiff.throwing import throw_error, throw_escalation
from engine.spiff.token import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from SpiffWorkflow.specs import WorkflowSpec

    from engine.bpmn.model import Element
    from engine.spiff.binding import Binding
    from engine.spiff.environment import Environment
    from engine.spiff.token import Token
    from engine.spiff.work import Work


class EventSpec(ElementSpec):
    """Any event: its definition with the expressions compiled."""

    def __init__(self, workflow_spec: WorkflowSpec, element: Element, name: str | None = None) -> None:
        super().__init__(workflow_spec, element, name)
        self.definition: Event = element.event or Event()
        self.timer: Binding | None = None
        self.correlation: Binding | None = None
        self.event_name: Binding | None = None

    def name_in(self, token: Token) -> str:
        """The message or signal name, or the error or escalation code, where the token stands."""
        if self.event_name is None:
            return ""
        return str(self.event_name.value(token.scope, token.machine.environment.evaluation()))

    def dated(self, token: Token, environment: Environment) -> tuple[datetime | None, list[dict[str, Any]]]:
        """When the event's timer is due where the token stands, with what it was computed from."""
        armed = timer_of(token, self, environment)
        return armed.due, armed.notes


class StartEvent(EventSpec):
    """Where a process, a sub-process or an event sub-process begins."""


class CatchEvent(EventSpec):
    """An intermediate catching event or a receive task: waits for its one event."""

    def execute(self, token: Token) -> bool | None:
        if self.definition.kind in {"none", "link"}:
            return True
        self.map_inputs(token)
        arm(token, self)
        for boundary in self.boundaries:
            arm(token, boundary)
        token.phase = Phase.ACTIVE
        return None


class BoundaryEvent(EventSpec):
    """An event at the border of an activity; a token stands here only once it has happened."""


class ThrowEvent(EventSpec):
    """An intermediate throwing event or an end event."""

    work: Work | None = None

    def execute(self, token: Token) -> bool | None:
        if self.work is not None:
            self.map_inputs(token)
            return self.work.begin(token)
        kind = self.definition.kind
        if kind in {"message", "signal"}:
            self.map_inputs(token)
            self._send(token)
        elif kind == "escalation":
            throw_escalation(token, self.name_in(token))
            return True if token.number in token.machine.tasks else None
        elif kind == "error":
            self.map_inputs(token)
            throw_error(token, self.name_in(token), "", {}, final=True)
            return None
        elif kind == "terminate":
            token.machine.terminate_scope(token)
            return None
        return True

    def stopped(self, token: Token) -> None:
        if self.work is not None:
            self.work.stop(token)

    def _send(self, token: Token) -> None:
        kind = self.definition.kind
        key = self._key(token) if kind == "message" else ""
        variables: Mapping[str, Any] = token.scope.values_ if token.scope is not token.base else {}
        token.machine.effects.thrown.append(Thrown(
            "message" if kind == "message" else "signal", self.name_in(token), key, dict(variables), token.number))

    def _key(self, token: Token) -> str:
        if self.correlation is None:
            return ""
        return str(self.correlation.value(token.scope, token.machine.environment.evaluation()))


class EndEvent(ThrowEvent):
    """A token that ends here leaves no flow."""
