"""The engine's errors: one small tree with one base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn.problem import Problem


class EngineError(Exception):
    """Something that the engine refuses; `message` says what was expected, what was found and what to do."""

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message if isinstance(message, Message) else Message("{text}", {"text": message})

    def __str__(self) -> str:
        return str(self.message)


class NotFound(EngineError):
    """There is no such definition, instance, task, job or incident."""


class Conflict(EngineError):
    """The command came too late: somebody else has changed the thing first.

    `by` and `at` say who was first and when, where that is known.
    """

    def __init__(self, message: Message | str, *, by: str | None = None, at: object = None) -> None:
        super().__init__(message)
        self.by = by
        self.at = at


class DefinitionInvalid(EngineError):
    """A deployment was refused as a whole; `problems` lists every reason with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        refusals = [problem for problem in problems if problem.severity == "error"]
        text = "; ".join(f"{problem.element_id or problem.resource}: {problem.message}" for problem in refusals)
        super().__init__(Message("The deployment was refused: {problems}", {"problems": text}))
        self.problems = list(problems)


class BpmnError(EngineError):
    """A business error that a handler throws into the process; a boundary event with the same code catches it."""

    def __init__(self, code: str, message: str = "", variables: Mapping[str, object] | None = None) -> None:
        super().__init__(Message("{code}: {message}", {"code": code, "message": message}))
        self.code = code
        self.variables = dict(variables or {})


class ExecutionFault(EngineError):
    """A case could not be advanced (an expression failed, no flow was taken, the step budget ran out).

    It never reaches a user as a failure of her task where the fault lies behind it: it becomes an incident.
    """

    def __init__(self, message: Message | str, element_id: str | None = None) -> None:
        super().__init__(message)
        self.element_id = element_id
