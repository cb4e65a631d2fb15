"""How a process runs: at each of its shapes how many stand there, how long they stay, how many come again.

Only instances that began in the asked-for period are read, by the index over their definitions: the cost grows with the
cases of the period, not with the years.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, case, func, literal_column, select, type_coerce

from engine import tables

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Column, TypeCoerce
    from sqlalchemy.engine import Connection

_instance, _definition = tables.instance.c, tables.definition.c
_element, _task = tables.element_instance.c, tables.user_task.c


@dataclass(frozen=True, slots=True)
class Standing:
    """One shape of a process in the instances that were asked for."""

    element_id: str
    standing: int
    """Tokens that stand there now."""
    overdue: int
    """Open user tasks whose due date has passed."""
    visits: int
    """How often it was left."""
    stay: timedelta | None
    """How long a visit took on average; None where none is over."""
    instances: int
    """Instances that came by."""
    repeated: int
    """Instances that came by more than once."""


@dataclass(frozen=True, slots=True)
class RunningVersion:
    """A version of a process, and how many instances it has."""

    version: int
    instances: int
    active: int


def versions(connection: Connection, process_id: str) -> list[RunningVersion]:
    """Every version of a process that has instances, the newest first."""
    rows = connection.execute(
        select(_definition.version, func.count(), func.sum(case((_instance.state == "active", 1), else_=0)))
        .join_from(tables.definition, tables.instance, _instance.definition_id == _definition.id)
        .where(_definition.kind == "process", _definition.key == process_id)
        .group_by(_definition.version).order_by(_definition.version.desc())).all()
    return [RunningVersion(version, count, int(active or 0)) for version, count, active in rows]


def standings(
    connection: Connection, process_id: str, *, version: int | None, since: datetime | None, now: datetime,
    paused: Collection[str] = (), kinds: Collection[str] | None = None,
) -> dict[str, Standing]:
    """The figures of every shape that was come by, by its id; of `paused` tasks none is overdue.

    `kinds`: only shapes of these types (`userTask`); gateways and flows through them are half of what is passed.
    """
    chosen = [_definition.kind == "process", _definition.key == process_id]
    if version is not None:
        chosen.append(_definition.version == version)
    if since is not None:
        chosen.append(_instance.started >= since)
    defined = tables.instance.join(tables.definition, _definition.id == _instance.definition_id)
    ids = select(_instance.id).select_from(defined).where(*chosen).subquery()
    per_instance = (
        select(
            _element.element_id, _element.instance_id, func.count().label("times"),
            func.count(_element.ended).label("left"),
            func.coalesce(func.sum(_raw(_element.ended) - _raw(_element.started)), 0).label("stay"))
        .join_from(ids, tables.element_instance, _element.instance_id == ids.c.id)
        .where(_element.kind != "multiInstanceBody" if kinds is None else _element.kind.in_(sorted(kinds)))
        .group_by(_element.element_id, _element.instance_id).subquery())
    shape = per_instance.c
    rows = connection.execute(
        select(shape.element_id, func.sum(shape.times), func.sum(shape.left), func.sum(shape.stay), func.count(),
               func.sum(case((shape.times > 1, 1), else_=0))).group_by(shape.element_id)).all()
    began = [] if since is None else [_instance.started >= since]
    late_tasks = (
        select(_task.element_id, _task.id)
        .select_from(tables.user_task.join(defined if version is not None else tables.instance,
                                           _instance.id == _task.instance_id))
        .where(_task.state == literal_column("'open'"), _task.process_id == process_id, _task.due < now,
               *(chosen if version is not None else began)))
    overdue = connection.execute(late_tasks).all()
    late = Counter(element for element, task_id in overdue if task_id not in paused)
    return {
        element: Standing(
            element, int(times) - int(left), late[element], int(left),
            timedelta(microseconds=int(stay) // int(left)) if left else None, int(count), int(again))
        for element, times, left, stay, count, again in rows}


def _raw(column: Column[Any]) -> TypeCoerce[int]:
    """Microseconds, so that the database can subtract them."""
    return type_coerce(column, BigInteger)

