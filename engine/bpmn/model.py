"""One model of a diagram: what the gate checks, the compiler builds from, and difference and migration compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EventKind = Literal[
    "none", "timer", "message", "signal", "error", "escalation", "terminate", "link", "conditional", "compensation",
    "cancel", "multiple",
]
TimerKind = Literal["date", "duration", "cycle"]


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is FEEL without its leading equals sign, or None."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class VariableMapping:
    """One input or output mapping: a binding text and the variable it fills."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance characteristics (BPMN 2.0.2 §10.3.8) in the zeebe form."""

    sequential: bool
    collection: str
    item: str | None = None
    output_collection: str | None = None
    output_item: str | None = None
    completion: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event definition: its kind, and the reference or timer that goes with it.

    `name` is the message or signal name, or the error or escalation code; `correlation` the FEEL of a
    message's correlation key; `timer` the binding text of a timer of the given `timer_kind`.
    """

    kind: EventKind = "none"
    name: str | None = None
    correlation: str | None = None
    timer_kind: TimerKind | None = None
    timer: str | None = None


@dataclass(frozen=True, slots=True)
class UserTaskProperties:
    """What a user task says of its people and dates; every text is a binding."""

    form: str | None = None
    assignee: str | None = None
    candidate_groups: str | None = None
    candidate_users: str | None = None
    due: str | None = None
    follow_up: str | None = None
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class JobProperties:
    """A service task's topic and how often it is tried."""

    topic: str
    retries: str = "3"


@dataclass(frozen=True, slots=True)
class CallProperties:
    """The process that a call activity starts, and what comes back from it."""

    process: str
    propagate_all: bool = False
    pass_all: bool = True
    binding: str = "deployment"


@dataclass(frozen=True, slots=True)
class DecisionProperties:
    """The decision that a business rule task asks, and the variable for its answer."""

    decision: str
    result: str
    binding: str = "deployment"


@dataclass(frozen=True, slots=True)
class ScriptProperties:
    """A FEEL script and the variable for its value."""

    expression: str
    result: str


@dataclass(frozen=True, slots=True)
class Element:
    """A shape that tokens can stand on, with everything the dialect says of it."""

    id: str
    type: str
    name: str = ""
    documentation: str = ""
    lane: str = ""
    parent: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    event: Event | None = None
    attached_to: str | None = None
    interrupting: bool = True
    event_triggered: bool = False
    loop: Loop | None = None
    user_task: UserTaskProperties | None = None
    job: JobProperties | None = None
    call: CallProperties | None = None
    decision: DecisionProperties | None = None
    script: ScriptProperties | None = None
    inputs: tuple[VariableMapping, ...] = ()
    outputs: tuple[VariableMapping, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    unsupported: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Process:
    """An executable process: its elements and flows, nested ones included, in the order of the file."""

    id: str
    name: str
    executable: bool
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    lanes: tuple[str, ...] = ()

    def within(self, parent: str | None) -> Iterator[Element]:
        """The elements that stand directly in a sub-process (None: in the process itself)."""
        return (element for element in self.elements.values() if element.parent == parent)

    def boundaries(self, host: str) -> Iterator[Element]:
        """The boundary events attached to an activity."""
        return (element for element in self.elements.values() if element.attached_to == host)


@dataclass(frozen=True, slots=True)
class Diagram:
    """A BPMN file: its processes, and what was found in it that no process can hold."""

    resource: str
    processes: tuple[Process, ...]
    duplicates: tuple[str, ...] = ()
    dangling: tuple[tuple[str, str], ...] = ()
    has_layout: bool = True
