"""The dates of units' parts under other reference data: they follow their rule, unless people agreed on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.database import joined
from tasks.handling.models import Assignment, Opinion, Reply
from tasks.handling.waiting import reckoned, rule_note, waits_of
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind
from tasks.settings import BEIJING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from engine.views import Changes
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.deadlines.reference import ReferenceData


def part_moves(
    session: Session, item_id: int, reference: ReferenceData
) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    """Unit, former and new date of the parts whose date follows from a rule that is another one now."""
    for part, at, _ in _moved(session, item_id, reference):
        if part.due is not None:
            yield part.unit.short_name, part.due, at


def follow(library: ReferenceLibrary, changes: Changes) -> None:
    """Observer: when a case is put on other reference data, the dates of its parts move in the same transaction."""
    if changes.command != "retime" or not (changes.business_key or "").isdigit():
        return
    with joined(changes.connection) as session:
        reference = library(changes.reference_version)
        for part, at, notes in list(_moved(session, int(changes.business_key or "0"), reference)):
            part.due, part.due_notes = at, [*part.due_notes, *notes]
        for task in changes.updated:
            day = task.due.astimezone(BEIJING).date().isoformat() if task.due is not None else ""
            notify(
                session, [task.assignee or ""], NoticeKind.STEP_MOVED, changes.at, int(changes.business_key or "0"),
                step=task.name, day=day,
            )  # fmt: skip


def _moved(
    session: Session, item_id: int, reference: ReferenceData
) -> Iterator[tuple[Assignment, dt.datetime, list[dict[str, Any]]]]:
    query = select(Assignment).where(Assignment.item_id == item_id, Assignment.current, Assignment.ended_at.is_(None))
    for part in session.scalars(query.order_by(Assignment.id)):
        note = rule_note(part)
        if part.due is None or note is None or note["rule"] not in reference.rules:
            continue
        if delivered(session, part):
            continue  # whether it was in time must not change afterwards
        at, notes = reckoned(reference, note, waits_of(part))
        if at != part.due:
            yield part, at, notes


def delivered(session: Session, part: Assignment) -> bool:
    """Whether the date has done its work: the opinion is there or not waited for any more, or the reply is out."""
    issued = select(Reply.id).where(
        Reply.item_id == part.item_id, Reply.answer == part.answer, Reply.round == part.round,
        Reply.issued_on.is_not(None),
    )  # fmt: skip
    if session.scalar(issued.limit(1)) is not None or part.given_up:
        return True
    opinion = select(Opinion.id).where(
        Opinion.item_id == part.item_id, Opinion.unit_id == part.unit_id, Opinion.round == part.round,
        Opinion.state.in_(("approved", "accepted")),
    )  # fmt: skip
    return part.role == "co" and session.scalar(opinion.limit(1)) is not None
