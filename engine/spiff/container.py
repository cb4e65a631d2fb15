"""Elements that hold others: the process itself, embedded and event sub-processes (BPMN 2.0.2 §10.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spiff.activity import Activity
from engine.spiff.arming import arm
from engine.spiff.element import ElementSpec
from engine.spiff.scope import Scope
from engine.spiff.token import Phase

if TYPE_CHECKING:
    from engine.spiff.event import StartEvent
    from engine.spiff.token import Token


class SubProcess(Activity):
    """An embedded sub-process: a scope of its own that ends with its last token."""

    waits = True
    start: StartEvent

    def perform(self, token: Token) -> bool | None:
        if token.scope is token.base:
            token.scope = Scope(token.base)
        for event in self.event_subprocesses:
            arm(token, event)
        token.phase = Phase.ACTIVE
        token.machine.place(self.start, token, token.scope)
        return None

    def children_ended(self, token: Token) -> None:
        token.machine.guarded(token, token.complete)


class EventSubProcess(SubProcess):
    """A sub-process that an event starts; it is never reached by a flow."""


class ProcessSpec(ElementSpec):
    """The process itself: its token is the root of the tree, its scope the variables of the instance."""

    start: StartEvent

    def execute(self, token: Token) -> bool | None:
        for event in self.event_subprocesses:
            arm(token, event)
        token.phase = Phase.ACTIVE
        token.machine.place(self.start, token, token.scope)
        return None

    def children_ended(self, token: Token) -> None:
        if token.machine.effects.ended is None:
            token.machine.guarded(token, token.complete)

    def leave(self, token: Token) -> None:
        token.machine.close(token, "completed")
        token.machine.end("completed")
