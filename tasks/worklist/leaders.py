"""Recording a verdict that a leader gave on paper (纸质签批): by her secretary, with the scan, under both names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account, RoleGrant
from tasks.attachments.models import Attachment
from tasks.directory.models import Person, Unit
from tasks.forms.views import FieldError, Option
from tasks.register.models import ItemProposer
from tasks.worklist.access import RATED_BY_HERSELF, led_by, may_record, visible_work
from tasks.worklist.acts import Act, ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.worklist.models import Work

SCANS = frozenset({"pdf", "jpg", "png"})
"""Kinds of files that can show a signature."""
WHO = {False: "签批领导", True: "评价人"}
SCAN = {False: "签批件扫描", True: "纸质评价表扫描件"}
"""The two fields beside the form, of a verdict and of a rating (True)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What was signed: by whom, what it says, and its scan."""

    leader: str
    values: Mapping[str, Any]
    scans: Sequence[str]
    """Ids of the attachments that were added to the task's form."""


def leaders(session: Session, actor: Actor, work: Work) -> Sequence[Option]:
    """Whose paper this actor may record for the task: its holder, or where nobody has it, whoever could."""
    if not may_record(work, actor):
        return ()
    if work.recorder == RATED_BY_HERSELF:
        return _raters(session, work)
    groups = [group.split(":", 1) for group in sorted(led_by(work, actor))]
    holds = or_(*(and_(Unit.code == unit, RoleGrant.role == role) for unit, role in groups))
    wanted = (
        select(Account.name, Person.name, Person.title)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .join(Person, Person.id == Account.person_id)
        .where(holds, ~Account.disabled)
        .order_by(Account.id)
    )
    if work.assignee is not None:
        wanted = wanted.where(Account.name == work.assignee)
    found = session.execute(wanted)
    return [Option(account, name, title) for account, name, title in dict.fromkeys(map(tuple, found))]


def _raters(session: Session, work: Work) -> Sequence[Option]:
    """The lead proposer, who alone rates; by her name where she has no account."""
    found = session.execute(
        select(Account.name, Person.name)
        .select_from(ItemProposer)
        .join(Person, Person.id == ItemProposer.person_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(ItemProposer.item_id == work.item_id, ItemProposer.position == 0)
        .limit(1)
    )
    return [Option(work.assignee or account or name, name) for account, name in found]


def act_of_recording(session: Session, actor: Actor, task_id: str, paper: Paper) -> tuple[Work, Act]:
    """The task, and the act by which it is finished.

    Raises:
        NotAllowed: the actor is neither the secretary of a leader whose verdict this is, nor of the committee to
            which a rating goes.
    """
    work = visible_work(session, actor, task_id)
    if work.state == "open" and not may_record(work, actor):
        raise NotAllowed(say("Only who keeps the papers of the person who signs can record what she signed."))
    return work, Act(ActKind.RECORD, task_id, "", work.assignee, paper.leader, tuple(paper.scans))


def missing_on(session: Session, actor: Actor, work: Work, paper: Paper) -> list[FieldError]:
    """What a paper lacks to be recorded for an open task: who signed it, and its scan."""
    errors: list[FieldError] = []
    if work.state != "open":
        return errors
    rates = work.recorder == RATED_BY_HERSELF
    if paper.leader not in {option.value for option in leaders(session, actor, work)}:
        errors.append(FieldError("recorded_for", WHO[rates], say("Choose who signed.")))
    kinds = session.scalars(
        select(Attachment.kind).where(
            Attachment.task_id == work.task_id, Attachment.state == "draft", Attachment.id.in_(paper.scans)
        )
    ).all()
    if not kinds or len(kinds) != len(set(paper.scans)) or not set(kinds) <= SCANS:
        missing = (
            say("Add the scan of the paper form as PDF, JPG or PNG.")
            if rates
            else say("Add the scan of the signed paper as PDF, JPG or PNG.")
        )
        errors.append(FieldError("recorded_scan", SCAN[rates], missing))
    return errors
