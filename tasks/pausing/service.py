"""The hub pauses the clock of a case for a reason, and lets it run again after it has read what moves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable_item
from tasks.cases.views import ItemState
from tasks.database import joined
from tasks.forms.views import FieldError
from tasks.handling.retiming import delivered
from tasks.handling.rounds import current_parts
from tasks.handling.waiting import rule_note, run_again
from tasks.notices.service import notify, people_of
from tasks.notices.views import NoticeKind
from tasks.pausing.models import ClockPause
from tasks.pausing.queries import lasting, open_pause, why_of
from tasks.pausing.resuming import clocked, find
from tasks.pausing.views import BY_HAND, KINDS, Resuming
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.handling.models import Assignment

WORKED_ON = frozenset({ItemState.HANDLING, ItemState.REHANDLING, ItemState.IN_REVIEW})
"""While a unit owes a reply."""


def pausable(session: Session, actor: Actor, item: Item) -> bool:
    """Whether this actor may pause the clock of the case now."""
    return _may(actor) and item.state in WORKED_ON and open_pause(session, item.id) is None and bool(
        _running(session, item)
    )


def resumable(session: Session, actor: Actor, item: Item) -> bool:
    """Whether this actor may let a paused clock run again."""
    return _may(actor) and open_pause(session, item.id) is not None


def pause(
    banli: Banli, actor: Actor, item_id: int, values: Mapping[str, Any], request_id: str | None = None
) -> None:
    """Let the clock of the case's running parts stand still from now on, with the steps that lead to their replies.

    Raises:
        FormInvalid: no reason, or the expected end is not a later day.
        NotAllowed: not for this actor, the clock is paused already, or nothing of the case is running.
    """
    instance = _instance(banli, actor, item_id)
    errors = _errors(banli, values)
    if errors:
        raise FormInvalid(errors)
    with banli.engine.acting(instance, "pause", values["reason"], actor.account) as case, joined(
        case.connection
    ) as session:
        item, at = session.get_one(Item, item_id), banli.now()
        before = open_pause(session, item_id)
        if before is not None:
            if request_id is not None and before.request_id == request_id:
                return
            raise NotAllowed(
                say("The clock is paused already, since {day}.", day=before.at.astimezone(BEIJING).date())
            )
        parts = _running(session, item) if item.state in WORKED_ON else []
        if not parts:
            raise NotAllowed(
                say("Nothing runs that could be paused: no unit owes a reply, or its day was agreed on and stays.")
            )
        made = ClockPause(
            item_id=item_id, kind=values["kind"], reason=values["reason"].strip(), expected=values.get("expected"),
            by=actor.account, at=at, request_id=request_id,
        )  # fmt: skip
        session.add(made)
        for part in parts:
            part.suspended_at = part.suspended_at or at
        for work in clocked(session, item):
            work.suspended_at = at
        notify(session, _concerned(session, parts), NoticeKind.CLOCK_PAUSED, at, item_id, text=why_of(made))


def resuming(banli: Banli, actor: Actor, item_id: int) -> Resuming | None:
    """What happens if the clock runs again now; None where it is not paused. Nothing is changed.

    Raises:
        NotAllowed: not for this actor.
    """
    instance = _instance(banli, actor, item_id)
    with banli.reading() as session:
        if open_pause(session, item_id) is None:
            return None
    with banli.engine.looking(instance) as case, joined(case.connection) as session, session.no_autoflush:
        item, row = session.get_one(Item, item_id), open_pause(session, item_id)
        record = lasting(session, item_id, banli.today())
        if row is None or record is None:
            return None
        found = find(banli, case, session, item, row)
        return Resuming(record, found.shown, list(dict.fromkeys(found.waiting)), found.mark)


def resume(banli: Banli, actor: Actor, item_id: int, mark: str, request_id: str | None = None) -> None:
    """Let the clock run again: every date of the list moves, with its rule and the time that it stood still.

    Raises:
        FormInvalid: the list that was shown is not what would move now.
        NotAllowed: not for this actor, or the clock is not paused.
    """
    instance = _instance(banli, actor, item_id)
    with banli.engine.acting(instance, "resume", "恢复计时", actor.account) as case, joined(case.connection) as session:
        item, at, row = session.get_one(Item, item_id), banli.now(), open_pause(session, item_id)
        if row is None:
            if request_id is not None and _ended_by(session, item_id, request_id):
                return
            raise NotAllowed(say("The clock of this case is not paused."))
        found = find(banli, case, session, item, row)
        if found.mark != mark:
            raise FormInvalid(
                [FieldError("", "", say("Meanwhile other dates would move: look at the list once more."))]
            )
        held = current_parts(session, item)
        moved = run_again(session, item, found.parts, at, BY_HAND)
        for one in found.later:
            case.move(one.date, one.after, one.notes, why_of(row))
        for work in clocked(session, item):
            work.suspended_at = None
        row.ended_by, row.ended_at, row.ended_request = actor.account, at, request_id
        told = "、".join(one.told for one in moved)
        notify(session, _concerned(session, held), NoticeKind.CLOCK_RESUMED, at, item_id, text=told)


def _may(actor: Actor) -> bool:
    return Permission.AREA_CLOCK_PAUSE in actor.permissions


def _instance(banli: Banli, actor: Actor, item_id: int) -> str:
    with banli.reading() as session:
        item = readable_item(session, actor, item_id)
        if not _may(actor):
            raise NotAllowed(say("Only the hub pauses the clock of a case and lets it run again."))
        return str(item.instance_id)


def _errors(banli: Banli, values: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    if values.get("kind") not in KINDS:
        errors.append(FieldError("kind", "暂停原因", say("Choose why the clock is paused.")))
    if not str(values.get("reason") or "").strip():
        errors.append(FieldError("reason", "具体情况", say("Say why.")))
    expected = values.get("expected")
    if expected is not None and (not isinstance(expected, dt.date) or expected <= banli.today()):
        errors.append(FieldError("expected", "预计恢复日期", say("Expected a day after today, or none.")))
    return errors


def _running(session: Session, item: Item) -> list[Assignment]:
    """Parts with a date that follows from a rule and has not done its work yet."""
    return [
        part
        for part in current_parts(session, item)
        if part.due is not None and rule_note(part) is not None and not delivered(session, part)
    ]


def _concerned(session: Session, parts: Sequence[Assignment]) -> list[str]:
    """The handlers whom the units named, and their offices."""
    offices = [name for part in parts for name in people_of(session, part.unit.code, "unit_office")]
    return [*(part.handler for part in parts), *offices]


def _ended_by(session: Session, item_id: int, request_id: str) -> bool:
    rows = session.query(ClockPause).filter_by(item_id=item_id, ended_request=request_id)
    return rows.first() is not None


