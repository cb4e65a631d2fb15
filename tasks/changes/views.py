"""What the pages of changes show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from engine.message import Message


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what it was, what it became."""

    label: Message
    before: Message | str
    after: Message | str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One setting of a change; `before` or `after` is missing where it was made or removed."""

    kind: str
    kind_name: Message
    subject: str
    name: str
    made: bool
    removed: bool
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Carrying:
    """How far a change has been carried out for running cases."""

    total: int
    waiting: int
    moved: int
    failed: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the log."""

    change_id: int
    at: dt.datetime
    by: str
    why: str
    reach: str
    parts: Sequence[PartRow]
    undoes: int | None
    undone_by: int | None
    obstacle: Message | None
    """Why it cannot be taken back; None when it can."""
    carrying: Carrying | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A date that will move."""

    what: Message | str
    who: str
    """The unit or person with whom it is; empty for a timer."""
    is_timer: bool
    before: dt.datetime
    after: dt.datetime
    turns: Message | None
    """How the light turns by it, where it crosses today."""


@dataclass(frozen=True, slots=True)
class CaseMoves:
    """A running case and its dates that will move."""

    item_id: int | None
    kind: str
    number: str
    title: str
    moves: Sequence[MoveRow]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change does to running cases, before it is made."""

    cases: Sequence[CaseMoves]
    dates: int
    following: int
    """Running cases that follow the change in what is still to come, moved ones included."""
    mark: str
    """Digest of the list: what is confirmed must be what was shown."""
