"""What administrators do with a case: move a date, correct a variable, try again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import delete, select, update

from engine import jobs, statements, tables, timers
from engine.commands.tasks import refuse_closed, take
from engine.errors import Conflict, NotFound
from engine.message import say
from engine.rows import to_json
from engine.tables import to_micros
from engine.timing import due_instant
from engine.values import checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from engine.runtime import Runtime
    from engine.unit_of_work import UnitOfWork


def reschedule(runtime: Runtime, identifier: str, due: datetime | date, reason: str, actor: str | None) -> None:
    """Move a due date or a timer. Due instants live only in rows, so no snapshot is touched."""
    if "@" in identifier:
        _reschedule_timer(runtime, identifier, due, reason, actor)
        return
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "reschedule", actor)
        instance_id, row = take(work, identifier, None)
        refuse_closed(row)
        instant = due_instant(due, work.now, row[5])
        notes = orjson.loads(row[12] or "[]")
        notes.append({"moved": instant.isoformat(), "reason": reason, "by": actor, "at": work.now.isoformat()})
        work.cursor.run(statements.RESCHEDULE_TASK, {
            "task_id": identifier, "new_due": to_micros(instant), "new_notes": to_json(notes)})
        work.note_updated(identifier, instance_id)
        work.commit({"task": identifier, "due": instant, "before": row[11], "reason": reason}, acted_on=instance_id)


def _reschedule_timer(runtime: Runtime, identifier: str, due: datetime | date, reason: str, actor: str | None) -> None:
    with runtime.database.reading() as connection:
        root_id = timers.find(connection, identifier).root_id
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "reschedule", actor)
        work.lock(root_id)
        row = timers.find(connection, identifier)
        instant = due_instant(due, work.now, row.element_id)
        notes = orjson.loads(row.due_notes or "[]")
        notes.append({"moved": instant.isoformat(), "reason": reason, "by": actor, "at": work.now.isoformat()})
        column = tables.timer.c
        connection.execute(
            update(tables.timer)
            .where(column.instance_id == row.instance_id, column.token == row.token,
                   column.element_id == row.element_id)
            .values(due=instant, due_notes=to_json(notes), lease_until=None))
        work.commit({"timer": identifier, "due": instant, "before": row.due, "reason": reason},
                    acted_on=row.instance_id)


def set_variables(
    runtime: Runtime, instance_id: str, variables: Mapping[str, Any], reason: str, actor: str | None,
) -> None:
    """Set variables of an instance; tokens stay where they are."""
    given = checked(variables)
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "set_variables", actor)
        found = work.cursor.one(statements.LOCATE_INSTANCE, {"instance_id": instance_id})
        if found is None:
            raise NotFound(say("There is no instance {id}.", id=instance_id))
        work.lock(found[0])
        loaded = work.load(instance_id)
        if loaded.row.state != "active":
            raise Conflict(say("The case is over already: {state}.", state=loaded.row.state))
        before = {name: loaded.machine.root.scope.values_.get(name) for name in given}
        loaded.machine.root.scope.values_.update(given)
        loaded.acted = True
        work.commit({"variables": given, "before": before, "reason": reason}, acted_on=instance_id)


def _incident(runtime: Runtime, incident_id: str) -> Any:
    with runtime.database.reading() as connection:
        found = connection.execute(
            select(tables.incident).where(tables.incident.c.id == incident_id)).one_or_none()
    if found is None:
        raise NotFound(say("There is no incident {id}.", id=incident_id))
    return found


def _resolve(work: UnitOfWork, incident_id: str) -> None:
    column = tables.incident.c
    resolved = work.connection.execute(
        update(tables.incident).where(column.id == incident_id, column.resolved.is_(None))
        .values(resolved=work.now, resolved_by=work.actor)).rowcount
    if resolved == 0:
        raise Conflict(say("The incident is resolved already."))


def skip(
    runtime: Runtime, incident_id: str, variables: Mapping[str, Any], reason: str, actor: str | None,
) -> None:
    """Go on as though the element that an incident stopped had answered these variables."""
    given = checked(variables)
    found = _incident(runtime, incident_id)
    if found.kind == "timer":
        raise Conflict(say("A timer cannot be skipped: try it again, or move it."))
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "skip", actor)
        work.lock(found.root_id)
        _resolve(work, incident_id)
        if found.job_key is not None:
            connection.execute(delete(tables.job).where(tables.job.c.key == found.job_key))
        loaded = work.load(found.instance_id)
        token = loaded.machine.token(found.token)
        if token is None:
            raise Conflict(say("The case does not wait there any more."))
        loaded.machine.skip(token, given)
        work.advance(loaded)
        work.commit({"incident": incident_id, "variables": given, "reason": reason}, acted_on=found.instance_id)


def retry(runtime: Runtime, incident_id: str, attempts: int, actor: str | None) -> None:
    """Try again what an incident stopped: a failed job gets further attempts, a stuck token goes on."""
    found = _incident(runtime, incident_id)
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "retry", actor)
        work.lock(found.root_id)
        _resolve(work, incident_id)
        if found.job_key is not None:
            jobs.retry(connection, found.job_key, work.now, attempts)
        elif found.kind == "timer":
            timer = tables.timer.c
            connection.execute(update(tables.timer).where(
                timer.instance_id == found.instance_id, timer.token == found.token,
                timer.element_id == found.element_id).values(lease_until=None))
        else:
            loaded = work.load(found.instance_id)
            token = loaded.machine.token(found.token)
            if token is not None and token.stuck:
                loaded.machine.retry(token)
                work.advance(loaded)
        work.commit({"incident": incident_id}, acted_on=found.instance_id)
