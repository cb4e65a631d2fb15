"""Plays people: finds the open step of a case and finishes it through the same services that pages use."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.actors import actor_named
from tasks.accounts.models import Account, RoleGrant
from tasks.directory.models import Unit
from tasks.worklist.models import Work
from tasks.worklist.service import fill_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.worklist.form_page import Fillable


def open_steps(banli: Banli, item_id: int) -> Sequence[Work]:
    """The steps of a case that wait for somebody."""
    with banli.reading() as session:
        return session.scalars(
            select(Work)
            .where(Work.item_id == item_id, Work.state == "open")
            .options(selectinload(Work.groups))
            .order_by(Work.opened_at, Work.task_id)
        ).all()


def step_named(banli: Banli, item_id: int, element_id: str, unit: str | None = None) -> Work:
    """The open step of this element (and of this unit, where several have it)."""
    found = [
        work for work in open_steps(banli, item_id) if work.element_id == element_id and unit in {None, work.unit_code}
    ]
    if not found:
        waiting = ", ".join(work.element_id for work in open_steps(banli, item_id)) or "nothing"
        raise NotFound(say("Expected the step {step} to be open; open is {waiting}.", step=element_id, waiting=waiting))
    return found[0]


def person_for(banli: Banli, work: Work) -> Actor:
    """Who would do it: the assignee, or the first member of its first group."""
    if work.assignee is not None:
        return actor_named(banli, work.assignee)
    with banli.reading() as session:
        name = next((name for group in work.groups if (name := member_of(session, group.name))), None)
    if name is None:
        raise NotFound(say("Nobody belongs to the groups of the step {step}.", step=work.step_name))
    return actor_named(banli, name)


def perform(
    banli: Banli,
    work: Work,
    fill: Callable[[Fillable], Mapping[str, Any]],
    actor: Actor | None = None,
) -> Actor:
    """Open the step's form as the right person, fill it in, and submit it."""
    person = actor if actor is not None else person_for(banli, work)
    fill_in(banli, person, work.task_id, fill, request_id=f"play:{uuid.uuid4()}")
    return person


def member_of(session: Session, group: str) -> str | None:
    """The account of the first member of a candidate group, `unit:role`."""
    code, role = group.split(":", 1)
    return session.scalar(
        select(Account.name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(Unit.code == code, RoleGrant.role == role, ~Account.disabled)
        .order_by(Account.id)
        .limit(1)
    )
