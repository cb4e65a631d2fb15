"""What the watch page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from engine.standing import RunningVersion


@dataclass(frozen=True, slots=True)
class ShapeLine:
    """One shape with its figures."""

    element_id: str
    name: str
    standing: int
    overdue: int
    stay: dt.timedelta | None
    instances: int
    repeated: int
    is_task: bool

    @property
    def return_rate(self) -> float | None:
        """The share of cases that came by more than once; None where nobody came."""
        return self.repeated / self.instances if self.instances else None

    @property
    def stay_days(self) -> float | None:
        """The average stay in days."""
        return self.stay.total_seconds() / 86400 if self.stay is not None else None


@dataclass(frozen=True, slots=True)
class WatchPage:
    """A process with its figures."""

    process_id: str
    name: str
    version: int
    """Of the diagram that is shown."""
    chosen: int | None
    """The version whose instances are counted; None: of all."""
    period: str
    versions: Sequence[RunningVersion]
    processes: Sequence[tuple[str, str]]
    lines: Sequence[ShapeLine]
    standing: int
    overdue: int
    xml: str
    may_open_cases: bool


@dataclass(frozen=True, slots=True)
class StandingCase:
    """A case that stands at a shape."""

    item_id: int
    kind: str
    number: str
    title: str
    since: dt.datetime
    due: dt.datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class StandingCases:
    """The longest of the cases that stand at a shape, and how many there are."""

    rows: Sequence[StandingCase]
    total: int
