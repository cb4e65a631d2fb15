"""Every date of a case that moves when its clock runs again: of units' parts, of open steps, of reminders to come.

A date whose expression reads the waits (`after waiting`) is reckoned anew by its own rule. Any other one, such as the
days for a review, moves by the working days on which its clock stood still.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.deadlines.counting import PeriodUnit, reckon
from tasks.deadlines.sections import settings_of
from tasks.directory.models import Unit
from tasks.handling.rounds import answer_of, current_parts
from tasks.handling.waiting import RULE, Moved, moves_of, objection_waits
from tasks.pausing.queries import why_of
from tasks.pausing.steps import is_clocked
from tasks.pausing.views import BY_HAND, MovedDate
from tasks.settings import BEIJING
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.commands.acting import OpenCase
    from engine.views import Dated
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData
    from tasks.deadlines.rules import DeadlineRule
    from tasks.handling.models import Assignment
    from tasks.pausing.models import ClockPause
    from tasks.register.models import Item


@dataclass(frozen=True, slots=True)
class Later:
    """An open step or a reminder that moves."""

    date: Dated
    after: dt.datetime
    notes: Sequence[Mapping[str, Any]]
    """As the engine keeps them: {expression, notes} for each."""
    unit: str
    rule: str
    days: int

    @property
    def shown(self) -> MovedDate:
        """For the list."""
        return MovedDate(
            self.date.name, self.unit, self.date.kind == "timer", self.date.due, self.after, self.rule, self.days
        )


@dataclass(frozen=True, slots=True)
class Found:
    """All that happens when the clock runs again at one moment."""

    parts: Sequence[Assignment]
    """Those whose clock runs again."""
    moved: Sequence[Moved]
    later: Sequence[Later]
    rules: Mapping[str, DeadlineRule]
    """By code, so that they can be called by their names."""
    waiting: Sequence[str]
    """Units of whose answer an objection waits: their dates move when it is decided."""

    @property
    def shown(self) -> list[MovedDate]:
        """The list that is read before the click."""
        shown = [*(_part_shown(one) for one in self.moved), *(one.shown for one in self.later)]
        return [replace(one, rule=self._named(one.rule)) for one in shown]

    def _named(self, code: str) -> str:
        return f"{code} {self.rules[code].name}" if code in self.rules else code

    @property
    def mark(self) -> str:
        """Changes with the list."""
        told = [(str(one.what), one.who, one.before.isoformat(), one.after.isoformat()) for one in self.shown]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def find(banli: Banli, case: OpenCase, session: Session, item: Item, pause: ClockPause) -> Found:
    """What moves now. The case learns of the waits (`case.revise`); no date is moved yet, and no row is written."""
    at = banli.now()
    parts, waiting = _sorted_out(session, item)
    moved = moves_of(session, item, parts, at, BY_HAND)
    works = {work.task_id: work for work in clocked(session, item) if work.suspended_at is not None}
    dates = [date for date in case.dates() if date.task_id in works]
    before = {date.id: case.reckoned(date)[0] for date in dates}
    case.revise(lambda variables: _facts(variables, parts, moved))
    units: dict[str, str] = dict(session.execute(select(Unit.code, Unit.short_name)).all())
    reference = banli.reference(None)
    later = []
    for date in dates:
        work = works[date.task_id]
        after, notes = case.reckoned(date)
        if after is None or before[date.id] != date.due or after == date.due:
            after, notes = _shifted(reference, date, work, pause, at)
        if after is not None and after != date.due:
            later.append(Later(date, after, notes, units.get(work.unit_code or "", ""), *_told(notes, work)))
    return Found(parts, moved, later, reference.rules, waiting)


def clocked(session: Session, item: Item) -> list[Work]:
    """The open steps of a case whose clock stands still with the reply's."""
    works = session.scalars(select(Work).where(Work.item_id == item.id, Work.state == "open").order_by(Work.opened_at))
    return [work for work in works if work.due is not None and is_clocked(work.recorder, work.texts, work.due_notes)]


def _sorted_out(session: Session, item: Item) -> tuple[list[Assignment], list[str]]:
    """Whose clock runs again, and who goes on waiting for the hub's decision on an objection."""
    held = [part for part in current_parts(session, item) if part.suspended_at is not None]
    if not settings_of(session, item.area_id).get(RULE, False):
        return held, []
    waiting = {part.answer for part in held if objection_waits(session, item, part.answer)}
    return (
        [part for part in held if part.answer not in waiting],
        [part.unit.short_name for part in held if part.answer in waiting],
    )


def _facts(
    variables: Mapping[str, Any], parts: Sequence[Assignment], moved: Sequence[Moved]
) -> dict[str, Any]:
    """The waits of an answer, for an instance that was called with them."""
    if not variables.get("mandate"):
        return {}
    position = answer_of(variables)
    waits = {one.part.unit.code: one.notes[-1]["waits"] for one in moved if one.part.answer == position}
    if not waits:
        return {}
    told: dict[str, Any] = {}
    leads = [part.unit.code for part in parts if part.answer == position and part.role not in ("co", "joint")]
    if "waits" in variables and leads and leads[0] in waits:
        told["waits"] = waits[leads[0]]
    if variables.get("signatures"):
        told["signatures"] = [
            {**one, "waits": waits.get(one["unit"], one.get("waits") or [])} for one in variables["signatures"]
        ]
    return told


def _shifted(
    reference: ReferenceData, date: Dated, work: Work, pause: ClockPause, at: dt.datetime
) -> tuple[dt.datetime | None, list[dict[str, Any]]]:
    """The date moved by the working days on which its clock stood still, counted from when it began to run."""
    ruled: Mapping[str, Any] = next((note for note in reversed(work.due_notes) if "rule" in note), {})
    began = dt.date.fromisoformat(ruled["start"]) if ruled.get("start") else _day(date.began)
    first, last = max(began, _day(work.suspended_at or pause.at)), _day(at)
    days = reference.calendar.working_days_between(first, last)
    if not days:
        return None, []
    due = date.due.astimezone(BEIJING)
    moved = reckon(reference.calendar, due.date(), days, PeriodUnit.WORKING_DAYS).last
    wait = {"from": first.isoformat(), "to": last.isoformat(), "days": days, "why": why_of(pause), "rule": BY_HAND}
    waits = next((list(note["waits"]) for note in reversed(work.due_notes) if "waits" in note), [])
    note = {"waits": [*waits, wait], "before": due.date().isoformat(), "last": moved.isoformat()}
    kept = [{"expression": "暂停计时", "notes": [*work.due_notes, note]}]
    return dt.datetime.combine(moved, due.timetz()), kept


def _told(notes: Sequence[Mapping[str, Any]], work: Work) -> tuple[str, int]:
    """By which rule a date is reckoned, and how many working days were added now."""
    flat = [note for step in notes for note in step.get("notes", ())]
    rule = next((note["rule"] for note in reversed(flat) if "rule" in note), "")
    waits: Sequence[Mapping[str, Any]] = next((note["waits"] for note in reversed(flat) if "waits" in note), ())
    known = len(next((note["waits"] for note in reversed(work.due_notes) if "waits" in note), ()))
    return str(rule), sum(int(wait["days"]) for wait in waits[known:])


def _part_shown(one: Moved) -> MovedDate:
    note = next((note for note in one.notes if "rule" in note), {})
    what = say("Opinion of the co-handling unit") if one.part.role == "co" else say("Reply of the unit")
    return MovedDate(what, one.part.unit.short_name, False, one.before, one.after, str(note.get("rule", "")), one.days)


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(BEIJING).date()
