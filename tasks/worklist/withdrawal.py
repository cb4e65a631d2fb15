"""Taking back what I have just submitted (撤回), while nobody has acted on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import Conflict
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.handling.withdrawals import WITHDRAWALS
from tasks.worklist.access import visible_work
from tasks.worklist.acts import Act, ActKind, doing
from tasks.worklist.models import TaskDraft, Work

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from engine.message import Message
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

REASON = "撤回"


def withdrawable(session: Session, actor: Actor, works: Sequence[Work]) -> Collection[str]:
    """Ids of those finished tasks that this actor can still take back."""
    if Permission.OWN_TASK_COMPLETE not in actor.permissions:
        return frozenset()
    mine = [work for work in works if _is_mine(work, actor)]
    if not mine:
        return frozenset()
    cases = {work.root_id for work in mine}
    followed: dict[str, list[Work]] = {}
    for later in session.scalars(select(Work).where(Work.root_id.in_(cases))):
        followed.setdefault(later.texts.get("follows", ""), []).append(later)
    return {work.task_id for work in mine if untouched(session, actor.account, followed.get(work.task_id, []))}


def untouched(session: Session, account: str, following: Sequence[Work]) -> bool:
    """Whether what a submission opened still waits for its first reader: open, with nobody, and without a draft."""
    if not following or any(work.state != "open" or work.assignee is not None for work in following):
        return False
    drafts = select(TaskDraft.task_id).where(
        TaskDraft.task_id.in_([work.task_id for work in following]), TaskDraft.account != account
    )
    return session.scalar(drafts.limit(1)) is None


def withdraw(banli: Banli, actor: Actor, task_id: str, request_id: str | None = None) -> str:
    """Put the case back at my step, with what I had submitted as a draft; answers the task to go on with.

    Raises:
        NotAllowed: it was not mine, its step does not allow it, or somebody has acted on it.
        Conflict: somebody acted on it in this very moment.
        MoveRefused: other branches of the case stand in the way.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if work.state == "withdrawn" and work.finished_by == actor.account:
            return _again(session, work).task_id
        if not withdrawable(session, actor, [work]):
            raise NotAllowed(_refusal(work, actor))
        following = next(
            later.task_id for later in _of_item(session, work) if later.texts.get("follows") == task_id
        )
        due, step = work.due, work.element_id
    with doing(Act(ActKind.WITHDRAW, task_id, "")):
        banli.engine.move(following, step, REASON, request_id=request_id, actor=actor.account)
    with banli.reading() as session:
        again = _again(session, session.get_one(Work, task_id))
    if again.assignee != actor.account:  # the diagram names the first handler; it was hers by a hand-over or a claim
        with doing(Act(ActKind.WITHDRAW, again.task_id, "", holder=again.assignee)):
            banli.engine.assign(again.task_id, actor.account, actor=actor.account)
    if due is not None and again.due != due:  # taking back wins no time
        banli.engine.reschedule(again.task_id, due, REASON, actor=actor.account)
    return again.task_id


def _is_mine(work: Work, actor: Actor) -> bool:
    return (
        work.state == "completed" and work.finished_by == actor.account and work.recorder in WITHDRAWALS
    )


def _refusal(work: Work, actor: Actor) -> Message:
    if work.finished_by != actor.account:
        return say("Only what you have submitted yourself can be taken back.")
    if work.recorder not in WITHDRAWALS:
        return say("What was submitted at this step cannot be taken back: it has reached others.")
    return say("This cannot be taken back any more: somebody has already acted on it.")


def _of_item(session: Session, work: Work) -> Sequence[Work]:
    return session.scalars(select(Work).where(Work.root_id == work.root_id).order_by(Work.opened_at)).all()


def _again(session: Session, withdrawn: Work) -> Work:
    """The task that stands for the one that was taken back."""
    for work in _of_item(session, withdrawn):
        if work.texts.get("again") == withdrawn.task_id:
            return work
    raise Conflict(say("This task was ended by the procedure meanwhile."))
