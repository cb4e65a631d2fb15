"""The dates that would move, as an administrator reads them: which case, which step, with whom, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import Message, say
from tasks.cases.access import hidden_from
from tasks.changes.views import CaseMoves, MoveRow
from tasks.directory.models import Unit
from tasks.handling.retiming import part_moves
from tasks.register.models import Item
from tasks.worklist.models import Work
from tasks.worklist.projection import ITEM, subject_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.views import Move, Pinned
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData


def cases_of(
    banli: Banli,
    actor: Actor,
    found: Sequence[tuple[Pinned, Sequence[Move]]],
    references: Mapping[str, ReferenceData],
) -> list[CaseMoves]:
    """The cases in which something moves, in the order of their numbers."""
    with banli.reading() as session:
        units: dict[str, str] = dict(session.execute(select(Unit.code, Unit.short_name)).all())
        cases = [_case(session, banli.now(), actor, pin, moves, references, units) for pin, moves in found]
    kept = [case for case in cases if case.moves]
    return sorted(kept, key=lambda case: (case.kind, case.number.zfill(12), case.title))


def counted_dates(cases: Sequence[CaseMoves]) -> int:
    """How many dates move in all."""
    return sum(len(case.moves) for case in cases)


def _case(
    session: Session,
    now: dt.datetime,
    actor: Actor,
    pin: Pinned,
    moves: Sequence[Move],
    references: Mapping[str, ReferenceData],
    units: Mapping[str, str],
) -> CaseMoves:
    subject = subject_of(pin.business_key)
    item = session.get(Item, int(subject[1])) if subject is not None and subject[0] == ITEM else None
    rows = [_move(session, now, actor, item, move, units) for move in moves]
    if item is not None:
        rows += [
            MoveRow(say("Date of the unit's part"), name, False, before, after, _turns(before, after, now))
            for name, before, after in part_moves(session, item.id, references[pin.reference_version or ""])
        ]
    if item is None:
        return CaseMoves(None, subject[0] if subject else "", "", pin.business_key or pin.id, rows)
    return CaseMoves(item.id, item.kind, item.number or "", item.title, rows)


def _move(
    session: Session, now: dt.datetime, actor: Actor, item: Item | None, move: Move, units: Mapping[str, str]
) -> MoveRow:
    work = session.get(Work, move.id) if move.kind == "task" else None
    name: Message | str = move.name
    if work is not None and item is not None and work.confidential in hidden_from(actor, item) - {""}:
        name = say("A step of the committee")
    who = units.get(work.unit_code or "", "") if work is not None else ""
    return MoveRow(name, who, move.kind == "timer", move.before, move.after, _turns(move.before, move.after, now))


def _turns(before: dt.datetime, after: dt.datetime, now: dt.datetime) -> Message | None:
    if before < now <= after:
        return say("no longer overdue")
    return say("becomes overdue") if after < now <= before else None
