"""Work for a handler: inside the transaction (the advance pauses) or as a job outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.effects import JobCreated
from engine.errors import ExecutionFault
from engine.message import say

if TYPE_CHECKING:
    from engine.bpmn.model import JobProperties
    from engine.spiff.binding import Binding
    from engine.spiff.token import Token


class Work:
    """What a service task, send task, or throwing event with a topic asks of a handler."""

    __slots__ = ("properties", "retries", "topic")

    def __init__(self, properties: JobProperties, topic: Binding, retries: Binding) -> None:
        self.properties = properties
        self.topic = topic
        self.retries = retries

    def begin(self, token: Token) -> bool | None:
        """Create the job, or pause for the handler."""
        machine = token.machine
        evaluation = machine.environment.evaluation()
        topic = self.topic.value(token.scope, evaluation)
        element = token.task_spec.element
        if not isinstance(topic, str) or not topic:
            raise ExecutionFault(say("The topic of “{name}” must be a text; it is {value}.",
                                     name=element.name or element.id, value=topic), element.id)
        if topic in machine.environment.in_transaction:
            machine.pause(token, topic)
            return None
        machine.effects.jobs[token.number] = JobCreated(token.number, element, topic, self._retries(token))
        return None

    def _retries(self, token: Token) -> int:
        value = self.retries.value(token.scope, token.machine.environment.evaluation())
        try:
            return max(1, int(value))
        except (TypeError, ValueError):
            element = token.task_spec.element
            raise ExecutionFault(say("The retries of “{name}” must be a number; found {value}.",
                                     name=element.name or element.id, value=value), element.id) from None

    def stop(self, token: Token) -> None:
        """The job is not wanted any more."""
        token.machine.effects.cancel_job(token.number)
