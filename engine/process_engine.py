"""The engine's face: what an application embeds. `docs/embedding.md` tells it as a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from engine import catalog as catalogs
from engine import inspection, jobs, standing, timers
from engine.commands import acting, administration, lifecycle, moving, retiming, tasks
from engine.database import Database
from engine.definitions import Definitions
from engine.feel import FunctionLibrary
from engine.identity import new_id
from engine.incidents import open_incidents
from engine.messages import Messages
from engine.runtime import Runtime, no_reference, wall_clock
from engine.schema import create_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime, timedelta

    from sqlalchemy.engine import Connection, Engine

    from engine.bpmn.gate import Catalog
    from engine.commands.acting import OpenCase
    from engine.dmn import Model
    from engine.standing import RunningVersion, Standing
    from engine.views import (
        Called,
        Decided,
        Definition,
        Deployment,
        ElementInstance,
        Incident,
        Instance,
        Move,
        Pinned,
        Timer,
        UserTask,
    )

_ROUNDS = 10_000


class ProcessEngine:
    """Runs BPMN diagrams in one database.

    Args:
        url: an SQLAlchemy URL or engine; tables are made on demand.
        handlers: by topic; one marked `@in_transaction` runs inside the command, any other as a job.
        functions: further FEEL functions by name.
        recorders: by name; a user task names one in its header `recorder`.
        observers: called with `Changes` before each command commits, on its own connection.
        catalog: what the gate may check names against; None: such names are not checked.
        clock: gives aware instants; every date the engine computes comes from it.
        reference: gives the frozen reference data of a version (None: the one in force now); one marked
            `@in_transaction` is called with the version and the command's own connection.
        holds: asked before a timer fires, with the command's connection and the id of the task at whose border it
            stands: whether the clock of that task stands still. A held timer is looked at again after an hour, or
            when it is moved.
    """

    def __init__(
        self, url: str | Engine, *, handlers: Mapping[str, Any] | None = None,
        functions: Mapping[str, Any] | FunctionLibrary | None = None, recorders: Mapping[str, Any] | None = None,
        observers: Sequence[Any] = (), catalog: Catalog | None = None, clock: Callable[[], datetime] | None = None,
        reference: Callable[..., Any] | None = None, step_budget: int = 10_000,
        holds: Callable[[Connection, str], bool] | None = None,
    ) -> None:
        library = functions if isinstance(functions, FunctionLibrary) or functions is None else FunctionLibrary(
            functions)
        self.database = Database(url)
        create_tables(self.database)
        handlers = dict(handlers or {})
        self.runtime = Runtime(
            self.database, Definitions(library, catalog), Messages(), handlers, dict(recorders or {}),
            tuple(observers), clock or wall_clock, reference or no_reference,
            frozenset(topic for topic, handler in handlers.items() if catalogs.runs_in_transaction(handler)),
            step_budget, holds)
        self.owner = new_id()

    # -- definitions -----------------------------------------------------------------------------------------

    def deploy(self, files: Mapping[str, bytes], comment: str | None = None, actor: str | None = None) -> Deployment:
        """Store files as one versioned deployment, all or nothing.

        Raises:
            DefinitionInvalid: with `problems`, each with rule, element_id, message and severity.
        """
        with self.database.writing() as connection:
            return self.runtime.definitions.deploy(
                connection, files, self.runtime.clock(), comment=comment, author=actor)

    # -- commands --------------------------------------------------------------------------------------------

    def start(
        self, process_id: str, variables: Mapping[str, Any] | None = None, *, business_key: str | None = None,
        request_id: str | None = None, version: int | None = None, actor: str | None = None,
    ) -> str:
        """Start a process and answer the instance's id; repeated with one request id it answers the same."""
        return lifecycle.start(self.runtime, process_id, variables or {}, business_key=business_key,
                               request_id=request_id, version=version, actor=actor)

    def complete(
        self, task_id: str, values: Mapping[str, Any] | None = None, request_id: str | None = None,
        actor: str | None = None,
    ) -> None:
        """Complete a user task with a person's values.

        Raises:
            Conflict: it is over already; `by` and `at` tell who was first.
            NotFound: there never was such a task.
        """
        tasks.complete(self.runtime, task_id, values or {}, request_id=request_id, actor=actor)

    def assign(self, task_id: str, user: str | None, actor: str | None = None) -> None:
        """Give an open task to somebody, or to nobody (None)."""
        tasks.assign(self.runtime, task_id, user, actor)

    def reschedule(self, identifier: str, due: datetime | date, reason: str, actor: str | None = None) -> None:
        """Move the due date of an open user task, or the instant of an armed timer, and keep the reason."""
        administration.reschedule(self.runtime, identifier, due, reason, actor)

    def retime(
        self, instance_id: str, reference_version: str, reason: str, request_id: str | None = None,
        actor: str | None = None,
    ) -> list[Move]:
        """Put a running case on another version of the reference data; answers the dates that moved with it.

        Raises:
            Conflict: the case is over.
        """
        return retiming.retime(
            self.runtime, instance_id, reference_version, reason, request_id=request_id, actor=actor)

    def acting(
        self, instance_id: str, command: str, reason: str, actor: str | None = None,
    ) -> AbstractContextManager[OpenCase]:
        """Take a running case for an act of the application's own: `with engine.acting(...) as case`.

        What it writes on `case.connection`, the variables it revises and the dates it moves are one command of this
        name: committed together, or undone together when the block raises.

        Raises:
            NotFound: there is no such case.
            Conflict: it is over.
        """
        return acting.acting(self.runtime, instance_id, command, reason, actor)

    def looking(self, instance_id: str) -> AbstractContextManager[OpenCase]:
        """The same to find out what such an act would do; nothing is written, whatever is done to it."""
        return acting.looking(self.runtime, instance_id)

    def move(
        self, task_id: str, element_id: str, reason: str, request_id: str | None = None, actor: str | None = None,
    ) -> None:
        """Put the case at another element of the same scope instead of at this open task.

        Variables keep their values. Branches that could not end any more go with it.

        Raises:
            MoveRefused: no way leads from there to the end.
        """
        moving.move_task(self.runtime, task_id, element_id, reason, request_id=request_id, actor=actor)

    def cancel(self, instance_id: str, reason: str, actor: str | None = None) -> None:
        """End a case and everything in it."""
        lifecycle.cancel(self.runtime, instance_id, reason, actor)

    def retry(self, incident_id: str, attempts: int = 3, actor: str | None = None) -> None:
        """Try again what an incident stopped."""
        administration.retry(self.runtime, incident_id, attempts, actor)

    def skip(
        self, incident_id: str, variables: Mapping[str, Any] | None, reason: str, actor: str | None = None,
    ) -> None:
        """Go on as though the element that an incident stopped had answered these variables.

        Raises:
            Conflict: the incident is resolved already, or it is a timer's.
        """
        administration.skip(self.runtime, incident_id, variables or {}, reason, actor)

    def set_variables(
        self, instance_id: str, variables: Mapping[str, Any], reason: str, actor: str | None = None,
    ) -> None:
        """Correct variables of an instance; needed when an incident's cause is a wrong value."""
        administration.set_variables(self.runtime, instance_id, variables, reason, actor)

    def publish_message(
        self, name: str, correlation_key: str, variables: Mapping[str, Any] | None = None,
        ttl: timedelta | None = None, request_id: str | None = None, actor: str | None = None,
    ) -> int:
        """Correlate a message to at most one waiting instance of each process, the oldest first.

        Returns how many were reached. `ttl`: kept that long for those who begin to wait later (None: not kept).
        """
        return self.runtime.messages.publish(
            self.runtime, name, correlation_key, variables or {}, ttl=ttl, request_id=request_id, actor=actor)

    def broadcast_signal(
        self, name: str, variables: Mapping[str, Any] | None = None, request_id: str | None = None,
        actor: str | None = None,
    ) -> int:
        """A signal to all who wait for it; returns how many there were."""
        return self.runtime.messages.broadcast(
            self.runtime, name, variables or {}, request_id=request_id, actor=actor)

    def run_due(self) -> int:
        """Fire what is due by the engine's clock and run its queued jobs, here and now; returns how many."""
        total = 0
        for _ in range(_ROUNDS):
            handled = self.run_once()
            total += handled
            if handled == 0:
                break
        return total

    def run_once(self, limit: int = 50) -> int:
        """One round of due timers, jobs and deliveries; what a worker calls between its pauses."""
        handled = timers.fire_due(self.runtime, self.owner, limit)
        handled += jobs.run_due(self.runtime, self.owner, limit)
        with self.database.reading() as connection:
            pending = self.runtime.messages.has_pending(connection, self.runtime.clock())
        return handled + (self.runtime.messages.deliver_pending(self.runtime, limit) if pending else 0)

    # -- looking ---------------------------------------------------------------------------------------------

    def user_tasks(self, instance_id: str) -> list[UserTask]:
        """The open user tasks of an instance, called instances included, in the order they were opened."""
        return inspection.user_tasks(self.runtime, instance_id)

    def user_task(self, task_id: str) -> UserTask:
        """One user task, open or over."""
        return inspection.user_task(self.runtime, task_id)

    def task_variables(self, task_id: str, connection: Connection | None = None) -> dict[str, Any]:
        """All variables seen from an open task; on a connection of the caller's own, where it has one."""
        return inspection.task_variables(self.runtime, task_id, connection)

    def open_task(self, task_id: str, connection: Connection) -> tuple[dict[str, Any], bytes | None]:
        """All variables seen from an open task, and its form as it was deployed: both in one look."""
        return inspection.open_task(self.runtime, task_id, connection)

    def form(self, task_id: str) -> dict[str, Any] | None:
        """The form-js schema of a task in the version of its deployment, or None."""
        content = inspection.form(self.runtime, task_id)
        return None if content is None else orjson.loads(content)

    def form_file(self, task_id: str, connection: Connection | None = None) -> bytes | None:
        """The same as it was deployed; for who keeps what he has read of it."""
        return inspection.form(self.runtime, task_id, connection)

    def instance(self, instance_id: str) -> Instance:
        """State, variables, incidents, version and revision of an instance."""
        return inspection.instance(self.runtime, instance_id)

    def history(self, instance_id: str) -> list[ElementInstance]:
        """Element instances in the order they were entered, called instances included."""
        return inspection.history(self.runtime, instance_id)

    def family(self, instance_id: str) -> list[Called]:
        """The instance and every one that was called below it, in the order they were started."""
        return inspection.family(self.runtime, instance_id)

    def explanations(self, instance_id: str) -> list[dict[str, Any]]:
        """How dates were computed and decisions made, in order."""
        return inspection.explanations(self.runtime, instance_id)

    def diagram(self, instance_id: str) -> tuple[bytes, int]:
        """The BPMN file an instance runs on, and its version."""
        return inspection.diagram(self.runtime, instance_id)

    def decisions(self) -> list[Definition]:
        """Every deployed decision in its latest version, by name."""
        with self.database.reading() as connection:
            return self.runtime.definitions.latest(connection, "decision")

    def processes(self) -> list[Definition]:
        """Every deployed process in its latest version, by name."""
        with self.database.reading() as connection:
            return self.runtime.definitions.latest(connection, "process")

    def running_versions(self, process_id: str) -> list[RunningVersion]:
        """Every version of a process that has instances, the newest first."""
        with self.database.reading() as connection:
            return standing.versions(connection, process_id)

    def standings(
        self, process_id: str, version: int | None = None, since: datetime | None = None,
        paused: Collection[str] = (), kinds: Collection[str] | None = None,
    ) -> dict[str, Standing]:
        """At each shape of a process: how many stand there, how many are overdue, how long they stay, how many return.

        `version` and `since` choose the instances: of one version, begun at this instant or later. `paused`: ids of
        tasks whose clock stands still, so that they are not overdue. `kinds`: only shapes of these types.
        """
        with self.database.reading() as connection:
            return standing.standings(
                connection, process_id, version=version, since=since, now=self.runtime.clock(), paused=paused,
                kinds=kinds)

    def diagram_of(self, process_id: str, version: int | None = None) -> tuple[bytes, Definition]:
        """The BPMN file of a deployed process, in the latest or in a given version."""
        with self.database.reading() as connection:
            found = self.runtime.definitions.find(connection, "process", process_id, version)
            return self.runtime.definitions.content(connection, found.deployment_id, found.resource), found

    def decision_model(self, decision_id: str, version: int | None = None) -> tuple[Definition, Model]:
        """The model that holds a deployed decision, in the latest or in a given version."""
        with self.database.reading() as connection:
            found = self.runtime.definitions.find(connection, "decision", decision_id, version)
            return found, self.runtime.definitions.model(connection, found)

    def moves(self, instance_id: str, reference: object) -> list[Move]:
        """Which dates of a case would move if it stood on this reference data; nothing is changed."""
        return retiming.moves(self.runtime, instance_id, reference)

    def pinned(self) -> list[Pinned]:
        """Every running case with the version of the reference data that it stands on, the oldest first."""
        with self.database.reading() as connection:
            return inspection.pinned(connection)

    def decided(self, decision_id: str, since: datetime) -> list[Decided]:
        """When a decision was made since then, in which cases and by which rules of its table."""
        with self.database.reading() as connection:
            return inspection.decided(connection, decision_id, since)

    def dated_by(self, text: str) -> set[str]:
        """The cases with an open date in whose notes this text stands, such as the name of a rule."""
        with self.database.reading() as connection:
            return inspection.dated_by(connection, text)

    def timers(self, instance_id: str) -> list[Timer]:
        """The armed timers of a case."""
        with self.database.reading() as connection:
            return timers.open_timers(connection, inspection.root_of(connection, instance_id))

    def incidents(self, instance_id: str | None = None) -> list[Incident]:
        """The open incidents of a case, or of all."""
        with self.database.reading() as connection:
            return open_incidents(
                connection, None if instance_id is None else inspection.root_of(connection, instance_id))

    def close(self) -> None:
        """Give the database connections back."""
        self.database.engine.dispose()
