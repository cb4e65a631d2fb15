"""What the pages of tracking show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.cases.views import ItemState
    from tasks.deadlines.views import Due
    from tasks.forms.views import Option


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What a unit reported on a promise."""

    kind: str
    """`progress`, `done`, `postponed` or `changed`."""
    text: str
    evidence: str
    new_due: dt.date | None
    verdict: str
    """Of the unit's head: empty, `signed` or `refused`."""
    signed_by: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CommitmentRecord:
    """One promise of a reply with everything that was reported on it."""

    id: int
    unit_code: str
    unit: str
    measure: str
    promise: str
    promised_on: dt.date
    original_due: dt.date
    due: dt.date
    state: str
    """`open`, `fulfilled` or `changed`."""
    fulfilled_on: dt.date | None
    reports: Sequence[ReportRecord]

    @property
    def postponed(self) -> bool:
        """Whether it runs to a later date than the reply promised."""
        return self.due > self.original_due


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One line of the commitment ledger."""

    record: CommitmentRecord
    item_id: int
    kind: str
    number: str
    title: str
    due: Due


@dataclass(frozen=True, slots=True)
class LedgerFilters:
    """Typed filters of the ledger; empty means no restriction."""

    text: str = ""
    unit: str = ""
    state: str = ""
    """`open`, `fulfilled`, `changed`, or `postponed` for those with a later date."""
    light: str = ""
    item: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The ledger: its lines, and the figures on top of it."""

    rows: Sequence[CommitmentRow]
    figures: Mapping[str, int]
    """`all`, `open`, `overdue`, `fulfilled`, `postponed`, `changed`: each counts what its filter finds."""
    units: Sequence[Option]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the look-back table (handbook §3.2, step 21: columns of a real one)."""

    item_id: int
    kind: str
    number: str
    session_name: str
    title: str
    proposer: str
    unit: str
    class_before: str
    class_now: str
    verdict: str
    explanation: str
    reopened: bool


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign in the list."""

    id: int
    name: str
    scope: str
    units: Sequence[str]
    due: dt.date
    total: int
    done: int
    solved: int
    relapsed: int
    checklist: str
    by: str
    """Name of who began it, and so set its date."""
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """One campaign with a page of its table."""

    campaign: CampaignRow
    rows: Sequence[VisitRow]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class RolledOver:
    """An item that goes over into the next year, and why."""

    item_id: int
    kind: str
    number: str
    title: str
    state: ItemState
    lead_unit: str
    why: str
    """`unfinished`, or `promises` for promises that fall due later."""
    until: dt.date | None
    """The last date that was promised."""


@dataclass(frozen=True, slots=True)
class RollOverPage:
    """A page of what goes over."""

    rows: Sequence[RolledOver]
    page: int
    pages: int
    total: int
