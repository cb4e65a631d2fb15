"""Call activities (BPMN 2.0.2 §10.3.6): the called process is an instance of its own; here only a token waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.effects import CallRequested
from engine.spiff.activity import Activity
from engine.spiff.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import CallProperties
    from engine.spiff.binding import Binding
    from engine.spiff.token import Token


class CallActivity(Activity):
    """Starts a process and waits for its end."""

    waits = True
    process: Binding
    properties: CallProperties

    def perform(self, token: Token) -> bool | None:
        local = token.scope if token.scope is not token.base else None
        self._ask(token, token.scope, local, 0)
        return None

    def request(self, token: Token, body: Scope, index: int) -> None:
        """Ask for one called instance of a multi-instance."""
        local = Scope(body)
        for binding, target in self.inputs_:
            local.values_[target] = binding.value(local, token.machine.environment.evaluation())
        self._ask(token, local, Scope(None, {**body.values_, **local.values_}), index)

    def _ask(self, token: Token, scope: Scope, local: Scope | None, index: int) -> None:
        process = self.process.value(scope, token.machine.environment.evaluation())
        variables = scope.flat() if self.properties.pass_all else dict(local.values_ if local is not None else {})
        token.machine.effects.calls.append(CallRequested(
            token.number, self.element, str(process), self.properties.binding, variables, index))

    def child_ended(self, token: Token, index: int, variables: Mapping[str, Any]) -> None:
        """The called instance completed with these variables."""
        taken = variables if self.properties.propagate_all or self.outputs_ else {}
        token.machine.finish(token, taken)

    def map_child_outputs(self, child: Scope, token: Token) -> None:
        """The output mappings of one body of a multi-instance, into that body's own variables."""
        results: dict[str, Any] = {}
        for binding, target in self.outputs_:
            results[target] = binding.value(child, token.machine.environment.evaluation())
        child.values_.update(results)
        if self.properties.propagate_all and not self.outputs_:
            token.scope.assign_all(child.values_)

    def stopped(self, token: Token) -> None:
        token.machine.effects.cancel_calls(token.number)
