"""Messages and signals: stored first, then delivered by one command for each case that waits.

A message is stored under a lock on its name and correlation key; a subscription opens under the same lock, after
its root. So neither can miss the other, and no transaction locks a root while it holds any other row.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from engine import statements, tables
from engine.identity import new_id
from engine.values import checked, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.runtime import Runtime
    from engine.unit_of_work import Loaded, UnitOfWork

_CLAIM = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class _Target:
    message_id: str
    process_id: str


def _lock(connection: Connection, name: str, key: str) -> None:
    """Hold the pair of name and correlation key until the transaction ends (SQLite has one writer anyway)."""
    if connection.dialect.name == "postgresql":
        digest = hashlib.sha256(f"{name}\0{key}".encode()).digest()
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": int.from_bytes(digest[:8], "big", signed=True)})


class Messages:
    """Publishing, storing and correlating."""

    def publish(
        self, runtime: Runtime, name: str, key: str, variables: Mapping[str, Any], *, ttl: timedelta | None,
        request_id: str | None, actor: str | None,
    ) -> int:
        """Deliver a message to at most one instance of each process; the number of instances reached."""
        packed = pack(checked(variables))
        now = runtime.clock()
        try:
            with runtime.database.writing() as connection:
                targets = self._store(connection, name, key, packed, now, ttl, request_id)
        except IntegrityError:
            return self._reached(runtime, request_id)
        return sum(self._deliver(runtime, target, actor) for target in targets)

    @staticmethod
    def _reached(runtime: Runtime, request_id: str | None) -> int:
        """What the first publication under this request id is answered: how many instances it reached."""
        with runtime.database.reading() as connection:
            return connection.execute(
                select(func.count()).select_from(tables.delivery)
                .join(tables.message, tables.message.c.id == tables.delivery.c.message_id)
                .where(tables.message.c.request_id == request_id, tables.delivery.c.delivered.is_(True))).scalar() or 0

    def _store(
        self, connection: Connection, name: str, key: str, packed: bytes, now: datetime, ttl: timedelta | None,
        request_id: str | None,
    ) -> list[_Target]:
        _lock(connection, name, key)
        waiting = tables.subscription.c
        processes = connection.execute(
            select(waiting.process_id).where(
                waiting.kind == "message", waiting.name == name, waiting.correlation_key == key).distinct()).scalars()
        message_id = new_id()
        targets = [_Target(message_id, process_id) for process_id in sorted(processes)]
        if targets or ttl is not None or request_id is not None:
            connection.execute(insert(tables.message).values(
                id=message_id, name=name, correlation_key=key, variables=packed, created=now,
                expires=now + (ttl or timedelta()), request_id=request_id))
        if targets:
            connection.execute(insert(tables.delivery), [
                {"message_id": target.message_id, "process_id": target.process_id, "instance_id": None,
                 "delivered": False, "claimed_until": now + _CLAIM} for target in targets])
        return targets

    def _deliver(self, runtime: Runtime, target: _Target, actor: str | None) -> int:
        """Give a stored message to the oldest instance of a process that still waits for it."""
        while True:
            with runtime.database.reading() as connection:
                found = self._oldest(connection, target)
            if found is None:
                self._give_up(runtime, target)
                return 0
            if self._correlate(runtime, target, found, actor):
                return 1

    @staticmethod
    def _oldest(connection: Connection, target: _Target) -> Any:
        message, waiting = tables.message.c, tables.subscription.c
        return connection.execute(
            select(waiting.root_id, waiting.instance_id, waiting.token, waiting.element_id, message.variables)
            .join_from(tables.message, tables.subscription, and_(
                waiting.name == message.name, waiting.correlation_key == message.correlation_key,
                waiting.kind == "message"))
            .where(message.id == target.message_id, waiting.process_id == target.process_id)
            .order_by(waiting.created, waiting.instance_id, waiting.token).limit(1)).one_or_none()

    @staticmethod
    def _give_up(runtime: Runtime, target: _Target) -> None:
        """Nobody waits any more: free the message for whoever comes within its time to live."""
        with runtime.database.writing() as connection:
            connection.execute(delete(tables.delivery).where(
                tables.delivery.c.message_id == target.message_id,
                tables.delivery.c.process_id == target.process_id, tables.delivery.c.delivered.is_(False)))

    def _correlate(self, runtime: Runtime, target: _Target, found: Any, actor: str | None) -> bool:
        with runtime.database.writing() as connection:
            work = runtime.work(connection, "correlate", actor)
            work.lock(found.root_id)
            if not _still_waits(connection, found):
                return False
            done = connection.execute(
                update(tables.delivery).where(
                    tables.delivery.c.message_id == target.message_id,
                    tables.delivery.c.process_id == target.process_id, tables.delivery.c.delivered.is_(False))
                .values(delivered=True, instance_id=found.instance_id)).rowcount
            if done == 0:
                return True
            variables = unpack(bytes(found.variables))
            self._trigger(work, found, variables)
            work.commit({"message": target.message_id, "variables": variables}, acted_on=found.instance_id)
        return True

    @staticmethod
    def _trigger(work: UnitOfWork, found: Any, variables: Mapping[str, Any]) -> None:
        loaded = work.load(found.instance_id)
        token = loaded.machine.token(found.token)
        if token is not None:
            loaded.machine.trigger(token, found.element_id, variables)
            work.advance(loaded)

    def deliver_pending(self, runtime: Runtime, limit: int = 100) -> int:
        """Deliver what a stopped process left behind; expired messages are dropped."""
        now = runtime.clock()
        column = tables.delivery.c
        with runtime.database.writing() as connection:
            rows = connection.execute(
                select(column.message_id, column.process_id)
                .where(column.delivered.is_(False), column.claimed_until <= now).limit(limit)).all()
            for row in rows:
                connection.execute(
                    update(tables.delivery).where(
                        column.message_id == row.message_id, column.process_id == row.process_id)
                    .values(claimed_until=now + _CLAIM))
        return sum(self._deliver(runtime, _Target(*row), None) for row in rows)

    def has_pending(self, connection: Connection, now: datetime) -> bool:
        """Whether a stopped process left deliveries behind."""
        column = tables.delivery.c
        return connection.execute(select(
            exists().where(column.delivered.is_(False), column.claimed_until <= now))).scalar() or False

    def catch_stored(self, work: UnitOfWork, loaded: Loaded) -> None:
        """Before a command commits: give its new subscriptions the stored messages they were too late for."""
        while True:
            wanted = sorted(
                (one for one in loaded.effects.subscriptions.values() if one.kind == "message"),
                key=lambda one: (one.name, one.key))
            caught = False
            for one in wanted:
                _lock(work.connection, one.name, one.key)
                stored = self._stored(work, loaded, one)
                token = loaded.machine.token(one.token)
                if stored is None or token is None:
                    continue
                loaded.machine.trigger(token, one.element_id, unpack(bytes(stored[1])))
                work.advance(loaded)
                caught = True
                break
            if not caught:
                return

    @staticmethod
    def _stored(work: UnitOfWork, loaded: Loaded, one: Any) -> Any:
        process_id = loaded.definition.process_id
        found = work.cursor.one(statements.READ_STORED_MESSAGE, {
            "name": one.name, "key": one.key, "now": work.at, "process": process_id})
        if found is not None:
            work.connection.execute(insert(tables.delivery).values(
                message_id=found[0], process_id=process_id, instance_id=loaded.row.id, delivered=True,
                claimed_until=None))
        return found

    def broadcast(
        self, runtime: Runtime, name: str, variables: Mapping[str, Any], *, request_id: str | None, actor: str | None,
    ) -> int:
        """A signal for all who wait: one command for each, each with a request id of its own."""
        given = checked(variables)
        waiting = tables.subscription.c
        with runtime.database.reading() as connection:
            rows = connection.execute(
                select(waiting.root_id, waiting.instance_id, waiting.token, waiting.element_id)
                .where(waiting.kind == "signal", waiting.name == name, waiting.correlation_key == "")
                .order_by(waiting.created, waiting.instance_id, waiting.token)).all()
        reached = 0
        for row in rows:
            derived = None if request_id is None else f"{request_id}:{row.instance_id}:{row.token}:{row.element_id}"
            reached += self._signal(runtime, row, name, given, derived, actor)
        return reached

    def _signal(
        self, runtime: Runtime, found: Any, name: str, variables: Mapping[str, Any], request_id: str | None,
        actor: str | None,
    ) -> int:
        with runtime.database.writing() as connection:
            work = runtime.work(connection, "signal", actor)
            work.lock(found.root_id)
            if not _still_waits(connection, found) or (request_id and work.answered(request_id)):
                return 0
            self._trigger(work, found, variables)
            work.commit({"signal": name, "variables": dict(variables)}, request_id, found.instance_id)
        return 1


def _still_waits(connection: Connection, found: Any) -> bool:
    column = tables.subscription.c
    return connection.execute(select(exists().where(
        column.instance_id == found.instance_id, column.token == found.token,
        column.element_id == found.element_id))).scalar() or False
