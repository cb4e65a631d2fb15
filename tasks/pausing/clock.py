"""The engine asks, before a timer fires, whether the clock of its task stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.database import table_of
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_work = table_of(Work).c


def stands_still(connection: Connection, task_id: str) -> bool:
    """No reminder, and no consequence of silence, while the clock of a step is paused."""
    wanted = select(_work.suspended_at).where(_work.task_id == task_id, _work.state == "open")
    return connection.execute(wanted).scalar() is not None
