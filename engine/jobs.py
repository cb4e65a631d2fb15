"""Jobs: work outside the transaction, at least once, with retries, backoff, lease, fence and incident."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select, update

from engine import tables
from engine.errors import BpmnError, EngineError, ExecutionFault
from engine.incidents import raise_incident
from engine.message import Message, say
from engine.rows import checked_result
from engine.spiff import snapshot
from engine.spiff.environment import Environment
from engine.values import unpack
from engine.views import Job

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime

LEASE = timedelta(minutes=5)
_FIRST_BACKOFF = timedelta(seconds=10)
_LONGEST_BACKOFF = timedelta(hours=1)
_job = tables.job.c


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: doubling, at most an hour."""
    doublings: int = 2 ** min(attempts - 1, 16)
    return min(_LONGEST_BACKOFF, _FIRST_BACKOFF * doublings)


def _due(now: datetime) -> Any:
    return (_job.state == "waiting") & (_job.due <= now) & or_(_job.lease_until.is_(None), _job.lease_until <= now)


def claim(connection: Connection, now: datetime, owner: str, limit: int) -> list[Any]:
    """Take up to `limit` due jobs; each claim raises the fence, so a late result of an earlier owner is refused."""
    due = select(_job.key).where(_due(now)).order_by(_job.due, _job.key).limit(limit).with_for_update(skip_locked=True)
    return list(connection.execute(
        update(tables.job).where(_job.key.in_(due))
        .values(lease_until=now + LEASE, lease_owner=owner, fence=_job.fence + 1, attempts=_job.attempts + 1)
        .returning(*tables.job.c)).all())


def run_due(runtime: Runtime, owner: str, limit: int = 20) -> int:
    """Run what is due; the number of jobs taken."""
    now = runtime.clock()
    with runtime.database.reading() as connection:
        if connection.execute(select(_job.key).where(_due(now)).limit(1)).first() is None:
            return 0
    with runtime.database.writing() as connection:
        claimed = claim(connection, now, owner, limit)
    for row in sorted(claimed, key=lambda one: (one.due, one.key)):
        run(runtime, row)
    return len(claimed)


def run(runtime: Runtime, row: Any) -> None:
    """Run one claimed job and report its result; faults are retried, then become an incident."""
    try:
        if row.topic.startswith("engine:"):
            _run_internal(runtime, row)
            return
        variables = checked_result(_handler(runtime, row)(_describe(runtime, row)))
    except BpmnError as error:
        _finish(runtime, row, error=error)
    except Exception as fault:  # noqa: BLE001 - whatever a handler does wrong is retried and then shown
        runtime.report(fault)
        _fail(runtime, row, fault)
    else:
        _finish(runtime, row, variables=variables)


def _handler(runtime: Runtime, row: Any) -> Any:
    if row.topic not in runtime.handlers:
        raise ExecutionFault(say("No handler is registered for the topic “{topic}”.", topic=row.topic), row.element_id)
    return runtime.handlers[row.topic]


def _describe(runtime: Runtime, row: Any) -> Job:
    with runtime.database.reading() as connection:
        instance = connection.execute(select(
            tables.instance.c.snapshot, tables.instance.c.definition_id, tables.instance.c.business_key,
        ).where(tables.instance.c.id == row.instance_id)).one()
        definition = runtime.definitions.compiled(connection, instance.definition_id)
        environment = Environment(
            runtime.clock(), None, runtime.definitions.decider(connection, definition), frozenset())
        machine = snapshot.read(bytes(instance.snapshot), definition.process, environment)
    token = machine.token(row.token)
    variables = {} if token is None else token.scope.flat()
    element = definition.process.spec(row.element_id).element
    return Job(row.key, row.topic, row.element_id, row.instance_id, row.root_id, instance.business_key, variables,
               element.headers, runtime.clock(), None, row.attempts)


def _run_internal(runtime: Runtime, row: Any) -> None:
    name, key, variables = unpack(bytes(row.payload))
    if row.topic == "engine:message":
        runtime.messages.publish(
            runtime, name, key, variables, ttl=timedelta(hours=1), request_id=f"job:{row.key}", actor=None)
    else:
        runtime.messages.broadcast(runtime, name, variables, request_id=f"job:{row.key}", actor=None)
    with runtime.database.writing() as connection:
        connection.execute(delete(tables.job).where(_job.key == row.key, _job.fence == row.fence))


def _finish(
    runtime: Runtime, row: Any, *, variables: dict[str, Any] | None = None, error: BpmnError | None = None,
) -> bool:
    """Complete the element with the job's result, if the job is still ours and still wanted."""
    try:
        with runtime.database.writing() as connection:
            work = runtime.work(connection, "job", f"job:{row.topic}")
            work.lock(row.root_id)
            if connection.execute(delete(tables.job).where(
                    _job.key == row.key, _job.fence == row.fence, _job.state == "waiting")).rowcount == 0:
                return False
            loaded = work.load(row.instance_id)
            token = loaded.machine.token(row.token)
            if token is not None and error is not None:
                work.throw(loaded, row.token, error)
            elif token is not None:
                loaded.machine.finish(token, variables or {})
            work.advance(loaded)
            work.commit({"job": row.key, "topic": row.topic, "variables": variables or {},
                         "error": error.code if error else None}, acted_on=row.instance_id)
    except EngineError as fault:
        _fail(runtime, row, fault)
        return False
    return True


def _fail(runtime: Runtime, row: Any, fault: Exception) -> None:
    """Try again later, or stop and say so."""
    now = runtime.clock()
    exhausted = row.attempts >= row.retries
    with runtime.database.writing() as connection:
        connection.execute(
            update(tables.job).where(_job.key == row.key, _job.fence == row.fence)
            .values(state="failed" if exhausted else "waiting", due=now + backoff(row.attempts), lease_until=None,
                    lease_owner=None))
        if exhausted:
            raise_incident(connection, row.instance_id, row.root_id, row.token, row.element_id, "job",
                           _reason(row, fault), now, row.key)


def _reason(row: Any, fault: Exception) -> Message:
    reason = str(fault) if isinstance(fault, EngineError) else f"{type(fault).__name__}: {fault}"
    return say("The work “{topic}” failed {attempts} times, at last with: {reason}", topic=row.topic,
               attempts=row.attempts, reason=reason)


def retry(connection: Connection, job_key: str, now: datetime, attempts: int) -> None:
    """Give a failed job that many further attempts, at once."""
    connection.execute(
        update(tables.job).where(_job.key == job_key)
        .values(state="waiting", due=now, retries=_job.attempts + attempts, lease_until=None, lease_owner=None))
