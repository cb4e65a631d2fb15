"""Putting a case back (or on) by hand: for a return to an earlier step, and for taking one's own submission back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.tasks import refuse_closed, take
from engine.errors import Conflict
from engine.message import say
from engine.spiff.moving import move

if TYPE_CHECKING:
    from engine.runtime import Runtime


def move_task(
    runtime: Runtime, task_id: str, element_id: str, reason: str, *, request_id: str | None, actor: str | None,
) -> None:
    """Move the token that stands at an open task to another element of its scope."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "move", actor)
        instance_id, row = take(work, task_id, request_id)
        if request_id is not None and row[16] is not None:
            return
        refuse_closed(row)
        loaded = work.load(instance_id)
        token = loaded.machine.token(row[0])
        if token is None:
            raise Conflict(say("This task is not waited for any more."))
        taken = move(loaded.machine, token, element_id)
        work.advance(loaded)
        work.commit({"task": task_id, "to": element_id, "reason": reason,
                     "taken": [one.task_spec.element.id for one in taken]}, request_id, instance_id)
