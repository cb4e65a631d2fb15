"""Who may see, claim and complete a task: decided on the task itself, each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import PERMISSIONS, Permission, Role
from tasks.cases.access import OUTCOME, RATING, reads_ratings
from tasks.database import by_key
from tasks.worklist.models import TaskDraft, Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor, StandIn


RATED_BY_HERSELF = "feedback"
"""Recorder of the proposer's rating."""
RECORDABLE = frozenset(
    {"review", "adjustment_ruling", "endorsement", "opinion_approval", "promise_signature", "slip_signature"}
)
"""Recorders of the verdicts that a leader may give on paper."""
_SECRETARIES = {
    Role.UNIT_HEAD: Role.UNIT_OFFICE,
    Role.UNIT_DEPUTY: Role.UNIT_OFFICE,
    Role.HUB_LEADER: Role.HUB_OFFICER,
    Role.HUB_DEPUTY: Role.HUB_OFFICER,
    Role.GOV_LEADER: Role.HUB_OFFICER,
    Role.MAYOR: Role.HUB_OFFICER,
}
"""Who records what a leader has signed on paper; of the same body, or of the hub for the government's leaders."""
_SERVED_BY_THE_HUB = frozenset({Role.GOV_LEADER, Role.MAYOR})


def visible_work(session: Session, actor: Actor, task_id: str) -> Work:
    """The task, if it concerns this actor; a foreign one is as good as absent."""
    work = by_key(session, Work, task_id)
    if work is None or not _concerns(session, work, actor):
        raise NotFound(say("There is no such task, or it is not one of yours."))
    return work


def is_candidate(work: Work, actor: Actor) -> bool:
    """Whether the actor belongs to a group that may take this task, or might have while it was open."""
    return any(group in actor.groups for group in work.candidates)


def may_complete(work: Work, actor: Actor) -> bool:
    """The assignee, or where there is none, a member of a candidate group; or who stands in for one of these."""
    return is_own(work, actor) or stood_in_for(work, actor) is not None


def is_own(work: Work, actor: Actor) -> bool:
    """Whether the actor may complete this open task by herself, without standing in for anybody."""
    if work.state != "open" or Permission.OWN_TASK_COMPLETE not in actor.permissions:
        return False
    if work.assignee is not None:
        return work.assignee == actor.account
    # A rating that no account of a proposer could give is keyed in from paper, with the scan.
    return is_candidate(work, actor) and work.recorder != RATED_BY_HERSELF


def stood_in_for(work: Work, actor: Actor) -> StandIn | None:
    """The absent colleague for whom the actor may do this open task (代办); None where it is her own, or nobody's.

    Nobody rates for a proposer. Steps that tell of a rating are closed to units' people.
    """
    if work.state != "open" or not work.candidates or is_own(work, actor):
        return None
    if work.confidential not in open_to_substitutes(actor) or work.recorder == RATED_BY_HERSELF:
        return None
    return next((absent for absent in actor.stands_in if _is_of(work, absent)), None)


def open_to_substitutes(actor: Actor) -> frozenset[str]:
    """The values of `confidential` that do not keep this actor from standing in."""
    if Permission.UNIT_ITEM_READ in actor.permissions:
        return frozenset({""})
    return frozenset({"", OUTCOME, RATING}) if reads_ratings(actor) else frozenset({"", OUTCOME})


def _is_of(work: Work, absent: StandIn) -> bool:
    if work.assignee is not None:
        return work.assignee == absent.account
    return any(group in absent.groups for group in work.candidates)


def may_claim(work: Work, actor: Actor) -> bool:
    """Nobody has it, and the actor belongs to its group, or stands in for somebody who does."""
    return (
        work.state == "open"
        and work.assignee is None
        and work.recorder != RATED_BY_HERSELF
        and Permission.GROUP_TASK_CLAIM in actor.permissions
        and (is_candidate(work, actor) or stood_in_for(work, actor) is not None)
    )


def may_release(work: Work, actor: Actor) -> bool:
    """It is mine, and my group, or that of a colleague for whom I stand in, could take it instead."""
    groups = actor.groups.union(*(absent.groups for absent in actor.stands_in))
    return work.state == "open" and work.assignee == actor.account and bool(groups & set(work.candidates))


def may_send_back(work: Work, actor: Actor) -> bool:
    """It is mine to work on, and its step names an earlier one."""
    return bool(work.texts.get("return_to")) and may_complete(work, actor)


def may_record(work: Work, actor: Actor) -> bool:
    """What was signed on paper, with its scan: a leader's verdict by her secretary, a rating by the committee."""
    return (bool(led_by(work, actor)) or keys_rating(work, actor)) and not is_own(work, actor)


def keys_rating(work: Work, actor: Actor) -> bool:
    """Whether the actor may key in a rating that the proposer gave on paper: her committee's people only.

    Nobody of a handling unit may, whatever other roles she holds (handbook §2.2, separation rule a).
    """
    return (
        work.state == "open"
        and work.recorder == RATED_BY_HERSELF
        and is_candidate(work, actor)
        and reads_ratings(actor)
    )


def led_by(work: Work, actor: Actor) -> frozenset[str]:
    """The leaders' groups of this open task for which the actor is the secretary."""
    if work.state != "open" or work.confidential or work.recorder not in RECORDABLE:
        return frozenset()
    mine = served(actor)
    anywhere = {role.removeprefix("*") for role in mine if role.startswith("*")}
    return frozenset(
        group for group in work.candidates if group in mine or any(group.endswith(role) for role in anywhere)
    )


def may_print_sheet(work: Work, actor: Actor) -> bool:
    """Whether the actor may print the sheet on which a leader signs: the leader herself, and her secretary."""
    if led_by(work, actor):
        return True
    if work.confidential or work.recorder not in RECORDABLE or not is_own(work, actor):
        return False
    return any(group in work.candidates and group.split(":", 1)[1] in _SECRETARIES for group in actor.groups)


def served(actor: Actor) -> frozenset[str]:
    """The groups of leaders whose secretary the actor is; those of the government by their roles alone (`*:mayor`)."""
    found = set()
    for group in actor.groups:
        unit, role = group.split(":", 1)
        for leader, secretary in _SECRETARIES.items():
            if role == secretary:
                found.add(f"*:{leader}" if leader in _SERVED_BY_THE_HUB else f"{unit}:{leader}")
    return frozenset(found)


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
    if stood_in_for(work, actor) is not None or may_record(work, actor):
        return True
    # A loser of a race still opens the page on which her text was kept.
    return session.get(TaskDraft, (work.task_id, actor.account)) is not None
