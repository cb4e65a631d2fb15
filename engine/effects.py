"""What an advance asks of the world: plain facts that the unit of work writes as rows in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from engine.bpmn.model import Element
    from engine.message import Message

Ending = Literal["completed", "cancelled", "terminated", "error"]


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """A user task that waits for a person; `due` and `follow_up` are aware instants."""

    token: int
    element: Element
    form: str | None
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due: datetime | None
    due_notes: list[dict[str, Any]]
    follow_up: datetime | None
    priority: int
    inputs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class JobCreated:
    """Work for a handler outside the transaction."""

    token: int
    element: Element
    topic: str
    retries: int


@dataclass(frozen=True, slots=True)
class TimerArmed:
    """An instant at which an event of a token fires; `interval` and `remaining` belong to a cycle (None: endless)."""

    token: int
    element_id: str
    due: datetime
    notes: list[dict[str, Any]]
    interval: str | None = None
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A token waits for a message (with its correlation key) or a signal (key empty)."""

    token: int
    element_id: str
    kind: Literal["message", "signal"]
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class CallRequested:
    """A process is to be started for a call activity; `index` counts the bodies of a multi-instance from 0."""

    token: int
    element: Element
    process: str
    binding: str
    variables: dict[str, Any]
    index: int


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal leaves the instance."""

    kind: Literal["message", "signal"]
    name: str
    key: str
    variables: dict[str, Any]
    token: int


@dataclass(frozen=True, slots=True)
class IncidentRaised:
    """A token cannot go on until somebody mends the cause."""

    token: int
    element_id: str
    message: Message
    kind: str = "fault"


@dataclass(frozen=True, slots=True)
class Escaped:
    """An error or escalation that no event of this instance catches."""

    kind: Literal["error", "escalation"]
    code: str
    message: str
    variables: dict[str, Any]


@dataclass(slots=True)
class Effects:
    """Everything that one advance of one instance brought about.

    What is opened and closed again within the same advance cancels out and never becomes a row.
    """

    entered: list[tuple[int, str, str]] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)
    details: dict[int, dict[str, Any]] = field(default_factory=dict)
    tasks: dict[int, TaskOpened] = field(default_factory=dict)
    tasks_cancelled: list[int] = field(default_factory=list)
    jobs: dict[int, JobCreated] = field(default_factory=dict)
    jobs_cancelled: list[int] = field(default_factory=list)
    timers: dict[tuple[int, str], TimerArmed] = field(default_factory=dict)
    subscriptions: dict[tuple[int, str], Subscribed] = field(default_factory=dict)
    disarmed: list[tuple[int, str]] = field(default_factory=list)
    calls: list[CallRequested] = field(default_factory=list)
    calls_cancelled: list[int] = field(default_factory=list)
    thrown: list[Thrown] = field(default_factory=list)
    incidents: dict[int, IncidentRaised] = field(default_factory=dict)
    incidents_cancelled: list[int] = field(default_factory=list)
    escaped: list[Escaped] = field(default_factory=list)
    ended: Ending | None = None

    def disarm(self, token: int, element_id: str) -> None:
        """An event is not waited for any more."""
        key = (token, element_id)
        if self.timers.pop(key, None) is None and self.subscriptions.pop(key, None) is None:
            self.disarmed.append(key)

    def cancel_task(self, token: int) -> None:
        """A user task is not wanted any more."""
        if self.tasks.pop(token, None) is None:
            self.tasks_cancelled.append(token)

    def cancel_job(self, token: int) -> None:
        """A job is not wanted any more."""
        if self.jobs.pop(token, None) is None:
            self.jobs_cancelled.append(token)

    def cancel_calls(self, token: int) -> None:
        """The called instances of a token are not wanted any more, requested ones included."""
        self.calls = [call for call in self.calls if call.token != token]
        self.calls_cancelled.append(token)

    def clear_incident(self, token: int) -> None:
        """A stuck token is gone or goes on."""
        if self.incidents.pop(token, None) is None:
            self.incidents_cancelled.append(token)
