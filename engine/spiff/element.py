"""What every element does: be entered, act, be left. The hooks are SpiffWorkflow's; what they do is BPMN's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.specs.base import TaskSpec

from engine.spiff.scope import Scope
from engine.spiff.token import Phase, Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from SpiffWorkflow.specs import WorkflowSpec

    from engine.bpmn.model import Element
    from engine.spiff.binding import Binding
    from engine.spiff.event import EventSpec


@dataclass(frozen=True, slots=True)
class OutgoingFlow:
    """A flow out of an element, with its condition compiled."""

    id: str
    target: ElementSpec
    condition: Binding | None


class ElementSpec(TaskSpec):
    """A shape of the diagram. Wired completely by the compiler and never changed afterwards.

    Lifecycle: `execute` runs when a token becomes ready; it answers True (done at once) or None (the token waits
    until something outside completes it); `leave` runs when the element is done. Both decide before they change.
    """

    def __init__(self, workflow_spec: WorkflowSpec, element: Element, name: str | None = None) -> None:
        super().__init__(workflow_spec, name or element.id)
        self.element = element
        self.position = 0
        self.flows: list[OutgoingFlow] = []
        self.default: str | None = element.default
        self.boundaries: list[EventSpec] = []
        self.event_subprocesses: list[EventSpec] = []
        self.inputs_: list[tuple[Binding, str]] = []
        self.outputs_: list[tuple[Binding, str]] = []

    # -- hooks of the library --------------------------------------------------------------------------------

    def test(self) -> None:
        """The gate has checked the diagram; the library's test refuses legal ones."""

    def _predict(self, my_task: Token, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Nothing is predicted: the tree holds live tokens only."""

    def _update_hook(self, my_task: Token) -> bool:
        """A token that arrives is ready, unless the element is a join."""
        return True

    def _on_ready_hook(self, my_task: Token) -> None:
        my_task.machine.ready.append(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.phase is Phase.ARRIVED:
            my_task.machine.enter(my_task)
        return self.execute(my_task)

    def _on_complete_hook(self, my_task: Token) -> None:
        my_task.phase = Phase.COMPLETING
        self.leave(my_task)

    # -- what elements override ------------------------------------------------------------------------------

    def execute(self, token: Token) -> bool | None:
        """Act; True when done at once, None when the token waits."""
        return True

    def again(self, token: Token) -> None:
        """Leaving failed and is tried again: what reaches nobody outside is computed anew, with what was mended."""

    def leave(self, token: Token) -> None:
        """Choose the flows, map the outputs, and send tokens on their way."""
        if token.index is not None:
            token.owner.task_spec.body_done(token)
            return
        flows = self.choose(token)
        self.map_outputs(token)
        machine = token.machine
        machine.close(token, "completed")
        for flow in flows:
            machine.send(flow, token)

    def choose(self, token: Token) -> list[OutgoingFlow]:
        """The flows taken on leaving: all whose condition holds (BPMN 2.0.2 §13.3.1), or the default."""
        flows = self.flows
        if len(flows) < 2 and (not flows or flows[0].condition is None):
            return flows
        machine = token.machine
        taken = [
            flow for flow in flows
            if flow.id != self.default and (
                flow.condition is None
                or flow.condition.condition(token.scope, machine.environment.evaluation(), self.element.id))]
        return taken or [flow for flow in flows if flow.id == self.default]

    @property
    def kind(self) -> str:
        """The type that the history shows."""
        return self.element.type

    def stopped(self, token: Token) -> None:
        """The token is cancelled: undo whatever it stands for outside."""

    def children_ended(self, token: Token) -> None:
        """The last token in the scope this element opened is gone."""

    # -- variables -------------------------------------------------------------------------------------------

    def map_inputs(self, token: Token) -> None:
        """Open the activity's own scope with its input mappings (none: the variables of around are used)."""
        if not self.inputs_:
            return
        local = Scope(token.base)
        for binding, target in self.inputs_:
            local.values_[target] = binding.value(local, token.machine.environment.evaluation())
        token.scope = local

    def take(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Receive the variables of a completion: local when output mappings choose among them."""
        if not variables:
            return
        if self.outputs_:
            if token.scope is token.base:
                token.scope = Scope(token.scope)
            token.scope.values_.update(variables)
        else:
            token.scope.assign_all(variables)

    def map_outputs(self, token: Token) -> None:
        """Evaluate the output mappings and hand their results outwards."""
        if not self.outputs_:
            return
        results = {}
        for binding, target in self.outputs_:
            results[target] = binding.value(token.scope, token.machine.environment.evaluation())
        token.base.assign_all(results)

