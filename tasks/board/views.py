"""What the board of units and steps shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.deadlines.views import Light
    from tasks.worklist.views import TaskRow


@dataclass(frozen=True, slots=True)
class Cell:
    """How many tasks of a unit stand at a stage, and the light of the most urgent one."""

    count: int
    light: Light
    burning: int
    """How many have that light."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit across all stages."""

    code: str
    name: str
    cells: Mapping[str, Cell]
    """By stage; a stage where nothing stands is missing."""
    total: int
    overdue: int
    returns: int
    """How often replies of the cases that it leads were returned."""


@dataclass(frozen=True, slots=True)
class BoardOfUnits:
    """The whole board."""

    stages: Sequence[tuple[str, str]]
    """Code and name, in the order of the procedure."""
    lines: Sequence[UnitLine]
    quiet: int
    """Units with nothing in hand, which are left out."""
    totals: Mapping[str, int]
    """`open`, `overdue`, `urgent`, `near`, `units` (with something overdue)."""


@dataclass(frozen=True, slots=True)
class CellTasks:
    """What stands behind one cell (or one line)."""

    unit: str
    stage: str
    rows: Sequence[TaskRow]
    total: int
    page: int
    pages: int
