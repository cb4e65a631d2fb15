"""What an administrator should look at: provisional years, rules that come into force, incidents, empty groups."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.message import Message, say
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.permissions import Role
from tasks.accounts.role_names import ROLE_NAMES
from tasks.accounts.who_may import empty_roles
from tasks.changes.models import Following
from tasks.changes.service import allow
from tasks.deadlines.models import CalendarYear, Parameter
from tasks.directory.models import Person, Unit
from tasks.worklist.models import IS_OPEN, Work, WorkGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

AHEAD = dt.timedelta(days=60)
"""How long before its day a coming rule is announced."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to look at; `page` names where."""

    tone: str
    """`late` where work stands still, `soon` where something is to be prepared."""
    words: Message
    page: str


def attention(banli: Banli, actor: Actor) -> list[Attention]:
    """Everything that needs attention, what hurts first."""
    allow(actor)
    incidents = len(banli.engine.incidents())
    empty = empty_roles(banli)
    with banli.reading() as session:
        found = [
            *_incidents(incidents),
            *_following(session),
            *_empty_groups(session),
            *_asked_for(empty),
            *_without_roles(session),
            *_provisional(session, banli.today()),
            *_coming(session, banli.today()),
        ]
    return sorted(found, key=lambda one: one.tone != "late")


def _incidents(count: int) -> Iterator[Attention]:
    if count:
        yield Attention("late", say("Cases that cannot go on by themselves: {n}", n=count), "incidents")


def _following(session: Session) -> Iterator[Attention]:
    column = Following
    states = dict(session.execute(select(column.state, func.count()).group_by(column.state)).all())
    if states.get("waiting"):
        words = say("A change is being carried out: {n} cases are left", n=states["waiting"])
        yield Attention("soon", words, "changes")
    if states.get("failed"):
        yield Attention("late", say("{n} cases could not follow a change", n=states["failed"]), "changes")


def _empty_groups(session: Session) -> Iterator[Attention]:
    """Tasks that wait for groups of which nobody holds any; the first one is named."""
    groups: dict[str, list[str]] = {}
    asked = session.execute(
        select(WorkGroup.task_id, WorkGroup.name)
        .join(Work, Work.task_id == WorkGroup.task_id)
        .where(IS_OPEN, Work.assignee.is_(None))
    )
    for task, name in asked:
        groups.setdefault(task, []).append(name)
    held = {
        f"{unit}:{role}"
        for unit, role in session.execute(
            select(Unit.code, RoleGrant.role)
            .join(RoleGrant, RoleGrant.unit_id == Unit.id)
            .join(Account, Account.id == RoleGrant.account_id)
            .where(~Account.disabled)
        )
    }
    waiting = Counter(min(names) for names in groups.values() if not held.intersection(names))
    for name, count in sorted(waiting.items()):
        words = say("{n} tasks wait for “{group}”, which nobody holds", n=count, group=_group(session, name))
        yield Attention("late", words, "roles")


def _asked_for(empty: list[tuple[str, str]]) -> Iterator[Attention]:
    if empty:
        names = "、".join(f"{unit}{role}" for unit, role in empty[:5])
        words = say("Roles that the procedure asks for and nobody holds ({n}): {names}", n=len(empty), names=names)
        yield Attention("soon", words, "roles")


def _group(session: Session, name: str) -> str:
    code, _, role = name.partition(":")
    unit = session.scalar(select(Unit.short_name).where(Unit.code == code)) or code
    return f"{unit} {ROLE_NAMES.get(Role(role), role) if role in set(Role) else role}"


def _without_roles(session: Session) -> Iterator[Attention]:
    names = session.scalars(
        select(Person.name)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
        .where(~Account.disabled, RoleGrant.id.is_(None))
        .order_by(Person.name)
    ).all()
    if names:
        shown = "、".join(names[:5])
        words = say("People with an account and no role ({n}): {names}", n=len(names), names=shown)
        yield Attention("soon", words, "roles")


def _provisional(session: Session, today: dt.date) -> Iterator[Attention]:
    years = session.scalars(
        select(CalendarYear.year)
        .where(~CalendarYear.published, CalendarYear.year <= today.year + 1)
        .order_by(CalendarYear.year)
    )
    for year in years:
        words = say("The holidays of {year} are provisional: paste the notice once it is out", year=year)
        yield Attention("soon", words, "calendar")


def _coming(session: Session, today: dt.date) -> Iterator[Attention]:
    rows = session.scalars(
        select(Parameter)
        .where(Parameter.effective_from > today, Parameter.effective_from <= today + AHEAD)
        .order_by(Parameter.effective_from)
    )
    for row in rows:
        words = say("{name} ({code}) changes on {day}", name=row.name, code=row.code, day=row.effective_from)
        yield Attention("soon", words, "deadlines")
