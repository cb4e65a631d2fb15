"""What a draft is checked against: the deadlines, settings, units and review nodes that are in force, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.packages.manifest import DEADLINES, PackageInvalid
from tasks.packages.named_deadlines import NamedDeadline, read_deadlines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData


@dataclass(frozen=True, slots=True)
class World:
    """Reference data of today and the named deadlines that the draft brings along."""

    reference: ReferenceData
    own_deadlines: Sequence[NamedDeadline]
    deployed: frozenset[str]
    """Processes that are deployed, in whichever package."""

    @property
    def deadlines(self) -> frozenset[str]:
        """The codes that `deadline()` may be asked for."""
        return frozenset(self.reference.rules) | {one.code for one in self.own_deadlines}

    @property
    def groups(self) -> frozenset[str]:
        """Candidate groups that somebody is in."""
        return frozenset(f"{unit.code}:{role}" for unit in self.reference.units.values() for role in unit.roles)


def world_of(banli: Banli, files: Mapping[str, bytes]) -> World:
    """The world of a draft with these files; a broken file of deadlines counts as empty (the check names it)."""
    try:
        own = read_deadlines(files[DEADLINES]) if DEADLINES in files else []
    except PackageInvalid:
        own = []
    return World(banli.reference(), own, frozenset(one.key for one in banli.engine.processes()))
