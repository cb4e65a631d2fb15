"""Gateways (BPMN 2.0.2 §10.6): exclusive, parallel, inclusive, event-based."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.errors import ExecutionFault
from engine.message import say
from engine.spiff.arming import arm
from engine.spiff.element import ElementSpec
from engine.spiff.happening import catch_behind_gateway
from engine.spiff.token import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.spiff.element import OutgoingFlow
    from engine.spiff.event import EventSpec
    from engine.spiff.token import Token


class ExclusiveGateway(ElementSpec):
    """One flow: the first in the diagram's order whose condition holds, otherwise the default."""

    def choose(self, token: Token) -> list[OutgoingFlow]:
        if len(self.flows) == 1 and self.flows[0].condition is None:
            return self.flows
        environment = token.machine.environment
        for flow in self.flows:
            if flow.id == self.default:
                continue
            if flow.condition is None or flow.condition.condition(
                    token.scope, environment.evaluation(), self.element.id):
                return [flow]
        default = [flow for flow in self.flows if flow.id == self.default]
        if not default:
            raise ExecutionFault(
                say("No flow out of “{name}” has a condition that holds, and none is marked as the default.",
                    name=self.element.name or self.element.id), self.element.id)
        return default


class _Join(ElementSpec):
    """Arrivals wait at the join as tokens; joins count tokens and never ask the past."""

    def siblings(self, token: Token) -> list[Token]:
        """The tokens that wait at this join in the same open scope, the oldest first."""
        return [
            other for other in token.owner.live_children()
            if other.task_spec is self and other.has_state(TaskState.WAITING) and not other.stuck]

    def consume(self, tokens: list[Token], survivor: Token) -> None:
        """Merge the arrivals into one token."""
        for token in tokens:
            if token is not survivor:
                token.machine.discard(token)


class ParallelGateway(_Join):
    """Join: fires when each incoming flow has a token, taking one from each. Fork: every flow."""

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.element.incoming) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        first: dict[str, Token] = {}
        for token in self.siblings(my_task):
            first.setdefault(token.via, token)
        if len(first) < len(self.element.incoming):
            return False
        self.consume(list(first.values()), my_task)
        return True

    def choose(self, token: Token) -> list[OutgoingFlow]:
        return self.flows


class InclusiveGateway(_Join):
    """Join: fires when no live token can still reach an empty flow (BPMN 2.0.2 §13.4.3). Fork: flows that hold."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        #: For each element of the same scope: the incoming flows that can be reached from it without this join.
        self.reach: dict[str, frozenset[str]] = {}

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.element.incoming) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        my_task.machine.waiting_joins.add(my_task.number)
        return False

    def may_fire(self, token: Token) -> bool:
        """Whether this token's join need not wait for anybody any more."""
        here = self.siblings(token)
        filled = {other.via for other in here}
        empty = set(self.element.incoming) - filled
        if not empty:
            return True
        for other in token.owner.live_children():
            if other.task_spec is self and other.has_state(TaskState.WAITING):
                continue
            reachable = self.reach.get(other.task_spec.element.id, frozenset())
            if reachable & empty and not reachable & filled:
                return False
        return True

    def fire(self, token: Token) -> None:
        """Merge one arrival of each flow and go on."""
        first: dict[str, Token] = {}
        for other in self.siblings(token):
            first.setdefault(other.via, other)
        survivor = first[token.via]
        self.consume(list(first.values()), survivor)
        token.machine.waiting_joins.discard(survivor.number)
        survivor._ready()

    def choose(self, token: Token) -> list[OutgoingFlow]:
        taken = super().choose(token)
        if not taken and self.flows:
            raise ExecutionFault(
                say("No flow out of “{name}” has a condition that holds, and none is marked as the default.",
                    name=self.element.name or self.element.id), self.element.id)
        return taken


class EventBasedGateway(ElementSpec):
    """Waits for the first of the events behind it; the others are taken back."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.targets: dict[str, tuple[OutgoingFlow, EventSpec]] = {}

    def execute(self, token: Token) -> bool | None:
        for _, target in self.targets.values():
            arm(token, target)
        token.phase = Phase.ACTIVE
        return None

    def happened(self, token: Token, arm_id: str, variables: Mapping[str, Any]) -> None:
        """One of the events came: go on behind it."""
        machine = token.machine
        flow, target = self.targets[arm_id]
        machine.close(token, "completed")
        catch_behind_gateway(machine, flow, target, token, variables)
        token._set_state(TaskState.COMPLETED)
        machine.discard(token)
