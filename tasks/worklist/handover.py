"""Giving a task to a colleague (改派): by who has it, or by a leader of the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from engine.errors import Conflict
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account, RoleGrant
from tasks.directory.models import Person, Unit
from tasks.directory.queries import names_of
from tasks.forms.views import FieldError, Option
from tasks.worklist.access import may_hand_over, visible_work
from tasks.worklist.acts import LONGEST_REMARK, Act, ActKind, doing
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import WorkAct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.worklist.models import Work


def colleagues(session: Session, actor: Actor, work: Work) -> Sequence[Option]:
    """To whom this actor may give the task: those who hold one of its roles; nobody where she may not."""
    if not may_hand_over(work, actor):
        return ()
    roles = [group.split(":", 1) for group in work.candidates if ":" in group]
    holds = or_(*(and_(Unit.code == unit, RoleGrant.role == role) for unit, role in roles))
    found = session.execute(
        select(Account.name, Person.name, Person.title)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .join(Person, Person.id == Account.person_id)
        .where(holds, ~Account.disabled, Account.name != (work.assignee or ""))
        .order_by(Account.id)
    )
    return [Option(account, name, title) for account, name, title in dict.fromkeys(map(tuple, found))]


def common_colleagues(banli: Banli, actor: Actor, task_ids: Sequence[str]) -> Sequence[Option]:
    """To whom this actor may give all of these tasks; what is not hers to give counts for nothing here."""
    shared: dict[str, Option] | None = None
    with banli.reading() as session:
        for task_id in task_ids:
            work = visible_work(session, actor, task_id)
            offered = {option.value: option for option in colleagues(session, actor, work)}
            if not may_hand_over(work, actor):
                continue
            shared = offered if shared is None else {name: one for name, one in shared.items() if name in offered}
    return list((shared or {}).values())


def hand_over(banli: Banli, actor: Actor, task_id: str, receiver: str, remark: str) -> str:
    """Give the task to a colleague and say why; answers her name. Sent twice it counts once.

    Raises:
        FormInvalid: no colleague or no remark.
        Conflict: somebody else got it meanwhile, or it is over.
        NotAllowed: it is neither mine nor of a unit that I lead.
    """
    said = remark.strip()
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        name = names_of(session, [receiver]).get(receiver, (receiver, ""))[0]
        if _is_done(session, work, actor, receiver, said):
            return name
        if not may_hand_over(work, actor):
            raise NotAllowed(say("Only who has this task, or a leader of the unit, can hand it over."))
        errors = _errors(receiver, said, colleagues(session, actor, work))
        holder = work.assignee
    if errors:
        raise FormInvalid(errors)
    try:
        with doing(Act(ActKind.HAND_OVER, task_id, said, holder, receiver)):
            banli.engine.assign(task_id, receiver, actor=actor.account)
    except Conflict as conflict:
        with banli.reading() as session:
            who = names_of(session, [conflict.by]).get(conflict.by or "", (conflict.by or "", ""))[0]
        raise Conflict(say("{who} was first with this task.", who=who), by=who, at=conflict.at) from conflict
    return name


def _is_done(session: Session, work: Work, actor: Actor, receiver: str, remark: str) -> bool:
    """The same form sent again finds its own act."""
    if work.assignee != receiver:
        return False
    last = session.scalar(
        select(WorkAct)
        .where(WorkAct.task_id == work.task_id, WorkAct.kind == ActKind.HAND_OVER)
        .order_by(WorkAct.id.desc())
        .limit(1)
    )
    return last is not None and (last.by, last.receiver, last.remark) == (actor.account, receiver, remark)


def _errors(receiver: str, remark: str, offered: Sequence[Option]) -> list[FieldError]:
    errors = []
    if receiver not in {option.value for option in offered}:
        errors.append(FieldError("hand_over_to", "改派给", say("Choose the colleague who takes this task.")))
    if not remark:
        errors.append(FieldError("hand_over_remark", "改派说明", say("Say why, so that your colleague knows.")))
    elif len(remark) > LONGEST_REMARK:
        errors.append(FieldError("hand_over_remark", "改派说明", say("At most {n} characters.", n=LONGEST_REMARK)))
    return errors
