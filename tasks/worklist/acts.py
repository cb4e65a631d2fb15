"""Acts on a task beside the diagram, with the words said to them: kept by the very transaction that carries them out.

The engine knows who was given a task, not why. The service says what it is about to do, and the observer, which the
engine calls before it commits, writes it down: no act without its remark, no remark without its act.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from tasks.worklist.models import TaskDraft, WorkAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from engine.views import Changes


class ActKind(StrEnum):
    """What a person may do to a task beside completing it."""

    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be done to a task."""

    kind: ActKind
    task_id: str
    remark: str
    holder: str | None = None
    """Who has the task while the actor decides; somebody else by then is a conflict."""
    receiver: str = ""


_doing: ContextVar[Act | None] = ContextVar("doing", default=None)


@contextmanager
def doing(act: Act) -> Iterator[None]:
    """The commands in this block carry out this act."""
    token = _doing.set(act)
    try:
        yield
    finally:
        _doing.reset(token)


def being_done() -> Act | None:
    """The act that the running command carries out, if it is one."""
    return _doing.get()


def keep_hand_over(act: Act, changes: Changes) -> None:
    """Write the act down, and let what the former holder had typed go with the task."""
    connection = changes.connection
    connection.execute(
        insert(WorkAct).values(
            task_id=act.task_id,
            kind=act.kind,
            by=changes.actor or "",
            receiver=act.receiver,
            remark=act.remark,
            at=changes.at,
        )
    )
    typed = connection.execute(
        select(TaskDraft.content, TaskDraft.saved_at).where(
            TaskDraft.task_id == act.task_id, TaskDraft.account == act.holder, ~TaskDraft.lost
        )
    ).one_or_none()
    own = (TaskDraft.task_id == act.task_id, TaskDraft.account == act.receiver)
    if typed is None or connection.execute(select(TaskDraft.lost).where(*own)).scalar() is False:
        return
    connection.execute(delete(TaskDraft).where(*own))
    connection.execute(
        insert(TaskDraft).values(
            task_id=act.task_id, account=act.receiver, content=typed.content, saved_at=typed.saved_at, lost=False
        )
    )


def handed_to_holder(session: Session, task_ids: Iterable[str]) -> dict[str, WorkAct]:
    """The newest hand-over of each of these tasks."""
    found = session.scalars(
        select(WorkAct)
        .where(WorkAct.task_id.in_(list(task_ids)), WorkAct.kind == ActKind.HAND_OVER)
        .order_by(WorkAct.id)
    )
    return {act.task_id: act for act in found}
