"""What people do with user tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from engine import rows, statements
from engine.errors import Conflict
from engine.message import say
from engine.tables import from_micros
from engine.values import checked
from engine.views import Submission, UserTask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Runtime
    from engine.unit_of_work import Loaded, UnitOfWork


_COLUMNS = 19
"""Of `READ_TASK` those of the task; behind them stand those of its instance."""


def take(work: UnitOfWork, task_id: str, request_id: str | None) -> tuple[str, Any]:
    """Lock the task's case and re-read the task under the lock."""
    work.lock_case_of(task_id)
    row = work.cursor.one(statements.READ_TASK, {"task_id": task_id, "request_id": request_id})
    if row[_COLUMNS] is not None:
        work.found(rows.InstanceRow(*row[_COLUMNS:]))
    return row[18], row


def refuse_closed(row: Any) -> None:
    """Raise Conflict, saying who was first, unless the task is open."""
    state, ended_by, ended = row[1], row[2], row[3]
    if state != "open":
        at = from_micros(ended) if ended else None
        if state == "completed":
            message = say("This task was completed by {by} at {at}.", by=ended_by or "–", at=at)
        else:
            message = say("This task was withdrawn by the procedure at {at}; nothing is to be done any more.", at=at)
        raise Conflict(message, by=ended_by, at=at)


def stand_at(work: UnitOfWork, task_id: str, request_id: str | None) -> tuple[Loaded, Any, Any] | None:
    """The instance, the token and the row of an open task, its case locked; None when this request was done before.

    Raises:
        Conflict: the task is over.
    """
    instance_id, row = take(work, task_id, request_id)
    if request_id is not None and row[16] is not None:
        return None
    refuse_closed(row)
    loaded = work.load(instance_id)
    token = loaded.machine.token(row[0])
    if token is None:
        raise Conflict(say("This task is not waited for any more."))
    return loaded, token, row


def complete(
    runtime: Runtime, task_id: str, values: Mapping[str, Any], *, request_id: str | None, actor: str | None,
) -> None:
    """Complete a task: record the form's values, then let the case go on, in one transaction."""
    given = checked(values)
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "complete", actor)
        found = stand_at(work, task_id, request_id)
        if found is None:
            return
        loaded, token, row = found
        variables = _record(work, loaded, token, row, task_id, given)
        work.completed_tasks[task_id] = loaded.row.id
        loaded.machine.finish(token, variables)
        work.advance(loaded)
        work.commit({"task": task_id, "values": given}, request_id, loaded.row.id)


def _record(
    work: UnitOfWork, loaded: Loaded, token: Any, row: Any, task_id: str, values: dict[str, Any],
) -> Mapping[str, Any]:
    """Hand the values to the task's recorder; what it returns becomes variables (None: all of them)."""
    headers = token.task_spec.element.headers
    recorder = work.runtime.recorders.get(headers.get("recorder", ""))
    if recorder is None:
        return values
    submission = Submission(
        work.connection, _view(loaded, task_id, row, headers), values, token.scope.flat(), headers, work.actor,
        work.now)
    kept = recorder(submission)
    return values if kept is None else checked(kept)


def _view(loaded: Loaded, task_id: str, row: Any, headers: Mapping[str, str]) -> UserTask:
    return UserTask(
        id=task_id, instance_id=loaded.row.id, root_id=loaded.row.root_id, business_key=loaded.row.business_key,
        process_id=row[4], element_id=row[5], name=row[6], assignee=row[7],
        candidate_groups=tuple(orjson.loads(row[8] or "[]")), candidate_users=tuple(orjson.loads(row[9] or "[]")),
        form_id=row[10], due=from_micros(row[11]) if row[11] else None, due_notes=orjson.loads(row[12] or "[]"),
        follow_up=from_micros(row[13]) if row[13] else None, priority=row[14], created=from_micros(row[15]),
        headers=headers)


def assign(runtime: Runtime, task_id: str, user: str | None, actor: str | None) -> None:
    """Set or clear the assignee of an open task: rows and history, no snapshot."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "assign", actor)
        instance_id, row = take(work, task_id, None)
        refuse_closed(row)
        work.cursor.run(statements.ASSIGN_TASK, {"task_id": task_id, "new_assignee": user})
        work.note_updated(task_id, instance_id)
        work.commit({"task": task_id, "assignee": user, "before": row[7]}, acted_on=instance_id)
