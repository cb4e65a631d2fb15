"""The state of one instance and its advance: tokens move until every one of them waits or is gone."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.effects import Effects, IncidentRaised
from engine.errors import EngineError, ExecutionFault
from engine.message import say
from engine.spiff.happening import cross_boundary, start_event_subprocess
from engine.spiff.scope import Scope
from engine.spiff.token import Phase, Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import Element
    from engine.spiff.compiler import CompiledProcess
    from engine.spiff.element import ElementSpec, OutgoingFlow
    from engine.spiff.environment import Environment
    from engine.spiff.event import EventSpec


@dataclass(frozen=True, slots=True)
class HandlerCall:
    """The advance pauses: an in-transaction handler must run and `resume` be told its result."""

    token: int
    element: Element
    topic: str
    variables: Scope


class Machine(Workflow):
    """One instance. Pure: it reads its environment, changes its tokens and scopes, and records effects."""

    def __init__(self, process: CompiledProcess, environment: Environment) -> None:
        super().__init__(process.workflow_spec, deserializing=True)
        self.process = process
        self.environment = environment
        self.effects = Effects()
        self.ready: deque[Token] = deque()
        self.waiting_joins: set[int] = set()
        self.last_number = 0
        self.pending: HandlerCall | None = None
        self.steps = 0

    # -- starting and reading --------------------------------------------------------------------------------

    @classmethod
    def begin(cls, process: CompiledProcess, environment: Environment, variables: Mapping[str, Any]) -> Machine:
        """A new instance at its none start event."""
        machine = cls(process, environment)
        root = Token(machine, process.root, None, Scope(None, dict(variables)))
        machine.task_tree = root
        root._ready()
        return machine

    @property
    def root(self) -> Token:
        """The token of the process itself; its scope holds the variables of the instance."""
        token: Token = self.task_tree
        return token

    def next_number(self) -> int:
        """The next token number of this instance."""
        self.last_number += 1
        return self.last_number

    def token(self, number: int) -> Token | None:
        """The live token of this number, or None."""
        return self.tasks.get(number)

    # -- the advance -----------------------------------------------------------------------------------------

    def advance(self) -> HandlerCall | None:
        """Run every ready token until all wait; stops early at an in-transaction handler."""
        while True:
            while self.ready:
                token = self.ready.popleft()
                if token.number not in self.tasks or token._state != TaskState.READY:
                    continue
                self.steps += 1
                if self.steps > self.environment.step_budget:
                    self._stop_endless(token)
                    continue
                self.guarded(token, token.run)
                if self.pending is not None:
                    return self.pending
            if not self._fire_inclusive_joins():
                return None

    def resume(self, variables: Mapping[str, Any] | None) -> None:
        """Go on after the handler that `advance` paused for."""
        call, self.pending = self.pending, None
        token = self.tasks[call.token]  # type: ignore[union-attr]
        self.finish(token, variables or {})

    def finish(self, token: Token, variables: Mapping[str, Any]) -> None:
        """A wait of this token ended outside with these variables: the element completes."""
        token.task_spec.take(token, variables)
        self.guarded(token, token.complete)

    def retry(self, token: Token) -> None:
        """Try a stuck token again from where it stopped."""
        token.stuck = False
        self.effects.clear_incident(token.number)
        if token.phase is Phase.COMPLETING:
            token._set_state(TaskState.STARTED)
            self.guarded(token, partial(self._leave_again, token))
        else:
            token._ready()

    @staticmethod
    def _leave_again(token: Token) -> None:
        token.task_spec.again(token)
        token.complete()

    def skip(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Pass over what a token stands at, as though it had been done with these variables."""
        if token.stuck:
            token.stuck = False
            self.effects.clear_incident(token.number)
            token._set_state(TaskState.STARTED)
        self.finish(token, variables)

    def guarded(self, token: Token, act: Any) -> None:
        """Do something with a token; a fault becomes an incident there and leaves all others alone."""
        try:
            act()
        except EngineError as fault:
            if token.phase is Phase.ENTERED:
                self.disarm(token)
            token.fail()
            element = getattr(fault, "element_id", None) or token.task_spec.element.id
            self.effects.incidents[token.number] = IncidentRaised(token.number, element, fault.message)

    def _stop_endless(self, token: Token) -> None:
        self.guarded(token, self._refuse_endless(token))

    def _refuse_endless(self, token: Token) -> Any:
        def refuse() -> None:
            raise ExecutionFault(
                say("The case took more than {steps} steps without waiting for anybody; a loop through “{name}” has no "
                    "wait state in it.", steps=self.environment.step_budget,
                    name=token.task_spec.element.name or token.task_spec.element.id), token.task_spec.element.id)
        return refuse

    # -- waits that end --------------------------------------------------------------------------------------

    def pause(self, token: Token, topic: str) -> None:
        """Ask for an in-transaction handler."""
        self.pending = HandlerCall(token.number, token.task_spec.element, topic, token.scope)

    def trigger(self, token: Token, arm_id: str, variables: Mapping[str, Any]) -> None:
        """An event that the token waits for has come."""
        spec = token.task_spec
        if arm_id not in token.arms:
            return
        if arm_id == spec.element.id:
            self.finish(token, variables)
        elif hasattr(spec, "targets"):
            spec.happened(token, arm_id, variables)
        else:
            self.happen(token, self.process.spec(arm_id), variables)

    def happen(self, token: Token, event: EventSpec, variables: Mapping[str, Any]) -> None:
        """An event at the border of an activity, or the start of an event sub-process in a scope."""
        if not event.element.interrupting and event.definition.kind == "timer":
            self.effects.disarm(token.number, event.element.id)
            token.arms.pop(event.element.id, None)
        if event.element.attached_to:
            cross_boundary(self, token, event, variables)
        else:
            start_event_subprocess(self, token, event, variables)

    def end(self, state: str) -> None:
        """The instance is over."""
        if state != "completed":
            self.cancel_children(self.root)
            self.close(self.root, state)
        self.effects.ended = state  # type: ignore[assignment]

    def terminate_scope(self, token: Token) -> None:
        """A terminate end event: everything else in the scope is cancelled and the scope ends."""
        self.close(token, "completed")
        for other in token.owner.live_children():
            if other is not token:
                self.cancel_token(other)
        self.discard(token)

    # -- moves -----------------------------------------------------------------------------------------------

    def enter(self, token: Token) -> None:
        """Record that an element was entered."""
        token.phase = Phase.ENTERED
        spec = token.task_spec
        self.effects.entered.append((token.number, spec.element.id, spec.kind))

    def send(self, flow: OutgoingFlow, token: Token) -> Token:
        """A token goes over a flow: it is put straight into the open scope, so the tree never holds the past."""
        moved = Token(self, flow.target, token.owner, token.base)
        moved.via = flow.id
        self.arrive(moved)
        return moved

    def place(self, spec: ElementSpec, owner: Token, scope: Scope) -> Token:
        """A new token at an element inside an open scope."""
        token = Token(self, spec, owner, scope)
        self.arrive(token)
        return token

    def arrive(self, token: Token) -> None:
        """Let the element decide whether the token is ready or waits (joins)."""
        token.task_spec._update(token)

    def _task_completed_notify(self, task: Token) -> None:
        """SpiffWorkflow tells that a task completed: take it out of the tree."""
        self.discard(task)

    def discard(self, token: Token) -> None:
        """Remove a token that is done; the scope around it may end with it."""
        if token.number not in self.tasks:
            return
        del self.tasks[token.number]
        self.waiting_joins.discard(token.number)
        if token._parent is None:
            return
        owner = token.owner
        owner._children.remove(token.number)
        if not owner._children and owner._state == TaskState.STARTED:
            owner.task_spec.children_ended(owner)

    def close(self, token: Token, state: str) -> None:
        """Record that an element was left, and take back the events that accompanied it."""
        self.effects.left[token.number] = state
        self.disarm(token)

    def disarm(self, token: Token) -> None:
        """Take back all events of a token."""
        for arm in token.arms:
            self.effects.disarm(token.number, arm)
        token.arms.clear()

    def cancel_token(self, token: Token, state: str = "cancelled") -> None:
        """Remove a live token and all that lives in it; each says so to whatever it stood for."""
        doomed = [token]
        for one in doomed:
            doomed.extend(one.live_children())
        for one in reversed(doomed):
            if one.phase is not Phase.ARRIVED or one.stuck:
                self.close(one, state)
                if one.stuck:
                    self.effects.clear_incident(one.number)
                one.task_spec.stopped(one)
            one._set_state(TaskState.CANCELLED)
            if one is not token:
                one._children.clear()
                del self.tasks[one.number]
                self.waiting_joins.discard(one.number)
        token._children.clear()
        self.discard(token)

    def cancel_children(self, owner: Token) -> None:
        """Cancel everything inside an open scope, which stays open."""
        state, owner._state = owner._state, TaskState.WAITING
        for child in owner.live_children():
            self.cancel_token(child)
        owner._state = state

    def _fire_inclusive_joins(self) -> bool:
        for number in sorted(self.waiting_joins):
            token = self.tasks.get(number)
            if token is not None and token.task_spec.may_fire(token):
                token.task_spec.fire(token)
                return True
        return False
