"""What the desk of a committee shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.deadlines.views import Due
    from tasks.worklist.views import TaskRow


@dataclass(frozen=True, slots=True)
class KeyItem:
    """A key item on its way, and how it is pressed."""

    item_id: int
    kind: str
    number: str
    title: str
    note: str
    """Who leads it, as the designation says."""
    unit: str
    state: str
    overdue: int
    """Open tasks past their date."""
    reminders: int
    slips: int
    inspected: dt.date | None
    """The day of the last inspection."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that falls due this month, or should have been kept before."""

    item_id: int
    kind: str
    number: str
    title: str
    unit: str
    promise: str
    due: Due


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """Everything that a committee must do or watch today."""

    name: str
    filing: Sequence[TaskRow]
    study: Sequence[TaskRow]
    """Dissatisfied ratings to be studied."""
    extensions: Sequence[TaskRow]
    closings: Sequence[TaskRow]
    others: Sequence[TaskRow]
    totals: Mapping[str, int]
    """How many there are of each of these lists, of which only the first lines are shown."""
    silent: Sequence[TaskRow]
    """Ratings that nobody has given yet, those whose window closes first on top; the holder is the proposer."""
    silent_total: int
    key_items: Sequence[KeyItem]
    key_total: int
    promises: Sequence[Promise]
    promises_total: int
    month_ends: dt.date
