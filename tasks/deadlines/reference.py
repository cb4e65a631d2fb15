"""`ReferenceData`: calendar, parameters, rules and directory of one version, frozen, as FEEL functions read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError
from engine.message import say
from tasks.deadlines.calendar import Calendar, DayKind
from tasks.deadlines.counting import PeriodUnit
from tasks.deadlines.rules import DeadlineRule, Thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping


class RuleUnknown(EngineError):
    """A diagram asks for a parameter, node or setting that the area does not have."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A body as FEEL sees it; `roles` are those that somebody holds in it."""

    code: str
    name: str
    short_name: str
    kind: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReviewNode:
    """A node that the review chain's table can name; `{unit}` in its name becomes the body's short name."""

    code: str
    name: str
    side: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """Everything a date, a reviewer or a number is computed from. A case pins its version when it starts."""

    version: str
    calendar: Calendar
    rules: Mapping[str, DeadlineRule]
    lights: Mapping[str, Thresholds]
    review_nodes: Mapping[str, ReviewNode]
    settings: Mapping[str, Any]
    units: Mapping[str, UnitEntry]

    def rule(self, code: str) -> DeadlineRule:
        """The deadline of this code."""
        if code not in self.rules:
            raise RuleUnknown(
                say(
                    "Expected a deadline parameter ({known}), found “{code}”. Add it on the page of deadlines "
                    "or correct the diagram.",
                    known=", ".join(sorted(self.rules)),
                    code=code,
                )
            )
        return self.rules[code]

    def thresholds(self, stage: str) -> Thresholds:
        """When the light of this stage turns."""
        return self.lights.get(stage) or self.lights["default"]

    def unit(self, code: str) -> UnitEntry:
        """The body of this code."""
        if code not in self.units:
            raise RuleUnknown(say("Expected the code of a unit, found “{code}”.", code=code))
        return self.units[code]

    def unit_of_kind(self, kind: str) -> UnitEntry:
        """The one body of a kind, e.g. the hub."""
        found = [unit for unit in self.units.values() if unit.kind == kind]
        if not found:
            raise RuleUnknown(say("The area has no unit of the kind “{kind}”. Add it to the directory.", kind=kind))
        return found[0]


def read_reference(version: str, content: Mapping[str, Any]) -> ReferenceData:
    """From the JSON that a reference version is stored as."""
    days = {
        dt.date.fromisoformat(day): (DayKind(kind), name) for day, (kind, name) in content["calendar"]["days"].items()
    }
    return ReferenceData(
        version=version,
        calendar=Calendar(days, frozenset(content["calendar"]["published"])),
        rules={row["code"]: DeadlineRule(**{**row, "unit": PeriodUnit(row["unit"])}) for row in content["parameters"]},
        lights={stage: Thresholds.read(row) for stage, row in content["lights"].items()},
        review_nodes={
            code: ReviewNode(code, row["name"], row["side"], tuple(row["roles"]))
            for code, row in content["review_nodes"].items()
        },
        settings=content["settings"],
        units={
            row["code"]: UnitEntry(row["code"], row["name"], row["short_name"], row["kind"], frozenset(row["roles"]))
            for row in content["units"]
        },
    )
