"""What the dispatch sheet shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.deadlines.views import Due
    from tasks.forms.views import FieldError, Option


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One item of the sheet: to be triaged (with a task), or triaged and waiting for the meeting."""

    item_id: int
    task_id: str
    """Of the triage; empty when it is done and the item waits."""
    kind: str
    number: str
    title: str
    category: str
    proposer: str
    wished: str
    """Which units the proposer hopes for."""
    lead: str
    """Short names, as they are typed: of the lead unit, or of all that handle it separately."""
    co: str
    key: str
    mode: str
    due: Due | None
    editable: bool
    """Whether this reader may change the row here; one with joint or separate units is changed on its own page."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A common assignment that has taken place."""

    at: dt.datetime
    by: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet."""

    rows: Sequence[SheetRow]
    """A page of what waits for its triage."""
    total: int
    page: int
    pages: int
    waiting: Sequence[SheetRow]
    """A page of what waits for the meeting."""
    others_waiting: Sequence[int]
    """The items of its other pages: all are assigned at one moment."""
    waiting_page: int
    waiting_pages: int
    units: Sequence[Option]
    key_kinds: Mapping[str, str]
    meetings: Sequence[Meeting]
    may_edit: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of the rows that were confirmed."""

    done: int
    refused: Mapping[str, Sequence[FieldError]]
    """By task id: why a row was not confirmed; it is kept as it was typed."""
