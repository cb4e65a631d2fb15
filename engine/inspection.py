"""Reading the engine's state: for people who look, never for commands."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import or_, select

from engine import statements, tables
from engine.errors import NotFound
from engine.incidents import open_incidents
from engine.message import say
from engine.rows import task_from_row
from engine.spiff import snapshot
from engine.spiff.environment import Environment
from engine.statements import Cursor
from engine.views import Called, Decided, ElementInstance, Instance, Pinned

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime
    from engine.views import UserTask

_instance, _task, _element = tables.instance.c, tables.user_task.c, tables.element_instance.c


def root_of(connection: Connection, instance_id: str) -> str:
    """The case an instance belongs to."""
    found = connection.execute(select(_instance.root_id).where(_instance.id == instance_id)).scalar()
    if found is None:
        raise NotFound(say("There is no instance {id}.", id=instance_id))
    return str(found)


def _family(connection: Connection, instance_id: str) -> dict[str, Any]:
    """The rows of an instance and of everything it called, by id, in the order they were started."""
    root_id = root_of(connection, instance_id)
    rows = connection.execute(
        select(_instance.id, _instance.parent_id, _instance.definition_id, _instance.business_key)
        .where(or_(_instance.id == root_id, (_instance.root_id == root_id) & _instance.parent_id.isnot(None)))
        .order_by(_instance.started, _instance.id)).all()
    family = {row.id: row for row in rows}
    if instance_id == root_id:
        return family
    kept = {instance_id}
    for row in rows:
        if row.parent_id in kept:
            kept.add(row.id)
    return {identifier: row for identifier, row in family.items() if identifier in kept}


def user_tasks(runtime: Runtime, instance_id: str) -> list[UserTask]:
    """Open tasks of an instance and its descendants."""
    with runtime.database.reading() as connection:
        family = _family(connection, instance_id)
        root_id = root_of(connection, instance_id)
        rows = connection.execute(
            select(tables.user_task).where(_task.root_id == root_id, _task.state == "open")
            .order_by(_task.created, _task.instance_id, _task.token)).all()
        return [_task_view(runtime, connection, row, family[row.instance_id])
                for row in rows if row.instance_id in family]


def user_task(runtime: Runtime, task_id: str) -> UserTask:
    """One task, open or over."""
    with runtime.database.reading() as connection:
        row = connection.execute(select(tables.user_task).where(_task.id == task_id)).one_or_none()
        if row is None:
            raise NotFound(say("There is no task {id}.", id=task_id))
        owner = connection.execute(
            select(_instance.definition_id, _instance.business_key).where(_instance.id == row.instance_id)).one()
        return _task_view(runtime, connection, row, owner)


def _task_view(runtime: Runtime, connection: Connection, row: Any, owner: Any) -> UserTask:
    definition = runtime.definitions.compiled(connection, owner.definition_id)
    return task_from_row(row, owner.business_key, definition.process.spec(row.element_id).element.headers)


def _looking(runtime: Runtime, connection: Connection | None) -> AbstractContextManager[Connection]:
    return runtime.database.reading() if connection is None else nullcontext(connection)


def task_variables(runtime: Runtime, task_id: str, connection: Connection | None = None) -> dict[str, Any]:
    """What FEEL sees from an open task."""
    with _looking(runtime, connection) as looking:
        return open_task(runtime, task_id, looking)[0]


def open_task(runtime: Runtime, task_id: str, connection: Connection) -> tuple[dict[str, Any], bytes | None]:
    """What FEEL sees from an open task, and its form as it was deployed with its process."""
    row = Cursor(connection).one(statements.READ_OPEN, {"task_id": task_id})
    if row is None:
        raise NotFound(say("There is no task {id}.", id=task_id))
    definition = runtime.definitions.compiled(connection, row[1])
    environment = Environment(
        runtime.clock(), None, runtime.definitions.decider(connection, definition), frozenset())
    machine = snapshot.read(bytes(row[0]), definition.process, environment)
    found = machine.token(int(task_id.rpartition("-")[2]))
    variables = (found.scope if found is not None else machine.root.scope).flat()
    form_id = row[2]
    return variables, None if form_id is None else runtime.definitions.form(
        connection, definition.deployment_id, form_id)


def form(runtime: Runtime, task_id: str, connection: Connection | None = None) -> bytes | None:
    """The form of a task as it was deployed with its process."""
    with _looking(runtime, connection) as looking:
        row = Cursor(looking).one(statements.READ_FORM, {"task_id": task_id})
        if row is None:
            raise NotFound(say("There is no task {id}.", id=task_id))
        if row[0] is None:
            return None
        definition = runtime.definitions.compiled(looking, row[1])
        return runtime.definitions.form(looking, definition.deployment_id, row[0])


def instance(runtime: Runtime, instance_id: str) -> Instance:
    """One instance as a whole."""
    with runtime.database.reading() as connection:
        row = connection.execute(select(tables.instance).where(_instance.id == instance_id)).one_or_none()
        if row is None:
            raise NotFound(say("There is no instance {id}.", id=instance_id))
        definition = runtime.definitions.by_id(connection, row.definition_id)
        incidents = [one for one in open_incidents(connection, row.root_id)
                     if one.instance_id == instance_id or row.id == row.root_id]
    return Instance(
        row.id, row.root_id, row.parent_id, definition.key, definition.version, definition.id, row.business_key,
        row.state, row.revision, snapshot.variables(bytes(row.snapshot)), incidents, row.started, row.ended)


#: Rows that frame others: the process itself, and the shell around the bodies of a multi-instance.
_FRAMES = ("process", "multiInstanceBody")


def history(runtime: Runtime, instance_id: str) -> list[ElementInstance]:
    """Element instances of an instance and its descendants, in the order they were entered; no frames around them."""
    with runtime.database.reading() as connection:
        family = _family(connection, instance_id)
        rows = connection.execute(
            select(tables.element_instance).where(
                _element.instance_id.in_(list(family)), _element.kind.notin_(_FRAMES))
            .order_by(_element.started, _element.instance_id, _element.token)).all()
        names = {
            identifier: runtime.definitions.compiled(connection, row.definition_id)
            for identifier, row in family.items()}
    views = []
    for row in rows:
        definition = names[row.instance_id]
        element = definition.process.process.elements.get(row.element_id)
        views.append(ElementInstance(
            row.instance_id, definition.process_id, row.token, row.element_id,
            element.name if element else definition.process.process.name, row.kind, row.state, row.started, row.ended))
    return views


def family(runtime: Runtime, instance_id: str) -> list[Called]:
    """An instance and everything it called, in the order they were started."""
    with runtime.database.reading() as connection:
        ids = list(_family(connection, instance_id))
        calls = _element.instance_id == _instance.parent_id
        rows = connection.execute(
            select(_instance.id, _instance.definition_id, _instance.parent_id, _instance.state, _instance.started,
                   _instance.ended, _element.element_id)
            .outerjoin(tables.element_instance, calls & (_element.token == _instance.parent_token))
            .where(_instance.id.in_(ids)).order_by(_instance.started, _instance.id)).all()
        processes = {
            row.definition_id: runtime.definitions.compiled(connection, row.definition_id).process.process
            for row in rows}
    return [
        Called(row.id, processes[row.definition_id].id, processes[row.definition_id].name, row.parent_id,
               row.element_id, row.state, row.started, row.ended) for row in rows]


def decided(connection: Connection, decision_id: str, since: datetime) -> list[Decided]:
    """When a decision was made since then, in which case and by which rules of its table."""
    rows = connection.execute(
        select(_element.detail, _element.started, _instance.root_id, _instance.business_key)
        .join(tables.instance, _instance.id == _element.instance_id)
        .where(_element.kind == "businessRuleTask", _element.started >= since,
               _element.detail.contains(f'"id":"{decision_id}"', autoescape=True))
        .order_by(_element.started)).all()
    found = []
    for row in rows:
        detail = orjson.loads(row.detail)
        if detail.get("id") == decision_id:
            rules = tuple(str(rule["id"]) for rule in detail.get("rules", ()))
            found.append(Decided(row.root_id, row.business_key, row.started, detail.get("version", 0), rules))
    return found


def dated_by(connection: Connection, text: str) -> set[str]:
    """The cases with an open task or an armed timer in whose date's notes this text stands."""
    open_tasks = select(_task.root_id).where(_task.state == "open", _task.due_notes.contains(text, autoescape=True))
    armed = select(tables.timer.c.root_id).where(tables.timer.c.due_notes.contains(text, autoescape=True))
    return {str(root) for query in (open_tasks, armed) for root in connection.scalars(query)}


def pinned(connection: Connection) -> list[Pinned]:
    """The running cases with their reference versions."""
    rows = connection.execute(
        select(_instance.id, _instance.business_key, _instance.reference_version)
        .where(_instance.state == "active", _instance.parent_id.is_(None)).order_by(_instance.started, _instance.id))
    return [Pinned(*row) for row in rows]


def explanations(runtime: Runtime, instance_id: str) -> list[dict[str, Any]]:
    """Dates and decisions of a case, each with its element and instant."""
    with runtime.database.reading() as connection:
        family = list(_family(connection, instance_id))
        decided = connection.execute(
            select(_element.element_id, _element.instance_id, _element.started, _element.detail)
            .where(_element.instance_id.in_(family), _element.detail.isnot(None))).all()
        dated = connection.execute(
            select(_task.id, _task.element_id, _task.instance_id, _task.created, _task.due, _task.due_notes)
            .where(_task.instance_id.in_(family), _task.due_notes.isnot(None))).all()
    found = [
        {"kind": "decision", "element_id": row.element_id, "instance_id": row.instance_id, "at": row.started,
         **orjson.loads(row.detail)} for row in decided]
    found += [
        {"kind": "due", "task_id": row.id, "element_id": row.element_id, "instance_id": row.instance_id,
         "at": row.created, "due": row.due, "steps": orjson.loads(row.due_notes)} for row in dated]
    return sorted(found, key=lambda one: one["at"])


def diagram(runtime: Runtime, instance_id: str) -> tuple[bytes, int]:
    """The BPMN file and version of an instance."""
    with runtime.database.reading() as connection:
        definition_id = connection.execute(select(_instance.definition_id).where(_instance.id == instance_id)).scalar()
        if definition_id is None:
            raise NotFound(say("There is no instance {id}.", id=instance_id))
        found = runtime.definitions.by_id(connection, definition_id)
        return runtime.definitions.content(connection, found.deployment_id, found.resource), found.version
