"""The rules a date follows: deadline parameters and thresholds of lights, as they are frozen for a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.deadlines.counting import PeriodUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNIT_NAMES = {PeriodUnit.WORKING_DAYS: "个工作日", PeriodUnit.CALENDAR_DAYS: "天", PeriodUnit.MONTHS: "个月"}


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One of P1–P21, or a further deadline that an area has named."""

    code: str
    name: str
    amount: int
    unit: PeriodUnit
    counts_from: str
    source: str
    not_after: str = ""

    @property
    def amount_words(self) -> str:
        """e.g. 5个工作日, 3个月."""
        fixed = f"，且不晚于{self.not_after}" if self.not_after else ""
        return f"{self.amount}{_UNIT_NAMES[self.unit]}{fixed}"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a light turns: at most so many days left, in working or calendar days."""

    unit: PeriodUnit
    near: int
    urgent: int

    @classmethod
    def read(cls, content: Mapping[str, object]) -> Thresholds:
        """From a row of the lights table."""
        return cls(PeriodUnit(str(content["unit"])), int(str(content["near"])), int(str(content["urgent"])))
