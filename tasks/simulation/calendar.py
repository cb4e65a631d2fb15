"""When what happens in a simulated year (handbook §3.0), and how long people take for a step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.directory.setup import SittingDates
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random


@dataclass(frozen=True, slots=True)
class Season:
    """A year's fixed days: the session, and the common assignment."""

    sitting: SittingDates
    meeting: dt.date


SITTING = SittingDates(dt.date(2026, 2, 24), dt.date(2026, 2, 28))
MEETING = dt.date(2026, 3, 27)
"""The day of the common assignment."""
SEASON = Season(SITTING, MEETING)
LAST_DAY = dt.date(2027, 2, 19)
"""Before the next sitting."""
DAYS_TAKEN: dict[str, tuple[int, int]] = {
    "cosign": (0, 1),
    "first_review": (1, 6),
    "edit": (0, 1),
    "final_review": (1, 4),
    "assign": (1, 4),
    "sign_in": (0, 3),
    "decide_objection": (1, 3),
    "leader_ruling": (1, 2),
    "endorse": (0, 1),
    "consider_addition": (1, 2),
    "plan": (2, 8),
    "consult": (3, 15),
    "consult_again": (5, 15),
    "opinion": (8, 25),
    "approve_opinion": (0, 2),
    "accept_opinion": (0, 2),
    "proceed": (0, 3),
    "draft": (5, 25),
    "review": (0, 2),
    "issue": (0, 2),
    "rate": (1, 18),
    "study": (1, 4),
    "visit": (2, 10),
    "closing_report": (2, 8),
    "closing_review": (1, 6),
    "closing_check": (1, 4),
    "publish": (1, 5),
    "progress": (0, 8),
    "fulfil": (0, 5),
    "self_evaluate": (3, 9),
    "panel_hub": (1, 6),
    "panel_npc": (1, 6),
    "panel_cppcc": (1, 6),
    "approve": (1, 3),
    "appeal": (1, 4),
}
"""Working days, from and to; other steps take one to three."""
_USUAL = (1, 3)


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + dt.timedelta(days=number)


def morning(day: dt.date) -> dt.datetime:
    """When offices open."""
    return dt.datetime.combine(day, dt.time(8, 30), BEIJING)


def days_taken(random: Random, element: str) -> int:
    """Working days that somebody takes for a step."""
    return random.randint(*DAYS_TAKEN.get(element, _USUAL))
