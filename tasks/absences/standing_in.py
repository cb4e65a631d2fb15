"""For whom an account stands in today: the chain of absences, followed backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select

from tasks.absences.models import Absence
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.views import StandIn
from tasks.directory.models import Person, Unit

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

MOST_LINKS = 3
"""A leaves it to B, B to C, C to D: nobody answers for more than that."""


def in_force(today: dt.date) -> ColumnElement[bool]:
    """A condition on `Absence` that holds on its days, once it is accepted and until it is ended."""
    return and_(
        Absence.accepted_at.is_not(None),
        Absence.ended_at.is_(None),
        Absence.first_day <= today,
        Absence.last_day >= today,
    )


def stands_in_for(session: Session, account: str, today: dt.date) -> tuple[StandIn, ...]:
    """The absent colleagues whose tasks this account may do today; usually nobody, which costs one query."""
    found: dict[str, dt.date] = {}
    nearest = [account]
    for _ in range(MOST_LINKS):
        rows = session.execute(
            select(Absence.account, Absence.last_day).where(in_force(today), Absence.substitute.in_(nearest))
        ).all()
        fresh = {name: last for name, last in rows if name != account and name not in found}
        if not fresh:
            break
        found |= fresh
        nearest = list(fresh)
    return tuple(_stand_in(session, name, until) for name, until in found.items())


def _stand_in(session: Session, account: str, until: dt.date) -> StandIn:
    person = session.scalar(
        select(Person.name).join(Account, Account.person_id == Person.id).where(Account.name == account)
    )
    groups = session.execute(
        select(Unit.code, RoleGrant.role)
        .join(RoleGrant, RoleGrant.unit_id == Unit.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(Account.name == account)
    )
    return StandIn(account, person or account, frozenset(f"{unit}:{role}" for unit, role in groups), until)
