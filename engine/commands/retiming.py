"""Other reference data for a running case: the dates that follow from it move, in one command.

A date is computed when a task opens or a timer is armed, from an expression and the reference data that the case has
pinned. Under other reference data the same expression, at the same instant, gives another date. What a person moved by
hand, and what today's variables would no longer give, stays as it is: only the change of the reference data counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select, update

from engine import statements, tables, timers
from engine.errors import Conflict, EngineError
from engine.message import say
from engine.rows import to_json
from engine.tables import to_micros
from engine.views import Move

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime
    from engine.unit_of_work import Loaded, UnitOfWork

Dated = tuple["datetime | None", list[dict[str, Any]]]
_task, _timer, _element = tables.user_task.c, tables.timer.c, tables.element_instance.c


def moves(runtime: Runtime, instance_id: str, reference: object) -> list[Move]:
    """What would move if the case stood on this reference data; nothing is changed."""
    with runtime.database.reading() as connection:
        work = runtime.work(connection, "retime")
        work.look(instance_id)
        return [move for move, _ in _moves(work, reference)]


def retime(
    runtime: Runtime, instance_id: str, version: str, reason: str, *, request_id: str | None, actor: str | None,
) -> list[Move]:
    """Pin this version of the reference data and move what follows from it; a repeated request moves nothing."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "retime", actor)
        root = work.lock(instance_id)
        if work.answered(request_id) is not None:
            return []
        if root.state != "active":
            raise Conflict(say("The case is over already: {state}.", state=root.state))
        found = list(_moves(work, runtime.reference_on(connection, version)))
        for move, notes in found:
            kept = [*notes, {"moved": move.after.isoformat(), "reason": reason, "by": actor,
                             "at": work.now.isoformat(), "before": move.before.isoformat()}]
            (move_task if move.kind == "task" else move_timer)(work, move, kept)
        before = root.reference_version
        root.reference_version = version
        connection.execute(
            update(tables.instance).where(tables.instance.c.id == root.id).values(reference_version=version))
        work.commit({"reference": version, "before": before, "reason": reason, "moves": [
            {"id": move.id, "due": move.after, "before": move.before} for move, _ in found]}, request_id)
    return [move for move, _ in found]


def _moves(work: UnitOfWork, reference: object) -> Iterator[tuple[Move, list[dict[str, Any]]]]:
    root = work.locked()
    pinned = work.runtime.reference_on(work.connection, root.reference_version)
    for row in open_tasks(work.connection, root.id):
        loaded = work.load(row.instance_id)
        token = loaded.machine.token(row.token)
        if token is None or row.due is None:
            continue
        move = _compared(loaded, row.created, (pinned, reference), row.due,
                         lambda world, token=token: token.task_spec.dated(token, world))
        if move is not None:
            yield Move("task", row.id, row.instance_id, row.element_id, row.name, row.due, move[0]), move[1]
    for row in armed_timers(work.connection, root.id):
        loaded = work.load(row.instance_id)
        token, event = loaded.machine.token(row.token), loaded.definition.process.spec(row.element_id)
        if token is None:
            continue
        move = _compared(loaded, row.started, (pinned, reference), row.due,
                         lambda world, token=token, event=event: event.dated(token, world))
        if move is not None:
            name = event.element.name or event.element.id
            yield Move("timer", timers.timer_id(row), row.instance_id, row.element_id, name, row.due, move[0]), move[1]


def _compared(
    loaded: Loaded, begun: datetime, references: tuple[object, object], due: datetime, dated: Any,
) -> tuple[datetime, list[dict[str, Any]]] | None:
    """The new date and its notes, if the reference data alone makes it another one."""
    try:
        was, now = (
            dated(replace(loaded.machine.environment, now=begun, reference=reference)) for reference in references)
    except EngineError:
        return None
    if was[0] != due or now[0] is None or now[0] == due:
        return None
    return now[0], now[1]


def open_tasks(connection: Connection, root_id: str) -> list[Any]:
    """Open tasks of a case with what their date is computed from."""
    return list(connection.execute(
        select(_task.id, _task.instance_id, _task.token, _task.element_id, _task.name, _task.due, _task.created)
        .where(_task.root_id == root_id, _task.state == "open").order_by(_task.created, _task.id)).all())


def armed_timers(connection: Connection, root_id: str) -> list[Any]:
    """Armed timers of a case, except repeating ones, with the instant at which their element began to wait."""
    return list(connection.execute(
        select(_timer.instance_id, _timer.token, _timer.element_id, _timer.due, _element.started)
        .join(tables.element_instance, (_element.instance_id == _timer.instance_id) & (_element.token == _timer.token))
        .where(_timer.root_id == root_id, _timer.interval.is_(None)).order_by(_timer.due, _timer.element_id)).all())


def move_task(work: UnitOfWork, move: Move, notes: list[dict[str, Any]]) -> None:
    """Give an open task another date, with its notes and what moved it before."""
    kept = work.connection.execute(select(_task.due_notes).where(_task.id == move.id)).scalar()
    history = [note for note in orjson.loads(kept or "[]") if "moved" in note]
    work.cursor.run(statements.RESCHEDULE_TASK, {
        "task_id": move.id, "new_due": to_micros(move.after),
        "new_notes": to_json([*notes[:-1], *history, notes[-1]])})
    work.note_updated(move.id, move.instance_id)


def move_timer(work: UnitOfWork, move: Move, notes: list[dict[str, Any]]) -> None:
    """Give an armed timer another instant, with its notes; whoever had claimed it leaves it."""
    armed = timers.find(work.connection, move.id)
    work.connection.execute(
        update(tables.timer)
        .where(_timer.instance_id == armed.instance_id, _timer.token == armed.token,
               _timer.element_id == armed.element_id)
        .values(due=move.after, due_notes=to_json(notes), lease_until=None))
