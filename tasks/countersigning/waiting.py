"""What a task's end has to do with the countersignatures that were asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from engine.message import say
from engine.statements import Cursor, Statement
from tasks.countersigning.models import Countersignature
from tasks.database import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from engine.views import Changes


STILL_OPEN = say("A countersignature that you asked for is still open. Wait for the answer, or withdraw the request.")


_asked = table_of(Countersignature).c
_OPEN = Statement(select(_asked.required).where(_asked.task_id == bindparam("task_id"), _asked.closed_at.is_(None)))


def is_waiting(connection: Connection, task_id: str) -> bool:
    """Whether a required countersignature of this task is still open."""
    return any(required for (required,) in Cursor(connection).all(_OPEN, {"task_id": task_id}))


def settle(changes: Changes, over: Sequence[str]) -> None:
    """What was asked about tasks that are over needs no answer any more."""
    changes.connection.execute(
        update(Countersignature)
        .where(Countersignature.task_id.in_(over), Countersignature.closed_at.is_(None))
        .values(closed_at=changes.at, closed_by="")
    )
