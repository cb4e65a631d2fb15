"""What the page of absences shows, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from tasks.forms.views import Option


@dataclass(frozen=True, slots=True)
class AbsenceWish:
    """What somebody typed: accounts, days as a browser sends them, a remark."""

    account: str
    substitute: str
    first_day: str
    last_day: str
    remark: str = ""


class AbsenceState(StrEnum):
    """Where an absence stands today."""

    WAITING = "waiting"
    """An administrator must accept the substitute, who is of another unit."""
    AHEAD = "ahead"
    IN_FORCE = "in_force"
    OVER = "over"
    ENDED = "ended"
    """Taken back, or ended early."""


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One line."""

    absence_id: int
    account: str
    name: str
    unit: str
    substitute_name: str
    substitute_unit: str
    first_day: dt.date
    last_day: dt.date
    remark: str
    set_by: str
    state: AbsenceState
    can_end: bool
    can_accept: bool


@dataclass(frozen=True, slots=True)
class AbsencePage:
    """My absences, those that I look after, those in which I stand in, and the choices of the form."""

    mine: Sequence[AbsenceRow]
    others: Sequence[AbsenceRow]
    """Of my unit for its leaders, of everybody for administrators."""
    standing_in: Sequence[AbsenceRow]
    people: Sequence[Option]
    """For whom I may set one, myself first."""
    substitutes: Mapping[str, Sequence[Option]]
    """By unit, my own first."""
