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

from sqlalchemy import bindparam, delete, insert, select, update

from engine.errors import Conflict
from engine.message import say
from engine.statements import Cursor, Statement
from tasks.database import joined, table_of
from tasks.handling.models import TaskSubmission
from tasks.handling.withdrawals import WITHDRAWALS
from tasks.register.models import Item
from tasks.worklist.models import TaskDraft, Work, WorkAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from engine.views import Changes


_DRAFT = table_of(TaskDraft)
_DROP_DRAFT = Statement(
    delete(_DRAFT).where(_DRAFT.c.task_id == bindparam("task_id"), _DRAFT.c.account == bindparam("account"))
)
LONGEST_REMARK = 500


class ActKind(StrEnum):
    """What a person may do to a task beside completing it."""

    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    SEND_BACK = "send_back"
    COMPLETE = "complete"
    """Leaves no row of its own: the finished task tells it."""
    STAND_IN = "stand_in"
    """Claimed or completed for an absent colleague, who is the act's `receiver`."""
    RECORD = "record"
    """Completed by the secretary of a leader who signed on paper; she is the act's `receiver`."""
    ASK_COUNTERSIGN = "ask_countersign"
    COUNTERSIGN_AGREE = "countersign_agree"
    COUNTERSIGN_DISAGREE = "countersign_disagree"
    COUNTERSIGN_REMARK = "countersign_remark"


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be done to a task."""

    kind: ActKind
    task_id: str
    remark: str
    holder: str | None = None
    """Who has the task while the actor decides; somebody else by then is a conflict."""
    receiver: str = ""
    files: tuple[str, ...] = ()
    """Attachments that go in with the form."""


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


def refuse_when_overtaken(act: Act, holder: str | None, changes: Changes) -> None:
    """Under the case's lock: the task's holder is still whom the actor saw, or the actor herself.

    Raises:
        Conflict: somebody claimed it, or was given it, in this very moment.
    """
    if holder is not None and holder not in {act.holder, changes.actor}:
        raise Conflict(say("{who} has claimed this task already.", who=holder), by=holder)


def drop_draft(act: Act, changes: Changes) -> None:
    """What was typed has been sent."""
    Cursor(changes.connection).run(_DROP_DRAFT, {"task_id": act.task_id, "account": changes.actor or ""})


def keep(act: Act, changes: Changes) -> None:
    """Write the act down."""
    changes.connection.execute(
        insert(WorkAct).values(
            task_id=act.task_id,
            kind=act.kind,
            by=changes.actor or "",
            receiver=act.receiver,
            remark=act.remark,
            at=changes.at,
        )
    )


def keep_hand_over(act: Act, changes: Changes) -> None:
    """Write the act down, and let what the former holder had typed go with the task."""
    connection = changes.connection
    keep(act, changes)
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


def refuse_when_touched(changes: Changes) -> None:
    """Under the case's lock: nobody has taken up what followed since the service looked."""
    closing = [task.id for task in changes.closed]
    taken = changes.connection.execute(
        select(Work.assignee).where(Work.task_id.in_(closing), Work.assignee.is_not(None))
    ).scalar()
    if taken is not None or not closing:
        raise Conflict(say("This cannot be taken back any more: somebody has already acted on it."), by=taken)


def keep_withdrawal(act: Act, changes: Changes) -> None:
    """Mark what was taken back, and open the step again as it was, with the submitted values as a draft."""
    with joined(changes.connection) as session:
        former = session.get_one(Work, act.task_id)
        submission = session.get_one(TaskSubmission, act.task_id)
        WITHDRAWALS[former.recorder](session, session.get_one(Item, former.item_id), submission)
        former.state = "withdrawn"
        again = next(task for task in changes.opened if task.element_id == former.element_id)
        texts = {name: text for name, text in former.texts.items() if name != "again"}
        session.execute(
            update(Work)
            .where(Work.task_id == again.id)
            .values(texts={**texts, "again": act.task_id}, sender=former.sender)
        )
        session.add(
            WorkAct(
                task_id=act.task_id, kind=act.kind, by=changes.actor or "", receiver="", remark=act.remark,
                at=changes.at,
            )
        )
        session.add(
            TaskDraft(
                task_id=again.id, account=changes.actor or "", content=submission.content, saved_at=changes.at,
                lost=False,
            )
        )


def keep_return(act: Act, changes: Changes) -> None:
    """Write the reason down with each task that was opened for it."""
    for task in changes.opened:
        changes.connection.execute(
            insert(WorkAct).values(
                task_id=task.id,
                kind=act.kind,
                by=changes.actor or "",
                receiver=task.assignee or "",
                remark=act.remark,
                at=changes.at,
            )
        )


def handed_to_holder(session: Session, task_ids: Iterable[str]) -> dict[str, WorkAct]:
    """The newest act that brought each of these tasks to somebody: a hand-over or a return."""
    found = session.scalars(
        select(WorkAct)
        .where(WorkAct.task_id.in_(list(task_ids)), WorkAct.kind.in_([ActKind.HAND_OVER, ActKind.SEND_BACK]))
        .order_by(WorkAct.id)
    )
    return {act.task_id: act for act in found}
