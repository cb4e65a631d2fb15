"""Who did a task for whom: what the course of events says beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import Message, say
from tasks.directory.queries import names_of
from tasks.worklist.acts import ActKind
from tasks.worklist.models import Work, WorkAct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

BEHALF = {ActKind.STAND_IN: say("for {name}", name="")}
"""The words for each act by which somebody works in another's place."""


def on_behalf(session: Session, task_ids: Iterable[str]) -> dict[str, Message]:
    """For each finished task that was done in somebody's place: “for {name}”."""
    found = session.execute(
        select(WorkAct.task_id, WorkAct.kind, WorkAct.receiver)
        .join(Work, Work.task_id == WorkAct.task_id)
        .where(WorkAct.task_id.in_(list(task_ids)), WorkAct.kind.in_(list(BEHALF)), WorkAct.by == Work.finished_by)
        .order_by(WorkAct.id)
    ).all()
    names = names_of(session, [row.receiver for row in found])
    return {
        row.task_id: Message(
            BEHALF[ActKind(row.kind)].template, {"name": names.get(row.receiver, (row.receiver, ""))[0]}
        )
        for row in found
    }
