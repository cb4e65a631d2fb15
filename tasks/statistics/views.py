"""What the page of statistics shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HUNDRED = 1000
"""A hundred per cent, in tenths."""


@dataclass(frozen=True, slots=True)
class StatisticsFilters:
    """What is counted; empty means everything that the reader may read."""

    kind: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown."""

    code: str
    name: str
    """Chinese data; empty where the code has a word of the interface."""
    count: int
    share: int
    """In tenths of a per cent, half-up."""
    note: str = ""
    below: Sequence[Line] = ()
    """How it divides further: the sub-categories of a main category."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a number of cases divides."""

    lines: Sequence[Line]
    total: int

    @property
    def shares(self) -> int:
        """The sum of the rounded shares, in tenths; it is shown as it is, never adjusted."""
        return sum(line.share for line in self.lines)

    @property
    def even(self) -> bool:
        """Whether the rounded shares add up to 100 per cent (or there is nothing to add)."""
        return not self.total or self.shares == HUNDRED

    @property
    def largest(self) -> int:
        """The longest bar."""
        return max((line.count for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's part (handbook §5.3)."""

    code: str
    name: str
    lead: int
    co: int
    answered: int
    """Of the cases it leads."""
    overdue: int
    """Cases in which its own part is late now."""
    returns: int
    """How often its replies were returned."""
    days: int | None
    """Mean of the days from assignment to the first round's issued reply, in tenths; None before any is issued."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything on the page of statistics."""

    total: int
    assigned: int
    answered: int
    met: int
    """Assigned cases with at least one talk face to face."""
    overdue: int
    key: int
    answered_share: int
    met_share: int
    categories: Breakdown
    classes: Breakdown
    states: Breakdown
    units: Sequence[UnitLine]
    ratings: Breakdown | None
    """Of the first round, over those who rated (and the silent, as the area counts them).

    None for readers who must not know ratings.
    """
    silent: int
    """Rounds whose window passed in silence."""
    silence: str
    """The rating as which they count in `ratings`; empty where they are no part of its total."""
    years: Sequence[int]
