"""Multi-instance (BPMN 2.0.2 §10.3.8): one body for each item, in parallel or one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.errors import ExecutionFault
from engine.message import say
from engine.spiff.activity import Activity
from engine.spiff.scope import Scope
from engine.spiff.token import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.spiff.binding import Binding
    from engine.spiff.element import ElementSpec, OutgoingFlow


@dataclass(slots=True)
class LoopState:
    """Counters of a running multi-instance; `items` is kept only while bodies are still to be started."""

    total: int
    started: int = 0
    done: int = 0
    items: list[Any] | None = None
    outputs: list[Any] | None = None
    pending: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoopExpressions:
    """The compiled characteristics of a multi-instance."""

    sequential: bool
    collection: Binding
    item: str | None
    output_collection: str | None
    output_item: Binding | None
    output_variable: str | None
    completion: Binding | None


class MultiInstance(Activity):
    """The shell around the bodies. The collection is evaluated once, on entry; null is an item like any other."""

    waits = True
    body: ElementSpec
    expressions: LoopExpressions

    @property
    def kind(self) -> str:
        return "multiInstanceBody"

    def map_inputs(self, token: Token) -> None:
        """Mappings belong to the bodies."""

    def perform(self, token: Token) -> bool | None:
        items = self.collection(token)
        loop = LoopState(len(items))
        if self.expressions.output_collection:
            loop.outputs = [None] * len(items)
        token.loop = loop
        if not items:
            return True
        if self.expressions.sequential:
            loop.items = items
            self.start_body(token, 0, items[0])
        else:
            for index, item in enumerate(items):
                self.start_body(token, index, item)
        return None

    def collection(self, token: Token) -> list[Any]:
        """The items; anything but a list is a fault."""
        value = self.expressions.collection.value(token.scope, token.machine.environment.evaluation())
        if not isinstance(value, list):
            raise ExecutionFault(
                say("“{name}” runs once for each item of {expression}, which must be a list; it is {value}.",
                    name=self.element.name or self.element.id, expression=self.expressions.collection.text,
                    value=value), self.element.id)
        return value

    def body_scope(self, token: Token, index: int, item: Any) -> Scope:
        """The variables of one body: its item, its number from 1, and the place of its output."""
        scope = Scope(token.scope, {"loopCounter": index + 1})
        if self.expressions.output_variable:
            scope.values_[self.expressions.output_variable] = None
        if self.expressions.item:
            scope.values_[self.expressions.item] = item
        return scope

    def start_body(self, token: Token, index: int, item: Any) -> None:
        """Put a token at the body."""
        token.loop.started += 1
        machine = token.machine
        body = Token(machine, self.body, token, self.body_scope(token, index, item))
        body.index = index
        machine.arrive(body)

    def body_done(self, body: Token) -> None:
        """A body completes: its outputs are mapped into its own scope, its item output is placed by index."""
        machine = body.machine
        token = body.owner
        spec = body.task_spec
        spec.map_outputs(body)
        enough = self.collect(token, body.index or 0, body.base)
        machine.close(body, "completed")
        machine.discard(body)
        if enough:
            machine.cancel_children(token)
            machine.guarded(token, token.complete)
        elif token.loop.items is not None:
            self.start_body(token, token.loop.started, token.loop.items[token.loop.started])

    def collect(self, token: Token, index: int, variables: Scope) -> bool:
        """Count a finished body and keep its output; True when the whole is done."""
        loop: LoopState = token.loop
        environment = token.machine.environment
        output = None
        if loop.outputs is not None and self.expressions.output_item is not None:
            output = self.expressions.output_item.value(variables, environment.evaluation())
        enough = loop.done + 1 == loop.total
        if not enough and self.expressions.completion is not None:
            counted = Scope(variables, self._counters(loop))
            enough = self.expressions.completion.condition(counted, environment.evaluation(), self.element.id)
        if loop.outputs is not None:
            loop.outputs[index] = output
        loop.done += 1
        return enough

    @staticmethod
    def _counters(loop: LoopState) -> dict[str, Any]:
        return {
            "numberOfInstances": loop.total, "numberOfCompletedInstances": loop.done + 1,
            "numberOfActiveInstances": loop.started - loop.done - 1, "numberOfTerminatedInstances": 0}

    def choose(self, token: Token) -> list[OutgoingFlow]:
        if token.loop is not None and token.loop.outputs is not None:
            token.base.assign(str(self.expressions.output_collection), token.loop.outputs)
            token.loop.outputs = None
        return super().choose(token)

    def map_outputs(self, token: Token) -> None:
        """Mappings belong to the bodies."""


class MultiCall(MultiInstance):
    """A multi-instance call activity: one token with counters; its children are rows, each a case file of its own."""

    @property
    def kind(self) -> str:
        """The call itself: it has no bodies in this instance that it would only frame."""
        return self.element.type

    def start_body(self, token: Token, index: int, item: Any) -> None:
        token.loop.started += 1
        self.body.request(token, self.body_scope(token, index, item), index)

    def child_ended(self, token: Token, index: int, variables: Mapping[str, Any]) -> None:
        """A called instance completed. Its result waits in `pending` until it could be counted."""
        token.loop.pending.append([index, dict(variables)])
        token.machine.guarded(token, lambda: self._count(token))

    def execute(self, token: Token) -> bool | None:
        if token.loop is not None and token.loop.pending:
            self._count(token)
            return None
        return super().execute(token)

    def _count(self, token: Token) -> None:
        loop: LoopState = token.loop
        while loop.pending:
            index, variables = loop.pending[0]
            scope = Scope(token.scope, variables)
            self.body.map_child_outputs(scope, token)
            enough = self.collect(token, index, scope)
            loop.pending.pop(0)
            if enough:
                token.machine.effects.cancel_calls(token.number)
                token.complete()
                return
            if loop.items is not None:
                self.start_body(token, loop.started, loop.items[loop.started])

    def stopped(self, token: Token) -> None:
        token.machine.effects.cancel_calls(token.number)
