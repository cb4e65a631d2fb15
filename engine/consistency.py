"""One checker for every test and for `banli doctor`: what must hold between any two commands.

The numbers are those of the reliability promises: I1 each acknowledged request is stored once, I3 revision, log and
history agree, I4 nothing is stuck, I5 open tasks are the ones that the snapshot waits for, I6 a snapshot writes back
to the same bytes, I7 the chain of hashes verifies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine import tables
from engine.errors import EngineError
from engine.history import verify
from engine.spiff.environment import Environment
from engine.spiff.examination import examine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime


def find_faults(runtime: Runtime, acknowledged: Iterable[str] = ()) -> list[str]:
    """Every breach of an invariant, as a sentence with the case it is in; empty when all is well."""
    with runtime.database.reading() as connection:
        faults = [
            f"I1: request {request} is stored {count} times" for request, count in _requests(connection, acknowledged)
            if count != 1]
        roots = connection.execute(
            select(tables.instance.c.id).where(tables.instance.c.parent_id.is_(None))).scalars().all()
        for root_id in roots:
            faults += [f"I3/I7: {fault}" for fault in verify(connection, root_id)]
        for row in connection.execute(select(tables.instance).where(tables.instance.c.state == "active")).all():
            faults += _instance(runtime, connection, row)
        ended = connection.execute(
            select(tables.user_task.c.id).join_from(
                tables.user_task, tables.instance, tables.instance.c.id == tables.user_task.c.instance_id)
            .where(tables.user_task.c.state == "open", tables.instance.c.state != "active")).scalars()
        faults += [f"I5: task {task} is open in a case that is over" for task in ended]
    return faults


def _requests(connection: Connection, acknowledged: Iterable[str]) -> list[tuple[str, int]]:
    column = tables.command.c.request_id
    return [
        (request, connection.execute(select(func.count()).where(column == request)).scalar() or 0)
        for request in acknowledged]


def _instance(runtime: Runtime, connection: Connection, row: Any) -> list[str]:
    faults = []
    definition = runtime.definitions.compiled(connection, row.definition_id)
    environment = Environment(runtime.clock(), None, runtime.definitions.decider(connection, definition), frozenset())
    try:
        found = examine(bytes(row.snapshot), definition.process, environment)
    except EngineError as error:
        return [f"I6: {row.id}: {error}"]
    if not found.repeatable:
        faults.append(f"I6: {row.id}: its snapshot does not write back to the same bytes")
    opened = set(connection.execute(select(tables.user_task.c.token).where(
        tables.user_task.c.instance_id == row.id, tables.user_task.c.state == "open")).scalars())
    if opened != found.user_tasks:
        faults.append(f"I5: {row.id}: open tasks {sorted(opened)}, the snapshot waits at {sorted(found.user_tasks)}")
    armed = _armed(connection, row.id)
    if armed != found.arms:
        faults.append(f"I5: {row.id}: armed {sorted(armed)}, the snapshot has {sorted(found.arms)}")
    if not opened and not armed and not _other_waits(connection, row.id):
        faults.append(f"I4: {row.id} is stuck: no task, timer, job, message, call or incident")
    return faults


def _armed(connection: Connection, instance_id: str) -> set[tuple[int, str]]:
    armed: set[tuple[int, str]] = set()
    for table in (tables.timer, tables.subscription):
        armed |= {(row.token, row.element_id) for row in connection.execute(
            select(table.c.token, table.c.element_id).where(table.c.instance_id == instance_id))}
    return armed


def _other_waits(connection: Connection, instance_id: str) -> bool:
    queries = (
        select(tables.job.c.key).where(tables.job.c.instance_id == instance_id, tables.job.c.token > 0),
        select(tables.instance.c.id).where(
            tables.instance.c.parent_id == instance_id, tables.instance.c.state == "active"),
        select(tables.incident.c.id).where(
            tables.incident.c.instance_id == instance_id, tables.incident.c.resolved.is_(None)))
    return any(connection.execute(query.limit(1)).first() is not None for query in queries)
