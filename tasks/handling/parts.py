"""The units' parts in a round: opened, handed over, added and settled (handbook §3.2, steps 6–8)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.errors import NotFound
from engine.message import say
from tasks.deadlines.functions import deadline
from tasks.directory.models import Unit
from tasks.handling.models import Assignment
from tasks.handling.recording import unit_id
from tasks.handling.rounds import answer_of, current_parts
from tasks.handling.waiting import rule_note, waits_of
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.register.models import Item


BESIDE = ("co", "joint")
"""Roles of units that answer through the lead unit."""


def part_of(session: Session, item: Item, unit_code: str) -> Assignment:
    """One unit's part that counts now."""
    found = next((part for part in current_parts(session, item) if part.unit.code == unit_code), None)
    if found is None:
        raise NotFound(say("There is no unit “{code}”.", code=unit_code))
    return found


def sign(
    part: Assignment, at: dt.datetime, handler: str | None = None, phone: str | None = None, remark: str | None = None
) -> None:
    """The unit has confirmed receipt (签收)."""
    part.signed_at = at
    part.handler = handler or ""
    part.phone = phone or ""
    part.remark = remark or ""


def reassign(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """An objection was granted: the part goes to another unit, or ends where nobody takes a co-handling unit's place.

    Only this part changes hands. A lead unit's successor inherits the date of the reply, which is statutory; the
    opinion of a co-handling successor counts from today, and is not due before the date that its part had with the
    time that it stood still.
    """
    old = part_of(session, item, job.variables["part"]["unit"])
    old.ended_at, old.current = job.at, False
    if job.variables["ruling"] == "release":
        return {"new_unit": None}
    code = job.variables["new_unit"]
    new = _opened(session, item, code, old, old.role, job.at)
    new.part = old.part
    if old.role in BESIDE:
        _date_from_today(library, new, job)
        new.suspended_at = _still(old, job.at)
        if old.due is not None and waits_of(old) and rule_note(old) is not None and old.due > (new.due or old.due):
            new.due, new.due_notes = old.due, old.due_notes
    else:
        new.due, new.due_notes, new.suspended_at = old.due, old.due_notes, old.suspended_at
    return {
        "part": {"unit": code, "role": old.role},
        "stage": "first",
        "since": job.at.astimezone(BEIJING).date(),
        "new_unit": None,
    }


def add_units(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Co-handling units join a running round; their opinions count from today, not from the first assignment."""
    present = {part.unit.code for part in current_parts(session, item)}
    added = [code for code in job.variables["added"] if code not in present]
    asking = part_of(session, item, job.variables["part"]["unit"])
    for code in added:
        new = _opened(session, item, code, asking, "co", job.at)
        _date_from_today(library, new, job)
        new.suspended_at = _still(asking, job.at)
    return {
        "added_units": [{"unit": code, "role": "co"} for code in added],
        "added_on": job.at.astimezone(BEIJING).date(),
    }


def settle_units(session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Everybody has signed in: who leads and who co-handles stands, with the handlers they named."""
    parts = current_parts(session, item, answer_of(job.variables))
    lead, *co = parts
    if lead.role != "separate":
        lead.role = "lead" if co else "sole"
    return {
        "lead_unit": lead.unit.code,
        "co_units": [part.unit.code for part in co],
        "waits": waits_of(lead),
        "signatures": [
            {
                "unit": part.unit.code,
                "handler": part.handler or None,
                "since": _counted_from(part),
                "waits": waits_of(part),
            }
            for part in parts
        ],
    }


def _counted_from(part: Assignment) -> dt.date:
    """From when the part's date counts: a successor's may count from its predecessor's assignment."""
    note = rule_note(part)
    return dt.date.fromisoformat(note["start"]) if note else part.assigned_at.astimezone(BEIJING).date()


def accept_by_default(session: Session, item: Item, job: Job) -> None:
    """The window is over: a unit that said nothing counts as having accepted (逾期视为接受)."""
    part = part_of(session, item, job.variables["part"]["unit"])
    if part.signed_at is None:
        part.signed_at = job.at
        part.signed_by_default = True


def _opened(session: Session, item: Item, code: str, beside: Assignment, role: str, at: dt.datetime) -> Assignment:
    """A fresh part of the same answer and round; a unit that had left this round comes back to its row."""
    part = session.scalar(
        select(Assignment)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id == item.id, Assignment.round == beside.round, Unit.code == code)
    )
    if part is None:
        part = Assignment(item_id=item.id, unit_id=unit_id(session, code), round=beside.round, due_notes=[])
        session.add(part)
    part.role, part.assigned_at, part.answer = role, at, beside.answer
    part.ended_at = None
    part.current = True
    part.signed_at = None
    part.signed_by_default = False
    part.suspended_at = None
    part.handler = part.phone = part.remark = part.given_up = ""
    part.reminded = 0
    return part


def _still(beside: Assignment, at: dt.datetime) -> dt.datetime | None:
    """A part that is given out while the clock of its answer stands still does not begin to run either."""
    return at if beside.suspended_at is not None else None


def _date_from_today(library: ReferenceLibrary, part: Assignment, job: Job) -> None:
    noted = deadline(
        library(job.variables["reference_version"]),
        str(job.variables["co_rule"]),
        job.at.astimezone(BEIJING).date(),
    )
    day: Any = noted.value
    part.due, part.due_notes = day, [noted.notes]
