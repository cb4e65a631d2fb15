"""What the engine shows of itself: read-only values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.case import Case
    from engine.message import Message


@dataclass(frozen=True, slots=True)
class UserTask:
    """A user task; `due` is an aware instant in UTC, `due_notes` tell how it was computed."""

    id: str
    instance_id: str
    root_id: str
    business_key: str | None
    process_id: str
    element_id: str
    name: str
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    form_id: str | None
    due: datetime | None
    due_notes: list[dict[str, Any]]
    follow_up: datetime | None
    priority: int
    created: datetime
    state: str = "open"
    headers: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that cannot go on by itself."""

    id: str
    instance_id: str
    root_id: str
    element_id: str
    kind: str
    message: str
    created: datetime
    job_key: str | None
    said: Message | None = None
    """The message with its values apart, to be said in the reader's language."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A process instance."""

    id: str
    root_id: str
    parent_id: str | None
    process_id: str
    version: int
    definition_id: str
    business_key: str | None
    state: str
    revision: int
    variables: dict[str, Any]
    incidents: list[Incident]
    started: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Called:
    """An instance of a case: its root, or one that a call activity started."""

    id: str
    process_id: str
    name: str
    """Of the process."""
    parent_id: str | None
    element_id: str | None
    """The shape of the parent's diagram that called it; None for the root."""
    state: str
    started: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class ElementInstance:
    """One run of one element."""

    instance_id: str
    process_id: str
    token: int
    element_id: str
    name: str
    type: str
    state: str
    started: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Timer:
    """An armed timer."""

    id: str
    instance_id: str
    root_id: str
    element_id: str
    due: datetime
    interval: str | None
    remaining: int | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A deployed process, decision or form in one version."""

    id: str
    kind: str
    key: str
    version: int
    name: str
    deployment_id: str
    resource: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment made: its definitions, and what the gate remarked without refusing."""

    id: str
    definitions: tuple[Definition, ...]
    problems: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What a handler is given. In a transaction `connection` is the command's own; outside it is None."""

    key: str
    topic: str
    element_id: str
    instance_id: str
    root_id: str
    business_key: str | None
    variables: Mapping[str, Any]
    headers: Mapping[str, str]
    at: datetime
    actor: str | None = None
    attempt: int = 1
    connection: Connection | None = None
    case: Case | None = None
    """In a transaction: what the handler may do to the case around it (dates, facts of called instances)."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a recorder is given: the finished task, what was typed, and the command's own connection."""

    connection: Connection
    task: UserTask
    values: Mapping[str, Any]
    variables: Mapping[str, Any]
    headers: Mapping[str, str]
    actor: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ClosedTask:
    """A user task that is over: completed by somebody, or cancelled by the process."""

    id: str
    state: str
    by: str | None


@dataclass(frozen=True, slots=True)
class EndedInstance:
    """An instance that is over."""

    id: str
    root_id: str
    state: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What an observer is given before the command commits, on the command's own connection."""

    connection: Connection
    command: str
    root_id: str
    business_key: str | None
    actor: str | None
    at: datetime
    opened: list[UserTask]
    closed: list[ClosedTask]
    updated: list[UserTask]
    ended: list[EndedInstance]
    reference_version: str | None = None
    """The version of the reference data that the case has pinned."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An open date of a case: of a task, or of an armed timer."""

    kind: str
    """`task` or `timer`."""
    id: str
    task_id: str
    """The task itself, or the one at whose border the timer stands; of another timer no task has this id."""
    instance_id: str
    element_id: str
    name: str
    due: datetime
    began: datetime
    """When the task was opened, or the timer's element began to wait."""


@dataclass(frozen=True, slots=True)
class Move:
    """A date that other reference data makes another one: of an open task, or of an armed timer."""

    kind: str
    """`task` or `timer`."""
    id: str
    instance_id: str
    element_id: str
    name: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """That a decision was made in a case: when, in which version, by which rules of its table."""

    root_id: str
    business_key: str | None
    at: datetime
    version: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A running case and the version of the reference data that it stands on."""

    id: str
    business_key: str | None
    reference_version: str | None
