"""Timers: rows that are claimed in batches by whoever is up, and fired by one command each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import and_, or_, select, tuple_, update

from engine import tables
from engine.effects import TimerArmed
from engine.errors import EngineError, NotFound
from engine.incidents import raise_incident
from engine.message import say
from engine.timing import next_due
from engine.views import Timer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime

_LEASE = timedelta(seconds=60)
_QUARANTINE = timedelta(days=1)
_HELD = timedelta(hours=1)
_timer = tables.timer.c
_KEY = (_timer.instance_id, _timer.token, _timer.element_id)


def _is_due(now: datetime) -> Any:
    return and_(_timer.due <= now, or_(_timer.lease_until.is_(None), _timer.lease_until <= now))


def claim(connection: Connection, now: datetime, owner: str, limit: int) -> list[Any]:
    """Take up to `limit` due timers for a minute: a short transaction of its own that locks no root."""
    due = (
        select(*_KEY).where(_is_due(now))
        .order_by(_timer.due).limit(limit).with_for_update(skip_locked=True))
    return list(connection.execute(
        update(tables.timer).where(tuple_(*_KEY).in_(due)).values(lease_until=now + _LEASE, lease_owner=owner)
        .returning(*_KEY, _timer.root_id, _timer.due)).all())


def fire_due(runtime: Runtime, owner: str, limit: int = 50) -> int:
    """Fire what is due; the number of timers handled."""
    now = runtime.clock()
    with runtime.database.reading() as connection:
        if connection.execute(select(_timer.due).where(_is_due(now)).limit(1)).first() is None:
            return 0
    with runtime.database.writing() as connection:
        claimed = claim(connection, now, owner, limit)
    for row in sorted(claimed, key=lambda one: one.due):
        try:
            fire(runtime, row)
        except EngineError as fault:
            _quarantine(runtime, row, fault)
    return len(claimed)


def fire(runtime: Runtime, row: Any) -> bool:
    """Fire one timer if it is still armed and due; False when something else came first."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "timer")
        work.lock(row.root_id)
        armed = connection.execute(
            select(tables.timer).where(and_(*(column == value for column, value in zip(_KEY, row[:3], strict=True)))),
        ).one_or_none()
        if armed is None or armed.due > work.now:
            return False
        if runtime.holds is not None and runtime.holds(connection, f"{armed.instance_id}-{armed.token}"):
            _look_again(connection, row, work.now + _HELD)
            return False
        loaded = work.load(armed.instance_id)
        token = loaded.machine.token(armed.token)
        event = loaded.definition.process.spec(armed.element_id)
        if token is not None:
            loaded.machine.trigger(token, armed.element_id, {})
            _rearm(loaded.machine, token, event, armed)
            work.advance(loaded)
        work.commit({"timer": armed.element_id, "due": armed.due}, acted_on=armed.instance_id)
    return True


def _rearm(machine: Any, token: Any, event: Any, armed: Any) -> None:
    """A cycle goes on while repetitions remain and its activity lives."""
    if armed.interval is None or event.element.interrupting or armed.remaining == 0:
        return
    if machine.token(token.number) is None:
        return
    remaining = None if armed.remaining is None else armed.remaining - 1
    due = next_due(armed.interval, armed.due, armed.element_id)
    token.arms[armed.element_id] = None
    machine.effects.timers[token.number, armed.element_id] = TimerArmed(
        token.number, armed.element_id, due, orjson.loads(armed.due_notes or "[]"), armed.interval, remaining)


def _quarantine(runtime: Runtime, row: Any, fault: EngineError) -> None:
    """A case that cannot be advanced becomes an incident and disturbs nobody else."""
    with runtime.database.writing() as connection:
        now = runtime.clock()
        _look_again(connection, row, now + _QUARANTINE)
        raise_incident(connection, row.instance_id, row.root_id, row.token, row.element_id, "timer", fault.message, now)


def _look_again(connection: Connection, row: Any, at: datetime) -> None:
    connection.execute(
        update(tables.timer).where(*(column == value for column, value in zip(_KEY, row[:3], strict=True)))
        .values(lease_until=at))


def timer_id(row: Any) -> str:
    """The public name of a timer."""
    return f"{row.instance_id}-{row.token}@{row.element_id}"


def open_timers(connection: Connection, root_id: str) -> list[Timer]:
    """The armed timers of a case, the earliest first."""
    rows = connection.execute(select(tables.timer).where(_timer.root_id == root_id).order_by(_timer.due))
    return [Timer(timer_id(row), row.instance_id, row.root_id, row.element_id, row.due, row.interval, row.remaining)
            for row in rows]


def find(connection: Connection, identifier: str) -> Any:
    """The row of a timer by its public name; NotFound when it is not armed."""
    place, _, element_id = identifier.partition("@")
    instance_id, _, token = place.rpartition("-")
    row = connection.execute(select(tables.timer).where(
        _timer.instance_id == instance_id, _timer.token == int(token or 0), _timer.element_id == element_id),
    ).one_or_none() if token.isdigit() else None
    if row is None:
        raise NotFound(say("There is no armed timer {id}.", id=identifier))
    return row
