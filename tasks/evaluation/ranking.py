"""Groups, places and quotas (handbook §5.6): ranked inside a group, ties by fixed rules, grades by quota."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from tasks.evaluation.scheme import Group, Scheme, compiled
from tasks.evaluation.scoring import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tasks.evaluation.views import Figure

EXCELLENT, GOOD, PASSED, FAILED = "优秀", "良好", "合格", "不合格"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a unit is ranked by."""

    unit_code: str
    group: str
    total: Decimal
    grade: str
    """By the total or by the scheme's own logic, before quotas."""
    overdue: Decimal = ZERO
    return_ratio: Decimal = ZERO
    load: Decimal = ZERO

    @property
    def order(self) -> tuple[Decimal, Decimal, Decimal, Decimal, str]:
        """The total; ties by fewer overdue, lower return ratio, higher load, code (handbook §5.6)."""
        return -self.total, self.overdue, self.return_ratio, -self.load, self.unit_code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit came in."""

    unit_code: str
    rank: int
    grade: str
    tie: str
    """By which rule it stands behind the one before it with the same total; empty where the totals differ."""


TIES = ("", "逾期件数", "退办比例", "办件量", "单位代码")


def candidate(unit_code: str, group: str, total: Decimal, grade: str, figures: Mapping[str, Figure]) -> Candidate:
    """A unit with the figures that ties are broken by."""

    def value(code: str) -> Decimal:
        found = figures.get(code)
        return found.value if found is not None and found.value is not None else ZERO

    return Candidate(unit_code, group, total, grade, value("逾期件数"), value("退办比例"), value("办件量"))


def group_of(scheme: Scheme, unit_code: str, unit: str, figures: Mapping[str, Figure]) -> str:
    """The first group whose condition holds for the unit; empty where the scheme has none for it."""
    scope = {**values_of(figures), "单位": unit, "单位代码": unit_code}
    return next((group.code for group in scheme.groups if compiled(group.when).evaluate(scope) is True), "")


def ranked(scheme: Scheme, candidates: Iterable[Candidate]) -> dict[str, Place]:
    """Places in each group. Beyond its quota an excellent unit counts as good, a good one as passed."""
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.group, []).append(one)
    rules = {group.code: group for group in scheme.groups}
    return {
        place.unit_code: place for code, members in groups.items() for place in _places(members, rules.get(code))
    }


def _places(members: Sequence[Candidate], group: Group | None) -> list[Place]:
    ordered = sorted(members, key=lambda one: one.order)
    excellent = _quota(group.excellent, len(ordered)) if group is not None else len(ordered)
    good = _quota(group.good, len(ordered)) if group is not None else len(ordered)
    places: list[Place] = []
    for index, one in enumerate(ordered):
        grade = one.grade
        if grade == EXCELLENT:
            grade, excellent = (EXCELLENT, excellent - 1) if excellent else (GOOD, excellent)
        if grade == GOOD:
            grade, good = (GOOD, good - 1) if good else (PASSED, good)
        places.append(Place(one.unit_code, index + 1, grade, _tie(ordered[index - 1], one) if index else ""))
    return places


def _quota(rule: Decimal, units: int) -> int:
    if rule >= 1:
        return int(rule)
    return max(1, int((rule * units).quantize(Decimal(1), ROUND_HALF_UP))) if rule else 0


def _tie(before: Candidate, after: Candidate) -> str:
    if before.total != after.total:
        return ""
    pairs = zip(TIES, before.order, after.order, strict=True)
    return next(name for name, one, other in pairs if one != other)
