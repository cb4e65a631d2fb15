"""What the desk of a unit's office shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.deadlines.views import Due
    from tasks.forms.views import FieldError, Option
    from tasks.worklist.views import TaskRow


@dataclass(frozen=True, slots=True)
class Objection:
    """What the unit has asked about its assignment and nobody has decided yet."""

    item_id: int
    kind: str
    number: str
    title: str
    asked: str
    """In words: what was asked, and why."""
    at: dt.datetime
    decides: str
    """Name of the step that waits for the decision."""
    due: Due | None


@dataclass(frozen=True, slots=True)
class Load:
    """One of the unit's people and what she has in hand."""

    account: str
    name: str
    title: str
    open: int
    overdue: int
    next_due: Due | None


@dataclass(frozen=True, slots=True)
class OfficePage:
    """Everything that a unit's office must do today."""

    unit: str
    sign_ins: Sequence[TaskRow]
    """The date of each is the last day of its window: until then the unit may object."""
    handlers: Sequence[Option]
    """Whom the office may name as handler; the hint is the telephone."""
    objections: Sequence[Objection]
    issues: Sequence[TaskRow]
    publications: Sequence[TaskRow]
    others: Sequence[TaskRow]
    totals: Mapping[str, int]
    """How many there are of each of these lists, of which only the first lines are shown."""
    loads: Sequence[Load]
    unclaimed: int
    """Tasks of the unit that nobody has yet."""
    overdue: int
    """Of all tasks of the unit."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What one of the unit's people has in hand."""

    unit: str
    name: str
    """Empty: the tasks that nobody has yet."""
    rows: Sequence[TaskRow]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class SignedMany:
    """What became of the rows that were signed in together."""

    done: int
    refused: Mapping[str, Sequence[FieldError]]
    """By task id: why a row was not signed in; it is kept as it was typed."""
