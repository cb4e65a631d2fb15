"""Putting a case back (or on) by hand: for a return to an earlier step, and for taking one's own submission back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.tasks import stand_at
from engine.spiff.moving import move

if TYPE_CHECKING:
    from engine.runtime import Runtime


def move_task(
    runtime: Runtime, task_id: str, element_id: str, reason: str, *, request_id: str | None, actor: str | None,
) -> None:
    """Move the token that stands at an open task to another element of its scope."""
    with runtime.database.writing() as connection:
        work = runtime.work(connection, "move", actor)
        found = stand_at(work, task_id, request_id)
        if found is None:
            return
        loaded, token, _ = found
        taken = move(loaded.machine, token, element_id)
        work.advance(loaded)
        work.commit({"task": task_id, "to": element_id, "reason": reason,
                     "taken": [one.task_spec.element.id for one in taken]}, request_id, loaded.row.id)
