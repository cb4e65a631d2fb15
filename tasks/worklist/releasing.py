"""Tasks of people who leave go back to their groups, so that nothing waits for somebody who does not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import Conflict
from tasks.accounts.models import Account
from tasks.directory.models import Unit
from tasks.worklist.acts import Act, ActKind, doing
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli


def release_of_account(banli: Banli, actor: Actor, account: str) -> int:
    """Give every open task of an account back to its group; how many there were. Repeated it does nothing more."""
    with banli.reading() as session:
        works = session.scalars(select(Work).where(Work.state == "open", Work.assignee == account)).all()
    return _release(banli, actor, works)


def release_of_unit(banli: Banli, actor: Actor, code: str) -> int:
    """Give every task of a unit that one of its own people has back to the group."""
    with banli.reading() as session:
        own = select(Account.name).join(Unit, Unit.id == Account.unit_id).where(Unit.code == code)
        works = session.scalars(
            select(Work).where(Work.state == "open", Work.unit_code == code, Work.assignee.in_(own))
        ).all()
    return _release(banli, actor, works)


def _release(banli: Banli, actor: Actor, works: Sequence[Work]) -> int:
    released = 0
    for work in works:
        if not work.candidates:
            continue  # a proposer's own task: nobody else may have it
        try:
            with doing(Act(ActKind.COMPLETE, work.task_id, "", work.assignee)):
                banli.engine.assign(work.task_id, None, actor=actor.account)
        except Conflict:
            continue  # it was finished meanwhile
        released += 1
    return released
