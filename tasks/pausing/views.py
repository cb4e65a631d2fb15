"""What the pages of a pause show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.message import Message

KINDS: Mapping[str, str] = {
    "absent": "提出人长期不在本地",
    "superior": "等待上级决定",
    "litigation": "涉及诉讼、仲裁或者审计",
    "other": "其他客观原因",
}
"""Why a clock is paused by hand; in the language of the data."""

BY_HAND = "pause"
"""Stands in a wait's note for the rule by which the clock stood still."""


@dataclass(frozen=True, slots=True)
class PauseRecord:
    """A pause that lasts."""

    at: dt.datetime
    by: str
    unit: str
    kind: str
    reason: str
    expected: dt.date | None
    over: bool = False
    """Whether the expected end has come."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One date that moves when the clock runs again."""

    what: Message | str
    who: str
    """Unit whose date it is."""
    by_system: bool
    """Whether it is the date of a reminder that the procedure gives by itself."""
    before: dt.datetime
    after: dt.datetime
    rule: str
    """By which parameter it was reckoned; empty where there is none."""
    days: int
    """Working days on which the clock stood still."""


@dataclass(frozen=True, slots=True)
class Resuming:
    """What happens when the clock runs again now."""

    pause: PauseRecord
    moves: Sequence[MovedDate]
    goes_on_waiting: Sequence[str]
    """Units of whose answer the clock goes on standing still, since the hub has not decided on an objection."""
    mark: str
    """Stands for the list, so that nobody confirms another one than he has read."""
