"""What a capability brings to the steps of a procedure, and what its functions are told.

A package that serves steps (`tasks.handling`, `tasks.filing`, …) collects its parts in one `Steps`; `tasks.registry`
puts all of them together. The functions get frozen contexts and touch nothing but the session in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine import ProcessEngine
    from engine.message import Message
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.deadlines.reference import ReferenceData
    from tasks.forms.views import FieldError, Option
    from tasks.register.models import Item
    from tasks.worklist.models import Work


@dataclass(frozen=True, slots=True)
class OptionContext:
    """For whom and for what the choices are offered."""

    reference: ReferenceData
    kind: str
    person_id: int
    unit_code: str | None
    """The body whose task it is."""
    variables: Mapping[str, Any]
    item_id: int | None = None
    due: dt.datetime | None = None
    now: dt.datetime | None = None
    subject_key: str = ""
    """What the task concerns where that is no item."""

    @property
    def overdue(self) -> bool:
        """Whether the task's date has passed."""
        return self.due is not None and self.now is not None and self.now > self.due


@dataclass(frozen=True, slots=True)
class PrefillContext:
    """For whom, on which item, and when a form is opened."""

    session: Session
    about: Item | None
    actor: Actor
    reference: ReferenceData
    variables: Mapping[str, Any]
    unit_code: str | None
    today: dt.date
    subject_key: str = ""
    """What the task concerns where that is no item."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What the diagram says of the step."""

    @property
    def item(self) -> Item:
        """The item of a step of handling."""
        return _item(self.about)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the values are compared with."""

    session: Session
    about: Item | None
    variables: Mapping[str, Any]
    today: dt.date
    reference: ReferenceData
    subject_key: str = ""

    @property
    def item(self) -> Item:
        """The item of a step of handling."""
        return _item(self.about)


def _item(about: Item | None) -> Item:
    if about is None:
        raise RuntimeError("This recorder serves steps of an item; the task concerns none")
    return about


@dataclass(frozen=True, slots=True)
class SubjectHead:
    """What a task concerns that concerns no item: what stands above its form."""

    kind: str
    """What stands before the first colon of the business key."""
    key: str
    """What stands after it."""
    title: str
    facts: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """How tasks that concern something else than an item are shown."""

    head: Callable[[Session, str], SubjectHead]
    """By the key: what stands above the form."""
    beside: Callable[[Banli, Session, Actor, Work], Any] = lambda _banli, _session, _actor, _work: None
    """What stands beside the form, as this reader may see it."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What one capability registers, each by the name that diagrams and forms use."""

    recorders: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """By the task header `recorder`: write a finished task's known fields."""
    handlers: Callable[[ReferenceLibrary], Mapping[str, Callable[..., Any]]] = lambda _library: {}
    """By task type: service tasks, marked `in_transaction` or run as jobs."""
    jobs: Callable[[Callable[[], ProcessEngine]], Mapping[str, Callable[..., Any]]] = lambda _engine_of: {}
    """By task type: handlers that run outside any transaction, at least once; they may use the engine."""
    options: Mapping[str, Callable[[Session, OptionContext], Sequence[Option]]] = field(default_factory=dict)
    """By a form's `valuesKey`: the choices."""
    prefill: Mapping[str, Callable[[PrefillContext], dict[str, Any]]] = field(default_factory=dict)
    """By recorder: what a form holds when it is opened for the first time."""
    checks: Mapping[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = field(
        default_factory=dict
    )
    """By recorder: what must hold between the fields."""
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By recorder: which records stand beside the form (`tasks.worklist.contexts`)."""
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    """By kind: what tasks concern that concern no item."""
