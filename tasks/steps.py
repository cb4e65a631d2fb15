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

    from tasks.accounts.views import Actor
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.deadlines.reference import ReferenceData
    from tasks.forms.views import FieldError, Option
    from tasks.register.models import Item


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

    @property
    def overdue(self) -> bool:
        """Whether the task's date has passed."""
        return self.due is not None and self.now is not None and self.now > self.due


@dataclass(frozen=True, slots=True)
class PrefillContext:
    """For whom, on which item, and when a form is opened."""

    session: Session
    item: Item
    actor: Actor
    reference: ReferenceData
    variables: Mapping[str, Any]
    unit_code: str | None
    today: dt.date


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the values are compared with."""

    session: Session
    item: Item
    variables: Mapping[str, Any]
    today: dt.date


@dataclass(frozen=True, slots=True)
class Steps:
    """What one capability registers, each by the name that diagrams and forms use."""

    recorders: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """By the task header `recorder`: write a finished task's known fields."""
    handlers: Callable[[ReferenceLibrary], Mapping[str, Callable[..., Any]]] = lambda _library: {}
    """By task type: service tasks, marked `in_transaction` or run as jobs."""
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
