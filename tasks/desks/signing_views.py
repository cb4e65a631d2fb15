"""What a leader sees who signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.handling.views import ReplyRecord
    from tasks.worklist.views import TaskPage, TaskRow


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """By which row of the table of review chains a reply came to somebody, and where in the chain she stands."""

    node: str
    position: int
    length: int
    row: str
    basis: str
    """Chinese data of the table: what the row is for."""
    unit: str
    """Code of the unit whose reply it is."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits for a signature."""

    row: TaskRow
    chain: ChainPlace | None
    """None for signatures that are no review of a reply."""
    result_class: str
    """Code and name; empty where there is no reply."""
    version: int


@dataclass(frozen=True, slots=True)
class SigningPage:
    """All that waits for my signature, what hurts first."""

    cards: Sequence[Card]
    total: int
    others: int
    """Tasks of mine that are no signature: they stand in the worklist."""


@dataclass(frozen=True, slots=True)
class ToSign:
    """A reply to be passed or returned, with what a leader must know in a minute."""

    page: TaskPage
    chain: ChainPlace
    reply: ReplyRecord
    former: ReplyRecord | None
    """The version before it, to show what has changed."""
    contacts: int
    met: int
    """How many of the contacts were face to face."""
    position: int
    total: int
