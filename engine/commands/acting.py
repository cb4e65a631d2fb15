"""What an application does to a case beside its diagram: one command, so that its own rows and the case agree.

The application decides which dates move and why; the engine computes what the diagram's expressions give, moves rows,
and keeps all of it in the case's chain.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine import tables, timers
from engine.case import Case
from engine.commands import retiming
from engine.errors import Conflict, EngineError
from engine.message import say
from engine.values import checked
from engine.views import Dated, Move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime
    from engine.unit_of_work import UnitOfWork

_task, _timer, _instance = tables.user_task.c, tables.timer.c, tables.instance.c


class OpenCase(Case):
    """A case in the hands of the application, within one command; `looking` at it writes nothing."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work, work.locked().id)

    @property
    def connection(self) -> Connection:
        """The command's own: what the application writes on it is committed or undone with the command."""
        return self._work.connection

    def dates(self) -> list[Dated]:
        """Every open date of the case: of tasks, then of armed timers that do not repeat."""
        root = self._work.locked().id
        tasks = [
            Dated("task", row.id, row.id, row.instance_id, row.element_id, row.name, row.due, row.created)
            for row in retiming.open_tasks(self.connection, root) if row.due is not None]
        armed = [
            Dated("timer", timers.timer_id(row), f"{row.instance_id}-{row.token}", row.instance_id, row.element_id,
                  self._name(row), row.due, row.started)
            for row in retiming.armed_timers(self.connection, root)]
        return tasks + armed

    def reckoned(self, date: Dated) -> tuple[datetime | None, list[dict[str, Any]]]:
        """What the date's expression gives with the variables of now, at the instant at which it began to count.

        Nothing where it cannot be computed any more.
        """
        loaded = self._work.load(date.instance_id)
        token = loaded.machine.token(int(date.task_id.rpartition("-")[2]))
        if token is None:
            return None, []
        world = replace(loaded.machine.environment, now=date.began)
        spec = token.task_spec if date.kind == "task" else loaded.definition.process.spec(date.element_id)
        try:
            found: tuple[datetime | None, list[dict[str, Any]]] = spec.dated(token, world)
        except EngineError:
            return None, []
        return found

    def revise(self, facts: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Give every running instance of the case the variables that `facts` answers for the ones it has."""
        for identifier in self._running():
            loaded = self._work.load(identifier)
            scope = loaded.machine.root.scope.values_
            changed = checked(facts(dict(scope)))
            if changed:
                scope.update(changed)
                loaded.acted = True
                self._acts.append({"act": "set_variables", "instance": identifier, "variables": changed})

    def move(self, date: Dated, due: datetime, notes: Sequence[Mapping[str, Any]], reason: str) -> None:
        """Move an open date, with what it was computed from."""
        work = self._work
        kept = [*(dict(note) for note in notes), {
            "moved": due.isoformat(), "reason": reason, "by": work.actor, "at": work.now.isoformat(),
            "before": date.due.isoformat()}]
        change = retiming.move_task if date.kind == "task" else retiming.move_timer
        change(work, Move(date.kind, date.id, date.instance_id, date.element_id, date.name, date.due, due), kept)
        self._acts.append({"act": "reschedule", date.kind: date.id, "due": due, "before": date.due, "reason": reason})

    def _running(self) -> list[str]:
        root = self._work.locked().id
        wanted = select(_instance.id).where(_instance.root_id == root, _instance.state == "active")
        return list(self.connection.execute(wanted.order_by(_instance.started, _instance.id)).scalars())

    def _name(self, row: Any) -> str:
        event = self._work.load(row.instance_id).definition.process.spec(row.element_id)
        return str(event.element.name or event.element.id)


@contextmanager
def acting(runtime: Runtime, instance_id: str, kind: str, reason: str, actor: str | None) -> Iterator[OpenCase]:
    """Take the case, let the application act, and commit; an exception inside undoes all of it."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, kind, actor)
        root = work.lock(instance_id)
        if root.state != "active":
            raise Conflict(say("The case is over already: {state}.", state=root.state))
        case = OpenCase(work)
        yield case
        case.settle()
        work.commit({"reason": reason})


@contextmanager
def looking(runtime: Runtime, instance_id: str) -> Iterator[OpenCase]:
    """The case as a command would take it; what is done to it is forgotten."""
    with runtime.database.reading() as connection:
        work = runtime.work(connection, "looking")
        work.look(instance_id)
        yield OpenCase(work)
