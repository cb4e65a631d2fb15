"""One command, one transaction: the root's row first, then the advance, then every row that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from engine import rows, statements
from engine.case import Case
from engine.errors import BpmnError, Conflict, ExecutionFault, NotFound
from engine.history import GENESIS, Record, write_body
from engine.identity import new_id
from engine.message import say
from engine.spiff import snapshot
from engine.spiff.environment import Environment
from engine.spiff.machine import Machine
from engine.spiff.throwing import find_catcher, throw_error, uncaught
from engine.tables import to_micros
from engine.views import Changes, ClosedTask, EndedInstance, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.definitions import CompiledDefinition
    from engine.effects import CallRequested, Effects, Escaped
    from engine.runtime import Runtime


@dataclass(slots=True)
class Loaded:
    """An instance inside a command: its row, its compiled definition, and its machine."""

    row: rows.InstanceRow
    definition: CompiledDefinition
    machine: Machine
    is_new: bool = False
    acted: bool = False

    @property
    def effects(self) -> Effects:
        """What the machine has brought about so far in this command."""
        return self.machine.effects


class UnitOfWork:
    """A running command. Nothing is written before `commit`, except by handlers and recorders on the connection."""

    def __init__(self, runtime: Runtime, connection: Connection, kind: str, actor: str | None) -> None:
        self.runtime = runtime
        self.connection = connection
        self.cursor = statements.Cursor(connection)
        self.kind = kind
        self.actor = actor
        self.now: datetime = runtime.clock()
        self.at = to_micros(self.now)
        self.root: rows.InstanceRow | None = None
        self.loaded: dict[str, Loaded] = {}
        self._found: dict[str, rows.InstanceRow] = {}
        self.completed_tasks: dict[str, str] = {}
        self.updated: list[tuple[str, str]] = []
        self.references: dict[str | None, Any] = {}
        """Reference data that this command has asked for: once, since it is one moment."""
        self.acts: list[dict[str, Any]] = []
        """What handlers did to the case around them; part of the command's record."""

    # -- taking instances ------------------------------------------------------------------------------------

    def lock_case_of(self, task_id: str) -> rows.InstanceRow:
        """Take the case to which a task belongs."""
        found = self.cursor.one(statements.LOCK_ROOT_OF_TASK, {"task_id": task_id})
        if found is None:
            raise NotFound(say("There is no task {id}.", id=task_id))
        self.root = rows.InstanceRow(*found)
        return self.root

    def lock(self, root_id: str) -> rows.InstanceRow:
        """Take the case: every command on it waits here for the one before."""
        found = self.cursor.one(statements.LOCK_ROOT, {"instance_id": root_id})
        if found is None:
            raise NotFound(say("There is no case {id}.", id=root_id))
        self.root = rows.InstanceRow(*found)
        return self.root

    def look(self, root_id: str) -> rows.InstanceRow:
        """The case without its lock: to find out what a command would do, which is then not written."""
        self.root = self._read(root_id)
        return self.root

    def load(self, instance_id: str) -> Loaded:
        """The instance, ready to be advanced; its root must be locked."""
        if instance_id in self.loaded:
            return self.loaded[instance_id]
        root = self.locked()
        row = root if instance_id == root.id else self._found.get(instance_id) or self._read(instance_id)
        definition = self.runtime.definitions.compiled(self.connection, row.definition_id)
        machine = snapshot.read(bytes(row.snapshot or b""), definition.process, self.environment(definition))
        loaded = self.loaded[instance_id] = Loaded(row, definition, machine)
        return loaded

    def found(self, row: rows.InstanceRow) -> None:
        """A descendant's row that was read under the lock already."""
        self._found[row.id] = row

    def _read(self, instance_id: str) -> rows.InstanceRow:
        found = self.cursor.one(statements.READ_INSTANCE, {"instance_id": instance_id})
        if found is None:
            raise NotFound(say("There is no instance {id}.", id=instance_id))
        return rows.InstanceRow(*found)

    def locked(self) -> rows.InstanceRow:
        """The row of the case that this command holds."""
        if self.root is None:
            raise NotFound(say("No case was taken by this command."))
        return self.root

    def environment(self, definition: CompiledDefinition) -> Environment:
        """What the machine may read: fixed for this command, reference data at the case's own version."""
        version = self.root.reference_version if self.root is not None else None
        if version not in self.references:
            self.references[version] = self.runtime.reference_on(self.connection, version)
        return Environment(
            self.now, self.references[version], self.runtime.definitions.decider(self.connection, definition),
            self.runtime.in_transaction, self.runtime.step_budget)

    def begin_instance(
        self, definition: CompiledDefinition, variables: Mapping[str, Any], *, business_key: str | None = None,
        parent: Loaded | None = None, call: CallRequested | None = None,
    ) -> Loaded:
        """A new instance: a root of its own, or the child of a call activity."""
        identifier = new_id()
        root = self.root
        reference = self.runtime.reference_on(self.connection, None) if root is None else None
        row = rows.InstanceRow(
            id=identifier, root_id=identifier if root is None else root.id,
            parent_id=None if parent is None else parent.row.id, parent_token=None if call is None else call.token,
            parent_index=None if call is None else call.index, definition_id=definition.id,
            business_key=business_key if root is None else root.business_key, state="active", revision=0,
            reference_version=getattr(reference, "version", None) if root is None else root.reference_version,
            started=self.at, head=GENESIS if root is None else None, snapshot=None)
        if root is None:
            self.root = row
        machine = Machine.begin(definition.process, self.environment(definition), variables)
        loaded = self.loaded[identifier] = Loaded(row, definition, machine, is_new=True)
        return loaded

    # -- advancing -------------------------------------------------------------------------------------------

    def advance(self, loaded: Loaded) -> None:
        """Let the instance run until it waits, and carry what crosses its border to its relatives."""
        machine = loaded.machine
        loaded.acted = True
        while (call := machine.advance()) is not None:
            self._run_handler(loaded, call)
        self._cross(loaded)

    def _run_handler(self, loaded: Loaded, call: Any) -> None:
        """An in-transaction handler: a savepoint keeps a fault from taking the user's own act with it."""
        machine = loaded.machine
        case = Case(self, loaded.row.id)
        job = Job(
            f"{loaded.row.id}-{call.token}", call.topic, call.element.id, loaded.row.id, loaded.row.root_id,
            loaded.row.business_key, call.variables.flat(), call.element.headers, self.now, self.actor, 1,
            self.connection, case)
        try:
            with self.connection.begin_nested():
                result = self.runtime.handlers[call.topic](job)
        except BpmnError as error:
            machine.pending = None
            self.throw(loaded, call.token, error)
        except Exception as fault:  # noqa: BLE001 - whatever a handler does wrong becomes an incident, never a lost act
            self.runtime.report(fault)
            machine.pending = None
            machine.guarded(machine.tasks[call.token], _raising(call, fault))
        else:
            case.settle()
            machine.resume(rows.checked_result(result))

    def throw(self, loaded: Loaded, token: int, error: BpmnError) -> None:
        """A handler threw a business error: to the nearest event that catches it, across call activities too."""
        machine = loaded.machine
        origin = machine.token(token)
        if origin is None:
            return
        if find_catcher(origin, "error", error.code) is not None:
            throw_error(origin, error.code, str(error), error.variables, final=False)
        elif self._caught_above(loaded, error.code):
            throw_error(origin, error.code, str(error), error.variables, final=True)
        else:
            uncaught(origin, error.code, str(error))

    def _caught_above(self, loaded: Loaded, code: str) -> bool:
        row = loaded.row
        while row.parent_id is not None:
            parent = self.load(row.parent_id)
            token = parent.machine.token(row.parent_token or 0)
            if token is not None and find_catcher(token, "error", code) is not None:
                return True
            row = parent.row
        return False

    def _cross(self, loaded: Loaded) -> None:
        """Calls, ends and escaped errors: everything that concerns another instance of the same case."""
        effects = loaded.effects
        cancelled, effects.calls_cancelled = effects.calls_cancelled, []
        for token in cancelled:
            self._cancel_children(loaded, token)
        calls, effects.calls = effects.calls, []
        for call in calls:
            self._start_child(loaded, call)
        escaped, effects.escaped = effects.escaped, []
        for escape in escaped:
            self._escape(loaded, escape)
        if effects.ended is not None and loaded.row.state == "active":
            loaded.row.state = effects.ended
            if effects.ended == "completed" and loaded.row.parent_id is not None:
                self._child_completed(loaded)

    def _start_child(self, parent: Loaded, call: CallRequested) -> None:
        token = parent.machine.token(call.token)
        if token is None:
            return
        try:
            definition = self.runtime.definitions.called(self.connection, parent.definition, call.process, call.binding)
        except NotFound as missing:
            parent.machine.guarded(token, _raise(missing))
            return
        self.advance(self.begin_instance(definition, call.variables, parent=parent, call=call))

    def _child_completed(self, child: Loaded) -> None:
        parent = self.load(str(child.row.parent_id))
        token = parent.machine.token(child.row.parent_token or 0)
        if token is not None:
            token.task_spec.child_ended(token, child.row.parent_index or 0, dict(child.machine.root.scope.values_))
            self.advance(parent)

    def _escape(self, child: Loaded, escape: Escaped) -> None:
        if child.row.parent_id is None:
            return
        parent = self.load(child.row.parent_id)
        token = parent.machine.token(child.row.parent_token or 0)
        if token is None:
            return
        found = find_catcher(token, escape.kind, escape.code)
        if found is not None:
            parent.machine.happen(found[0], found[1], escape.variables)
        elif escape.kind == "error":
            throw_error(token, escape.code, escape.message, escape.variables, final=True)
        self.advance(parent)

    def _cancel_children(self, parent: Loaded, token: int) -> None:
        known = {
            loaded.row.id for loaded in self.loaded.values()
            if loaded.row.parent_id == parent.row.id and loaded.row.parent_token == token
            and loaded.row.state == "active"}
        stored = self.cursor.all(statements.READ_CHILDREN, {"instance_id": parent.row.id, "token": token})
        for identifier in sorted(known | {row[0] for row in stored}):
            self.terminate(self.load(identifier))

    def terminate(self, loaded: Loaded) -> None:
        """End an instance and everything it called."""
        if loaded.row.state != "active":
            return
        loaded.acted = True
        loaded.machine.end("terminated")
        loaded.row.state = "terminated"
        self._cross(loaded)

    def answered(self, request_id: str | None) -> str | None:
        """The instance that an earlier command with this request id was about, or None."""
        if request_id is None:
            return None
        found = self.cursor.one(statements.READ_REQUEST, {"request_id": request_id})
        return None if found is None else str(found[1])

    def note_updated(self, task_id: str, instance_id: str) -> None:
        """Observers shall see the task as it is now."""
        self.updated.append((task_id, instance_id))

    # -- writing ---------------------------------------------------------------------------------------------

    def commit(self, payload: dict[str, Any], request_id: str | None = None, acted_on: str | None = None) -> None:
        """Write everything; the transaction itself is committed by who opened it."""
        for loaded in list(self.loaded.values()):
            self.runtime.messages.catch_stored(self, loaded)
        root = self.locked()
        touched = [loaded for loaded in self.loaded.values() if loaded.is_new or loaded.acted]
        events = [
            [loaded.row.id, loaded.effects.entered, sorted(loaded.effects.left.items())] for loaded in touched]
        revision = root.revision + 1
        if self.acts:
            payload = {**payload, "acts": self.acts}
        record = Record(root.id, revision, acted_on or root.id, self.kind, self.actor, self.at, request_id,
                        write_body(payload, events))
        head = record.hash(bytes(root.head or GENESIS))
        with self.cursor.together():
            self._write_instances(touched, revision, head)
            rows.write_effects(self, touched)
            self.cursor.run(statements.INSERT_COMMAND, {
                "root_id": root.id, "revision": revision, "instance_id": record.instance_id, "kind": self.kind,
                "actor": self.actor, "at": self.at, "request_id": request_id, "body": record.body, "hash": head})
        self._observe(touched)

    def _write_instances(self, touched: list[Loaded], revision: int, head: bytes) -> None:
        root = self.locked()
        for loaded in touched:
            row = loaded.row
            is_root = row.id == root.id
            written = snapshot.write(loaded.machine)
            ended = self.at if row.state != "active" else None
            if loaded.is_new:
                self.cursor.run(statements.INSERT_INSTANCE, {
                    **row.fields(), "revision": revision if is_root else 1, "ended": ended,
                    "head": head if is_root else None, "snapshot": written})
            else:
                self.cursor.change(statements.UPDATE_INSTANCE, {
                    "instance_id": row.id, "revision_read": row.revision,
                    "new_revision": revision if is_root else row.revision + 1, "new_state": row.state,
                    "new_ended": ended, "new_head": head if is_root else None, "new_snapshot": written},
                    partial(_insist, row.id))
        if all(loaded.row.id != root.id for loaded in touched):
            self.cursor.change(statements.UPDATE_HEAD, {
                "instance_id": root.id, "revision_read": root.revision, "new_revision": revision, "new_head": head},
                partial(_insist, root.id))

    def _observe(self, touched: list[Loaded]) -> None:
        if not self.runtime.observers:
            return
        opened = [task for loaded in touched for task in rows.opened_tasks(self, loaded)]
        closed = [
            ClosedTask(identifier, "completed", self.actor) for identifier in self.completed_tasks]
        closed += [
            ClosedTask(f"{loaded.row.id}-{token}", "cancelled", None)
            for loaded in touched for token in loaded.effects.tasks_cancelled]
        ended = [
            EndedInstance(loaded.row.id, loaded.row.root_id, loaded.row.state)
            for loaded in touched if loaded.effects.ended is not None]
        root = self.locked()
        changes = Changes(self.connection, self.kind, root.id, root.business_key, self.actor, self.now, opened, closed,
                          rows.updated_tasks(self), ended, root.reference_version)
        for observer in self.runtime.observers:
            observer(changes)


def _insist(identifier: str, changed: int) -> None:
    if changed != 1:
        raise Conflict(say("Instance {id} was changed by another command; load it again and repeat.", id=identifier))


def _raise(fault: Exception) -> Callable[[], None]:
    def act() -> None:
        raise fault
    return act


def _raising(call: Any, fault: Exception) -> Callable[[], None]:
    return _raise(ExecutionFault(
        say("The handler “{topic}” of “{name}” failed: {reason}", topic=call.topic,
            name=call.element.name or call.element.id, reason=f"{type(fault).__name__}: {fault}"), call.element.id))
