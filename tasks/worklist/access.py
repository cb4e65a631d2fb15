"""Who may see, claim and complete a task: decided on the task itself, each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import PERMISSIONS, Permission
from tasks.worklist.models import TaskDraft, Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor


def visible_work(session: Session, actor: Actor, task_id: str) -> Work:
    """The task, if it concerns this actor; a foreign one is as good as absent."""
    work = session.get(Work, task_id)
    if work is None or not _concerns(session, work, actor):
        raise NotFound(say("There is no such task, or it is not one of yours."))
    return work


def is_candidate(work: Work, actor: Actor) -> bool:
    """Whether the actor belongs to a group that may take this task, or might have while it was open."""
    return any(group in actor.groups for group in work.candidates)


def may_complete(work: Work, actor: Actor) -> bool:
    """The assignee, or where there is none, a member of a candidate group."""
    if work.state != "open" or Permission.OWN_TASK_COMPLETE not in actor.permissions:
        return False
    if work.assignee is not None:
        return work.assignee == actor.account
    return is_candidate(work, actor)


def may_claim(work: Work, actor: Actor) -> bool:
    """Nobody has it, and the actor belongs to its group."""
    return (
        work.state == "open"
        and work.assignee is None
        and Permission.GROUP_TASK_CLAIM in actor.permissions
        and is_candidate(work, actor)
    )


def may_release(work: Work, actor: Actor) -> bool:
    """It is mine, and my group could take it instead."""
    return work.state == "open" and work.assignee == actor.account and is_candidate(work, actor)


def may_send_back(work: Work, actor: Actor) -> bool:
    """It is mine to work on, and its step names an earlier one."""
    return bool(work.texts.get("return_to")) and may_complete(work, actor)


def may_hand_over(work: Work, actor: Actor) -> bool:
    """It is mine, or my unit's and I lead the unit; a proposer's own task belongs to nobody else."""
    if work.state != "open" or Permission.GROUP_TASK_CLAIM not in actor.permissions:
        return False
    return work.assignee == actor.account or leads(work, actor)


def leads(work: Work, actor: Actor) -> bool:
    """Whether the actor leads the unit whose task it is; steps that tell of a rating are nobody's to steer."""
    leaders = {
        f"{work.unit_code}:{role}" for role, granted in PERMISSIONS.items() if Permission.UNIT_TASK_HAND_OVER in granted
    }
    return not work.confidential and bool(leaders & actor.groups)


def _concerns(session: Session, work: Work, actor: Actor) -> bool:
    if actor.account in {work.assignee, work.finished_by} or is_candidate(work, actor) or leads(work, actor):
        return True
    # A loser of a race still opens the page on which her text was kept.
    return session.get(TaskDraft, (work.task_id, actor.account)) is not None
