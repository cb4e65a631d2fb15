"""An order of new tasks that does not depend on their random ids: the same seed gives the same year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from engine.statements import Cursor, Statement
from engine.tables import instance, user_task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.worklist.models import Work

_MANY = 500
_CALL = Statement(
    select(instance.c.parent_id, instance.c.parent_token, instance.c.parent_index).where(
        instance.c.id == bindparam("instance_id")
    )
)


Calls = dict[str, tuple[str | None, int, int]]
"""For each instance its caller, with token and index of the call; none of it ever changes."""


def in_order(session: Session, found: Sequence[Work], calls: Calls) -> list[Work]:
    """By item, then by the place in the diagrams: which call of which process, and which token of it."""
    places = _places(session, [work.task_id for work in found], calls)
    return sorted(found, key=lambda work: (work.item_id or 0, places[work.task_id], work.element_id))


def _places(session: Session, task_ids: Sequence[str], calls: Calls) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each task the way from the root: token and index of each call, at last the task's own token."""
    places: dict[str, tuple[tuple[int, int], ...]] = {}
    for start in range(0, len(task_ids), _MANY):
        some = task_ids[start : start + _MANY]
        rows = session.execute(
            select(user_task.c.id, user_task.c.instance_id, user_task.c.token).where(user_task.c.id.in_(some))
        )
        for task_id, instance_id, token in rows.all():
            places[task_id] = (*_way(session, calls, instance_id), (token, 0))
    return places


def _way(session: Session, calls: Calls, instance_id: str) -> list[tuple[int, int]]:
    way: list[tuple[int, int]] = []
    current: str | None = instance_id
    while current is not None:
        if current not in calls:
            row = Cursor(session.connection()).one(_CALL, {"instance_id": current})
            calls[current] = (row[0], row[1] or 0, row[2] or 0)
        parent, token, index = calls[current]
        way.append((token, index))
        current = parent
    return way[::-1]
