"""What the pages of supervision show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.deadlines.views import Due
    from tasks.forms.views import Option
    from tasks.worklist.views import TaskRow


@dataclass(frozen=True, slots=True)
class ReminderRecord:
    """One reminder: by a person, or by the daily round (`by` is empty then)."""

    task_id: str
    step_name: str
    kind: str
    """`act`, `round` or `bulletin`."""
    text: str
    by: str
    receiver: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An open task on the light board."""

    row: TaskRow
    holder: str
    """The unit, or the person."""
    unit_code: str
    reminders: int
    slips: int


@dataclass(frozen=True, slots=True)
class SlipItemRecord:
    """An item that a slip is about, and the unit's answer on it."""

    item_id: int
    kind: str
    number: str
    title: str
    session_name: str
    explanation: str
    promised_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SlipRecord:
    """A slip with everything that became of it."""

    id: int
    items: Sequence[SlipItemRecord]
    """Those that this reader may know."""
    unit_code: str
    unit: str
    unit_full_name: str
    hub: str
    level: str
    number: str
    state: str
    problem: str
    requirement: str
    reply_by: dt.date | None
    issued_on: dt.date | None
    signer: str
    previous: Sequence[str]
    """Numbers of the slips before it, newest first."""
    explained_by: str
    explained_at: dt.datetime | None
    judgement: str
    judged_by: str
    by: str
    """Empty: the daily round."""
    rule: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class UnitCase:
    """A case of a unit whose light has turned, on the form for one slip to the unit."""

    item_id: int
    kind: str
    number: str
    title: str
    step_name: str
    due: Due
    slips: int
    """How many the unit has had about it."""
    asked: str
    """Kind of slip that the table of lights asks for; empty: none."""
    rule: str


@dataclass(frozen=True, slots=True)
class UnitSlipPage:
    """The form for one slip to a unit about several of its cases."""

    code: str
    unit: str
    cases: Sequence[UnitCase]
    level: str
    """The sharpest kind that the table asks for."""
    previous: Sequence[str]
    """Numbers of the slips that the unit has had this year, newest first."""


@dataclass(frozen=True, slots=True)
class RectificationRecord:
    """What has to be put right, and whether it was."""

    id: int
    text: str
    due: dt.date
    result: str
    done_on: dt.date | None
    late: bool


@dataclass(frozen=True, slots=True)
class InspectionRecord:
    """A supervision on a case or a unit."""

    id: int
    kind_name: str
    unit: str
    item_id: int | None
    title: str
    on: dt.date
    people: str
    findings: str
    rectifications: Sequence[RectificationRecord]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page of supervision."""

    rows: Sequence[BoardRow]
    page: int
    pages: int
    total: int
    counts: Mapping[str, int]
    """By light, and `slips`, `bulletin`."""
    slips: Sequence[SlipRecord]
    bulletin: Sequence[ReminderRecord]
    inspections: Sequence[InspectionRecord]
    units: Sequence[Option]
    kinds: Sequence[Option]
    may: bool
    """Whether this reader presses and issues, or only reads."""
