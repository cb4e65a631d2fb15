"""Sending a case back to an earlier step (退回上一环节), where the diagram names the step: task header `return_to`.

It is no return of a reply (退办): that is a verdict of a review, and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.forms.views import FieldError
from tasks.worklist.access import may_complete, may_send_back, visible_work
from tasks.worklist.acts import LONGEST_REMARK, Act, ActKind, doing
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work, WorkAct

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli


def send_back(banli: Banli, actor: Actor, task_id: str, reason: str, request_id: str | None = None) -> None:
    """Put the case at the earlier step that the diagram names, with the reason. Sent twice it counts once.

    Raises:
        FormInvalid: no reason, or one that is too long.
        NotAllowed: the task is not mine to work on, or its step allows no return.
        Conflict: somebody was first with this task.
        MoveRefused: other branches of the case stand in the way.
    """
    said = reason.strip()
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if work.state == "cancelled" and _is_done(session, work, actor, said):
            return
        if not may_complete(work, actor):
            raise NotAllowed(say("This task is not yours to work on. Claim it first, if it is offered to you."))
        target = work.texts.get("return_to", "")
    if not target:
        raise NotAllowed(say("From this step a case cannot be sent back."))
    if not said:
        raise FormInvalid([FieldError("send_back_reason", "退回原因", say("Say why it is sent back."))])
    if len(said) > LONGEST_REMARK:
        too_long = say("At most {n} characters.", n=LONGEST_REMARK)
        raise FormInvalid([FieldError("send_back_reason", "退回原因", too_long)])
    with doing(Act(ActKind.SEND_BACK, task_id, said, work.assignee)):
        banli.engine.move(task_id, target, said, request_id=request_id, actor=actor.account)


def earlier_step(session: Session, actor: Actor, work: Work) -> str | None:
    """Name of the step to which this actor may send the case back; None where she may not."""
    if not may_send_back(work, actor):
        return None
    target = work.texts["return_to"]
    former = (
        select(Work.step_name)
        .where(Work.item_id == work.item_id, Work.element_id == target)
        .order_by(Work.opened_at.desc())
        .limit(1)
    )
    return session.scalar(former) or target


def _is_done(session: Session, work: Work, actor: Actor, reason: str) -> bool:
    """The same form sent again finds its own act."""
    own = select(WorkAct.id).where(
        WorkAct.kind == ActKind.SEND_BACK,
        WorkAct.by == actor.account,
        WorkAct.remark == reason,
        WorkAct.at == work.finished_at,
    )
    return session.scalar(own.limit(1)) is not None
