"""A due date that explains itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from engine.message import Message


class Light(StrEnum):
    """The lights of the interface (handbook §2.2b): shape and word, not only colour."""

    NORMAL = "normal"
    NEAR = "near"
    URGENT = "urgent"
    OVERDUE = "overdue"
    PAUSED = "paused"
    """The clock stands still: nothing is due, nothing is late."""


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that a working-day period does not count, and why."""

    day: dt.date
    reason: str
    """`weekend`, or the name of the holiday as the calendar has it (Chinese data)."""


@dataclass(frozen=True, slots=True)
class Wait:
    """From when to when a clock stood still, and why; its working days were added."""

    first: dt.date
    last: dt.date
    days: int
    why: str
    """Chinese data."""


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, how near that is, and the rule that said so."""

    at: dt.datetime
    """Aware, in Beijing time."""
    light: Light
    words: Message
    """e.g. “{n} working days left”, “{n} days overdue”, “Due today”."""
    rule: str
    """Code of the parameter, e.g. `P8`; empty when a person set the date."""
    rule_name: str
    amount: str
    """Chinese data, e.g. 3个月 or 5个工作日."""
    source: str
    start: dt.date | None
    skipped: tuple[SkippedDay, ...]
    counted: tuple[dt.date, ...]
    """Make-up working days (weekend days that count)."""
    rolled_from: dt.date | None
    """The rest day on which the period would have ended before it rolled forward."""
    provisional: bool
    """True when a year is touched whose holidays are not published yet."""
    sentence: Message
    """The whole reckoning in one sentence."""
    waits: tuple[Wait, ...] = ()
    """For how long the clock stood still."""
