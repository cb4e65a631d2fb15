"""From what an advance brought about to the rows that say so, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from engine import statements, tables
from engine.identity import new_id, task_id
from engine.tables import from_micros, to_micros
from engine.values import checked, pack
from engine.views import UserTask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.effects import TaskOpened
    from engine.unit_of_work import Loaded, UnitOfWork


@dataclass(slots=True)
class InstanceRow:
    """A row of the instance table as the driver gives it; instants are microseconds."""

    id: str
    root_id: str
    parent_id: str | None
    parent_token: int | None
    parent_index: int | None
    definition_id: str
    business_key: str | None
    state: str
    revision: int
    reference_version: str | None
    started: int
    head: bytes | None
    snapshot: bytes | None

    def fields(self) -> dict[str, Any]:
        """The columns by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def to_json(value: Any) -> str:
    """JSON text; decimals, dates and durations as texts."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def checked_result(result: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a handler returned, as variables."""
    return checked(result or {})


def user_task(loaded: Loaded, opened: TaskOpened) -> UserTask:
    """The public view of a task that this command opens."""
    row = loaded.row
    return UserTask(
        id=task_id(row.id, opened.token), instance_id=row.id, root_id=row.root_id, business_key=row.business_key,
        process_id=loaded.definition.process_id, element_id=opened.element.id,
        name=opened.element.name or opened.element.id, assignee=opened.assignee,
        candidate_groups=opened.candidate_groups, candidate_users=opened.candidate_users, form_id=opened.form,
        due=opened.due, due_notes=opened.due_notes, follow_up=opened.follow_up, priority=opened.priority,
        created=loaded.machine.environment.now, headers=opened.element.headers, inputs=opened.inputs)


def opened_tasks(_work: UnitOfWork, loaded: Loaded) -> list[UserTask]:
    """The tasks that an instance opened in this command."""
    return [user_task(loaded, opened) for opened in loaded.effects.tasks.values()]


def updated_tasks(work: UnitOfWork) -> list[UserTask]:
    """The tasks whose assignee or due date this command changed, as they are now."""
    tasks = []
    for identifier, _ in work.updated:
        row = work.connection.execute(select(tables.user_task).where(tables.user_task.c.id == identifier)).one()
        tasks.append(task_from_row(row, work.locked().business_key, {}))
    return tasks


def write_effects(work: UnitOfWork, touched: list[Loaded]) -> None:
    """All rows of all instances of a command, one statement for each kind."""
    cursor = work.cursor
    cursor.run_many(statements.CLOSE_TASK, [row for loaded in touched for row in _closed_tasks(work, loaded)])
    cursor.insert_many(statements.INSERT_TASK, [row for loaded in touched for row in _tasks(work, loaded)])
    cursor.run_many(statements.LEAVE_ELEMENT, [row for loaded in touched for row in _left(work, loaded)])
    cursor.insert_many(statements.INSERT_ELEMENT, [row for loaded in touched for row in _entered(work, loaded)])
    for loaded in touched:
        if loaded.effects.disarmed:
            gone = [{"in_instance": loaded.row.id, "at_token": token, "at_element": element}
                    for token, element in loaded.effects.disarmed]
            cursor.run_many(statements.DELETE_TIMER, gone)
            cursor.run_many(statements.DELETE_SUBSCRIPTION, gone)
    cursor.insert_many(statements.INSERT_TIMER, [row for loaded in touched for row in _timers(loaded)])
    cursor.insert_many(
        statements.INSERT_SUBSCRIPTION, [row for loaded in touched for row in _subscriptions(work, loaded)])
    cursor.run_many(statements.DELETE_JOB, [
        {"in_instance": loaded.row.id, "at_token": token}
        for loaded in touched for token in loaded.effects.jobs_cancelled])
    cursor.insert_many(statements.INSERT_JOB, [row for loaded in touched for row in _jobs(work, loaded)])
    cursor.run_many(statements.RESOLVE_INCIDENT, [
        {"in_instance": loaded.row.id, "at_token": token, "new_resolved": work.at, "new_resolved_by": work.actor}
        for loaded in touched for token in (*loaded.effects.incidents_cancelled, *loaded.effects.jobs_cancelled)])
    cursor.insert_many(statements.INSERT_INCIDENT, [row for loaded in touched for row in _incidents(work, loaded)])


def _closed_tasks(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    cancelled = [
        {"task_id": task_id(loaded.row.id, token), "new_state": "cancelled", "new_ended": work.at,
         "new_ended_by": None} for token in loaded.effects.tasks_cancelled]
    completed = [
        {"task_id": identifier, "new_state": "completed", "new_ended": work.at, "new_ended_by": work.actor}
        for identifier, instance_id in work.completed_tasks.items() if instance_id == loaded.row.id]
    return completed + cancelled


def _tasks(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    return [{
        "id": task_id(loaded.row.id, token), "instance_id": loaded.row.id, "root_id": loaded.row.root_id,
        "token": token, "process_id": loaded.definition.process_id, "element_id": opened.element.id,
        "name": opened.element.name or opened.element.id, "state": "open", "form_id": opened.form,
        "assignee": opened.assignee,
        "candidate_groups": to_json(opened.candidate_groups) if opened.candidate_groups else None,
        "candidate_users": to_json(opened.candidate_users) if opened.candidate_users else None,
        "due": to_micros(opened.due) if opened.due else None,
        "due_notes": to_json(opened.due_notes) if opened.due_notes else None,
        "follow_up": to_micros(opened.follow_up) if opened.follow_up else None, "priority": opened.priority,
        "created": work.at, "ended": None, "ended_by": None,
    } for token, opened in loaded.effects.tasks.items()]


def _entered(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    effects = loaded.effects
    return [{
        "instance_id": loaded.row.id, "token": token, "element_id": element_id, "kind": kind,
        "state": effects.left.get(token, "active"), "started": work.at,
        "ended": work.at if token in effects.left else None,
        "detail": to_json(effects.details[token]) if token in effects.details else None,
    } for token, element_id, kind in effects.entered]


def _left(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    entered = {token for token, _, _ in loaded.effects.entered}
    return [
        {"in_instance": loaded.row.id, "at_token": token, "new_state": state, "new_ended": work.at}
        for token, state in loaded.effects.left.items() if token not in entered]


def _timers(loaded: Loaded) -> list[dict[str, Any]]:
    return [{
        "instance_id": loaded.row.id, "token": armed.token, "element_id": armed.element_id,
        "root_id": loaded.row.root_id, "due": to_micros(armed.due), "due_notes": to_json(armed.notes),
        "interval": armed.interval, "remaining": armed.remaining, "lease_until": None, "lease_owner": None,
    } for armed in loaded.effects.timers.values()]


def _subscriptions(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    return [{
        "instance_id": loaded.row.id, "token": one.token, "element_id": one.element_id,
        "root_id": loaded.row.root_id, "process_id": loaded.definition.process_id, "kind": one.kind,
        "name": one.name, "correlation_key": one.key, "created": work.at,
    } for one in loaded.effects.subscriptions.values()]


def job_row(work: UnitOfWork, loaded: Loaded, **fields: Any) -> dict[str, Any]:
    """A waiting job; `fields` say what is special about it."""
    return {
        "key": new_id(), "instance_id": loaded.row.id, "root_id": loaded.row.root_id, "token": 0, "element_id": "",
        "topic": "", "state": "waiting", "payload": None, "due": work.at, "attempts": 0, "retries": 3,
        "lease_until": None, "lease_owner": None, "fence": 0, "created": work.at, **fields}


def _jobs(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    created = [
        job_row(work, loaded, token=one.token, element_id=one.element.id, topic=one.topic, retries=one.retries)
        for one in loaded.effects.jobs.values()]
    thrown = [
        job_row(work, loaded, topic=f"engine:{one.kind}", payload=pack([one.name, one.key, one.variables]))
        for one in loaded.effects.thrown]
    return created + thrown


def _incidents(work: UnitOfWork, loaded: Loaded) -> list[dict[str, Any]]:
    return [{
        "id": new_id(), "instance_id": loaded.row.id, "root_id": loaded.row.root_id, "token": token,
        "element_id": one.element_id, "kind": one.kind, "message": message_json(one.message), "job_key": None,
        "created": work.at, "resolved": None, "resolved_by": None,
    } for token, one in loaded.effects.incidents.items()]


def message_json(message: Any) -> str:
    """A message as stored: template and values apart, so that it can be said in any language later."""
    return to_json({"template": message.template, "values": {key: str(value) for key, value in message.values.items()}})


def task_from_row(row: Any, business_key: str | None, headers: Mapping[str, str]) -> UserTask:
    """A task from a row of the task table."""
    return UserTask(
        id=row.id, instance_id=row.instance_id, root_id=row.root_id, business_key=business_key,
        process_id=row.process_id, element_id=row.element_id, name=row.name, assignee=row.assignee,
        candidate_groups=tuple(orjson.loads(row.candidate_groups or "[]")),
        candidate_users=tuple(orjson.loads(row.candidate_users or "[]")), form_id=row.form_id,
        due=_instant(row.due), due_notes=orjson.loads(row.due_notes or "[]"), follow_up=_instant(row.follow_up),
        priority=row.priority, created=_instant(row.created), state=row.state, headers=headers)


def _instant(value: Any) -> Any:
    return from_micros(value) if isinstance(value, int) else value
