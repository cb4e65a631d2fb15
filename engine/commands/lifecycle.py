"""Starting and ending a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from engine import statements
from engine.errors import Conflict, EngineError, NotFound
from engine.message import say
from engine.values import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Runtime


def start(
    runtime: Runtime, process_id: str, variables: Mapping[str, Any], *, business_key: str | None,
    request_id: str | None, version: int | None, actor: str | None,
) -> str:
    """Start a root instance; two starts with one request id make one instance."""
    given = checked(variables)
    try:
        with runtime.database.writing() as connection:
            work = runtime.work(connection, "start", actor)
            answered = work.answered(request_id)
            if answered is not None:
                return answered
            definition = runtime.definitions.find(connection, "process", process_id, version)
            compiled = runtime.definitions.compiled(connection, definition.id)
            loaded = work.begin_instance(compiled, given, business_key=business_key)
            work.advance(loaded)
            work.commit({"process": process_id, "version": compiled.version, "variables": given}, request_id)
            return loaded.row.id
    except IntegrityError as error:
        # Two starts with one request id raced on different connections: the first one's answer counts.
        with runtime.database.reading() as connection:
            answered = runtime.work(connection, "start", actor).answered(request_id)
        if answered is None:
            raise EngineError(say("The start was refused by the database: {reason}", reason=str(error.orig))) from error
        return answered


def cancel(runtime: Runtime, instance_id: str, reason: str, actor: str | None) -> None:
    """End a case; only a whole case can be cancelled, since its caller would wait for a part for ever."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "cancel", actor)
        found = work.cursor.one(statements.LOCATE_INSTANCE, {"instance_id": instance_id})
        if found is None:
            raise NotFound(say("There is no instance {id}.", id=instance_id))
        if found[0] != instance_id:
            raise EngineError(say("Instance {id} was called by case {root}; cancel the case.", id=instance_id,
                                  root=found[0]))
        row = work.lock(instance_id)
        if row.state != "active":
            raise Conflict(say("The case is over already: {state}.", state=row.state))
        work.terminate(work.load(instance_id))
        work.commit({"reason": reason})
