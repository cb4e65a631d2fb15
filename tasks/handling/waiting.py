"""The clock of the reply stands still while the hub decides on an objection (暂停计时; handbook §4.3, `pause_policy`).

All parts of the answer wait, since nobody works on it before every unit has signed. When the last objection is decided
their dates move by the working days waited; a day that people agreed on stays. A clock that was paused by hand
(`tasks.pausing`) stands still for as long as either reason lasts, and its dates move once, when the last one ends.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.deadlines.functions import after_waiting, deadline
from tasks.deadlines.models import ReferenceVersion
from tasks.deadlines.reference import ReferenceData, read_reference
from tasks.deadlines.sections import settings_of
from tasks.handling.models import Adjustment, Assignment
from tasks.handling.rounds import current_parts
from tasks.pausing.queries import open_pause, pauses, why_of
from tasks.pausing.views import BY_HAND
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.register.models import Item

RULE = "pause_policy"
WHY = "等待裁定申请调整（本区规定：等待裁定期间答复暂停计时）"
"""Why the clock stood still, in the language of the data."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A part's date that moves when the wait ends now."""

    part: Assignment
    before: dt.datetime
    after: dt.datetime
    notes: Sequence[dict[str, Any]]
    days: int

    @property
    def told(self) -> str:
        """One entry of the list of what moves."""
        what = "会办意见" if self.part.role == "co" else "答复"
        return f"{self.part.unit.short_name}{what}{_day(self.before)}→{_day(self.after)}"


def begin(session: Session, item: Item, part: Assignment, at: dt.datetime) -> None:
    """An objection goes to the hub: where the area says so, the clock of the answer stands still from now on."""
    if not settings_of(session, item.area_id).get(RULE, False):
        return
    for one in current_parts(session, item, part.answer):
        if rule_note(one) is not None:
            one.suspended_at = one.suspended_at or at


def end(session: Session, item: Item, asked: Adjustment, at: dt.datetime) -> list[Moved]:
    """An objection is decided: unless something else keeps the answer waiting, its clock runs again; the dates move."""
    answer = asked.assignment.answer
    if objection_waits(session, item, answer, but=asked.id) or open_pause(session, item.id) is not None:
        return []
    return run_again(session, item, current_parts(session, item, answer), at, RULE)


def would_move(session: Session, item: Item, asked: Adjustment, at: dt.datetime) -> list[Moved]:
    """Every date that moves if this objection is decided at this moment: the hub reads the list above its decision."""
    answer = asked.assignment.answer
    if objection_waits(session, item, answer, but=asked.id) or open_pause(session, item.id) is not None:
        return []
    return moves_of(session, item, current_parts(session, item, answer), at, RULE)


def run_again(
    session: Session, item: Item, parts: Sequence[Assignment], at: dt.datetime, rule: str
) -> list[Moved]:
    """The clock of these parts runs again: their dates move by the time that they stood still."""
    moved = moves_of(session, item, parts, at, rule)
    for one in moved:
        one.part.due, one.part.due_notes = one.after, [*one.part.due_notes, *one.notes]
    for part in parts:
        part.suspended_at = None
    return moved


def end_with_reply(session: Session, item: Item, answer: int, at: dt.datetime) -> None:
    """A reply is out although its clock was paused: the dates of its parts move by the time that they stood still."""
    paused = open_pause(session, item.id)
    if paused is None:
        return
    run_again(session, item, current_parts(session, item, answer), at, BY_HAND)
    if all(part.suspended_at is None for part in current_parts(session, item)):
        paused.ended_at = at


def end_with_case(session: Session, item: Item, at: dt.datetime) -> None:
    """The case is over: nothing of it can run again."""
    paused = open_pause(session, item.id)
    if paused is not None:
        paused.ended_at = at


def moves_of(
    session: Session, item: Item, parts: Sequence[Assignment], at: dt.datetime, rule: str
) -> list[Moved]:
    """The dates of these parts that move if their clock runs again at this moment; nothing is changed."""
    found = []
    for part in parts:
        note = rule_note(part)
        if part.suspended_at is None or part.due is None or note is None:
            continue
        reference = _reference(session, str(note["reference"]))
        first, last = part.suspended_at.astimezone(BEIJING).date(), at.astimezone(BEIJING).date()
        days = reference.calendar.working_days_between(first, last)
        if not days:
            continue
        wait = {"from": first.isoformat(), "to": last.isoformat(), "days": days,
                "why": _why(session, item, part.suspended_at, rule), "rule": rule, "at": at.isoformat()}  # fmt: skip
        due, notes = reckoned(reference, note, [*waits_of(part), wait])
        notes[-1]["was"] = _day(part.due)
        found.append(Moved(part, part.due, due, notes, days))
    return found


def reckoned(
    reference: ReferenceData, note: dict[str, Any], waits: Sequence[dict[str, Any]]
) -> tuple[dt.datetime, list[dict[str, Any]]]:
    """The date of a rule's note under this reference data, after the waits; with its notes."""
    ruled = deadline(reference, note["rule"], dt.date.fromisoformat(note["start"]))
    at: Any = ruled.value
    if not waits:
        return at, [dict(ruled.notes)]
    noted = after_waiting(reference, at, waits)
    return noted.value, [dict(ruled.notes), dict(noted.notes)]


def rule_note(part: Assignment) -> dict[str, Any] | None:
    """The reckoning by a rule on which the part's date rests; None where people agreed on a day."""
    note = next((note for note in reversed(part.due_notes) if "rule" in note), None)
    return None if note is None or note.get("agreed") else note


def waits_of(part: Assignment) -> list[dict[str, Any]]:
    """The times for which the part's clock stood still already."""
    return next((list(note["waits"]) for note in reversed(part.due_notes) if "waits" in note), [])


def objection_waits(session: Session, item: Item, answer: int, but: int | None = None) -> bool:
    """Whether the hub has still to decide on an objection of this answer, another one than `but`."""
    rows = session.scalars(
        select(Adjustment)
        .join(Assignment, Assignment.id == Adjustment.assignment_id)
        .where(Adjustment.item_id == item.id, Adjustment.verdict == "")
        .where(Assignment.answer == answer, Adjustment.act != "add")
    )
    return any(row.id != but and (row.act != "again" or row.endorsed_task) for row in rows)


def _why(session: Session, item: Item, since: dt.datetime, rule: str) -> str:
    """Every reason for which a clock stood still since then."""
    by_hand = [pause for pause in pauses(session, item.id) if pause.ended_at is None or pause.ended_at > since]
    objected = rule == RULE or all(pause.at > since for pause in by_hand)
    return "；".join([*([WHY] if objected else []), *(why_of(pause) for pause in by_hand)])


def _reference(session: Session, version: str) -> ReferenceData:
    content = session.scalars(select(ReferenceVersion.content).where(ReferenceVersion.digest == version)).one()
    return read_reference(version, content)


def _day(at: dt.datetime) -> str:
    return at.astimezone(BEIJING).date().isoformat()
