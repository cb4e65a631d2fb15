"""Activities that are done by people, handlers, decisions or scripts (BPMN 2.0.2 §10.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.effects import TaskOpened
from engine.errors import ExecutionFault
from engine.message import say
from engine.spiff.arming import arm
from engine.spiff.element import ElementSpec
from engine.spiff.token import Phase
from engine.timing import due_instant

if TYPE_CHECKING:
    from datetime import datetime

    from engine.bpmn.model import DecisionProperties
    from engine.spiff.binding import Binding
    from engine.spiff.environment import Environment
    from engine.spiff.token import Token
    from engine.spiff.work import Work


class Activity(ElementSpec):
    """An activity: its own scope when it has input mappings, and events at its border."""

    #: Whether it may wait, so that events at its border have time to happen.
    waits = False

    def execute(self, token: Token) -> bool | None:
        self.map_inputs(token)
        if self.waits:
            for boundary in self.boundaries:
                arm(token, boundary)
        answer = self.perform(token)
        if answer is None:
            token.phase = Phase.ACTIVE
        return answer

    def perform(self, token: Token) -> bool | None:
        """Do the activity's own work; True when done, None when it waits."""
        return True


class UserTask(Activity):
    """Waits for a person; people, dates and form are computed once, on opening."""

    waits = True
    form: Binding | None = None
    assignee: Binding | None = None
    candidate_groups: Binding | None = None
    candidate_users: Binding | None = None
    due: Binding | None = None
    follow_up: Binding | None = None
    priority: Binding | None = None

    def perform(self, token: Token) -> bool | None:
        environment = token.machine.environment
        due, notes = self.dated(token, environment)
        follow_up, _ = self._date(token, self.follow_up, environment)
        inputs = dict(token.scope.values_) if token.scope is not token.base else {}
        if token.index is not None:
            inputs = {**token.base.values_, **inputs}
        token.machine.effects.tasks[token.number] = TaskOpened(
            token.number, self.element, self._text(token, self.form), self._text(token, self.assignee),
            self._names(token, self.candidate_groups), self._names(token, self.candidate_users), due, notes,
            follow_up, self._priority(token), inputs)
        return None

    def stopped(self, token: Token) -> None:
        token.machine.effects.cancel_task(token.number)

    def _value(self, token: Token, binding: Binding | None) -> Any:
        return None if binding is None else binding.value(token.scope, token.machine.environment.evaluation())

    def _text(self, token: Token, binding: Binding | None) -> str | None:
        value = self._value(token, binding)
        if value is None or isinstance(value, str):
            return value or None
        raise ExecutionFault(say("“{name}”: expected a text from {expression}, found {value}.", name=self._name(),
                                 expression=binding.text if binding else "", value=value), self.element.id)

    def _names(self, token: Token, binding: Binding | None) -> tuple[str, ...]:
        value = self._value(token, binding)
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",")]
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return tuple(dict.fromkeys(name for name in value if name))
        raise ExecutionFault(say("“{name}”: expected names from {expression}, found {value}.", name=self._name(),
                                 expression=binding.text if binding else "", value=value), self.element.id)

    def dated(self, token: Token, environment: Environment) -> tuple[datetime | None, list[dict[str, Any]]]:
        """The due date where the token stands, with what it was computed from."""
        return self._date(token, self.due, environment)

    def _date(
        self, token: Token, binding: Binding | None, environment: Environment,
    ) -> tuple[datetime | None, list[dict[str, Any]]]:
        if binding is None:
            return None, []
        evaluation = environment.evaluation()
        value = binding.value(token.scope, evaluation)
        notes = [{
            "expression": binding.text, "value": str(value), "notes": list(evaluation.notes),
            "inputs": {
                name: str(token.scope[name])
                for name in sorted(binding.expression.names if binding.expression else ()) if name in token.scope},
        }]
        if value is None:
            if evaluation.warnings:
                raise ExecutionFault(say(
                    "“{name}”: the date {expression} could not be computed: {warning}", name=self._name(),
                    expression=binding.text, warning=str(evaluation.warnings[-1])), self.element.id)
            return None, []
        return due_instant(value, environment.now, self.element.id), notes

    def _priority(self, token: Token) -> int:
        value = self._value(token, self.priority)
        try:
            return 50 if value is None else int(value)
        except (TypeError, ValueError):
            raise ExecutionFault(say("“{name}”: the priority must be a number, found {value}.", name=self._name(),
                                     value=value), self.element.id) from None

    def _name(self) -> str:
        return self.element.name or self.element.id


class ServiceTask(Activity):
    """A service or send task: a handler does it."""

    waits = True
    work: Work

    def perform(self, token: Token) -> bool | None:
        return self.work.begin(token)

    def stopped(self, token: Token) -> None:
        self.work.stop(token)


class ScriptTask(Activity):
    """A FEEL expression whose value becomes a variable."""

    script: Binding
    result: str

    def perform(self, token: Token) -> bool | None:
        evaluation = token.machine.environment.evaluation()
        self.take(token, {self.result: self.script.value(token.scope, evaluation)})
        return True

    def again(self, token: Token) -> None:
        self.perform(token)


class BusinessRuleTask(Activity):
    """Asks a decision; value and explanation are kept."""

    decision: Binding
    properties: DecisionProperties

    def perform(self, token: Token) -> bool | None:
        environment = token.machine.environment
        name = self.decision.value(token.scope, environment.evaluation())
        evaluation = environment.evaluation()
        value, explanation = environment.decide(str(name), self.properties.binding, token.scope, evaluation)
        token.machine.effects.details[token.number] = explanation
        self.take(token, {self.properties.result: value})
        return True

    def again(self, token: Token) -> None:
        self.perform(token)  # an administrator may have corrected the table meanwhile
