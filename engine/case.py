"""What an in-transaction handler may do to the case around it, inside the command that runs it.

A diagram says *when* such a thing happens (an extension was granted, so dates move); the handler says what. Both are
written, chained and undone together with the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from engine import statements, tables
from engine.commands.tasks import refuse_closed
from engine.errors import NotFound
from engine.message import say
from engine.rows import to_json
from engine.tables import to_micros
from engine.timing import due_instant
from engine.values import checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from engine.unit_of_work import UnitOfWork


class Case:
    """The case that a handler works in: `job.case`."""

    def __init__(self, work: UnitOfWork, instance_id: str) -> None:
        self._work = work
        self._instance_id = instance_id
        self._facts: list[dict[str, Any]] = []
        self._moved: list[tuple[str, str]] = []
        self._acts: list[dict[str, Any]] = []

    def reschedule(
        self, task_id: str, due: datetime | date, reason: str, notes: Mapping[str, Any] | None = None
    ) -> None:
        """Move the due date of an open task of this case, with what the date was computed from.

        Raises:
            NotFound: the case has no such task.
            Conflict: the task is over.
        """
        work = self._work
        located = work.cursor.one(statements.LOCATE_TASK, {"task_id": task_id})
        if located is None or located[0] != work.locked().id:
            raise NotFound(say("There is no task {id}.", id=task_id))
        row = work.cursor.one(statements.READ_TASK, {"task_id": task_id, "request_id": None})
        refuse_closed(row)
        instant = due_instant(due, work.now, row[5])
        moved = {"moved": instant.isoformat(), "reason": reason, "by": work.actor, "at": work.now.isoformat()}
        kept = orjson.loads(row[12] or "[]")
        if notes is not None:
            kept.append({"expression": reason, "notes": [dict(notes)]})
        kept.append(moved)
        work.cursor.run(
            statements.RESCHEDULE_TASK, {"task_id": task_id, "new_due": to_micros(instant), "new_notes": to_json(kept)}
        )
        self._moved.append((task_id, located[1]))
        self._acts.append({"act": "reschedule", "task": task_id, "due": instant, "before": row[11], "reason": reason})

    def set_below(self, variables: Mapping[str, Any]) -> None:
        """Tell the called instances that still run below this one: each variable that they were given, anew.

        A called process keeps what it was called with; where the fact itself has changed, this carries it down.
        """
        self._facts.append(checked(variables))

    def settle(self) -> None:
        """The handler is done: what it did becomes part of the command. What a failing handler did is forgotten."""
        work = self._work
        for task_id, instance_id in self._moved:
            work.note_updated(task_id, instance_id)
        work.acts += self._acts
        for given in self._facts:
            self._tell(given)

    def _tell(self, given: Mapping[str, Any]) -> None:
        work = self._work
        for identifier in self._below():
            loaded = work.load(identifier)
            if loaded.row.state != "active":
                continue
            scope = loaded.machine.root.scope.values_
            changed = {name: value for name, value in given.items() if name in scope}
            if changed:
                scope.update(changed)
                loaded.acted = True
                work.acts.append({"act": "set_variables", "instance": identifier, "variables": changed})

    def _below(self) -> list[str]:
        column = tables.instance.c
        rows = self._work.connection.execute(
            select(column.id, column.parent_id).where(
                column.root_id == self._work.locked().id, column.state == "active"
            )
        ).all()
        found, edge = [], {self._instance_id}
        while edge:
            edge = {row.id for row in rows if row.parent_id in edge}
            found += sorted(edge)
        return found
