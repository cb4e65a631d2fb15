"""Units and people by what services know them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from engine.errors import NotFound
from engine.message import say
from engine.statements import Statement
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.permissions import Role
from tasks.database import cursor_of, remembered, table_of
from tasks.directory.models import Area, Membership, Person, Sitting, Term, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli

BODY_OF_KIND = {"suggestion": "npc", "proposal": "cppcc"}
"""Suggestions go through the congress, proposals through the CPPCC (handbook §0.4)."""

COMMITTEE_OF_KIND = {"suggestion": ("npc_office", Role.NPC_REVIEWER), "proposal": ("cppcc_office", Role.CPPCC_REVIEWER)}
"""Kind of the committee's body, and the role that acts for it."""


def the_area(session: Session) -> Area:
    """The area of this installation."""
    area = session.scalar(select(Area).order_by(Area.id).limit(1))
    if area is None:
        raise NotFound(say("There is no area yet. Run “banli init” or “banli demo” first."))
    return area


def is_set_up(banli: Banli) -> bool:
    """Whether this installation has an area."""
    with banli.reading() as session:
        return session.scalar(select(Area.id).limit(1)) is not None


def area_name(banli: Banli) -> str:
    """What the sign-in page calls this installation; empty before an area is set up."""
    with banli.reading() as session:
        return session.scalar(select(Area.name).order_by(Area.id).limit(1)) or ""


_BY_CODE = select(Unit).where(Unit.code == bindparam("code"))


def unit_by_code(session: Session, code: str) -> Unit:
    """The body of this code."""
    unit = session.scalar(_BY_CODE, {"code": code})
    if unit is None:
        raise NotFound(say("There is no unit “{code}”.", code=code))
    return unit


def unit_of_kind(session: Session, kind: str) -> Unit:
    """The first body of a kind: the hub, a committee."""
    unit = session.scalar(select(Unit).where(Unit.kind == kind).order_by(Unit.position).limit(1))
    if unit is None:
        raise NotFound(say("The area has no unit of the kind “{kind}”. Add it to the directory.", kind=kind))
    return unit


_HANDLING_UNITS = select(Unit).where(Unit.kind == "handling", ~Unit.disabled).order_by(Unit.position)


def handling_units(session: Session) -> Sequence[Unit]:
    """Units that can be given an item, in the order of the directory."""
    return session.scalars(_HANDLING_UNITS).all()


_PEOPLE_WITH_ROLE = Statement(
    select(Account.name, Person.name, Person.phone)
    .join(RoleGrant, RoleGrant.account_id == Account.id)
    .join(Unit, Unit.id == RoleGrant.unit_id)
    .join(Person, Person.id == Account.person_id)
    .where(Unit.code == bindparam("unit"), RoleGrant.role == bindparam("role"), ~Account.disabled)
    .order_by(Account.id)
)


def people_with_role(session: Session, unit_code: str, role: Role) -> Sequence[tuple[str, str, str]]:
    """Account, name and telephone of those who hold a role in a unit."""
    return remembered(
        session,
        (people_with_role, unit_code, role),
        lambda: cursor_of(session).all(_PEOPLE_WITH_ROLE, {"unit": unit_code, "role": role}),
    )


def current_sitting(session: Session, kind: str) -> Sitting:
    """The newest session of the congress (suggestions) or of the CPPCC (proposals)."""
    sitting = session.scalar(
        select(Sitting).join(Term).where(Term.body == BODY_OF_KIND[kind]).order_by(Sitting.opened.desc()).limit(1)
    )
    if sitting is None:
        raise NotFound(say("There is no session to submit to. Add one to the directory."))
    return sitting


def memberships_of(session: Session, person_id: int) -> Sequence[Membership]:
    """The mandates that a person holds."""
    return session.scalars(select(Membership).where(Membership.person_id == person_id)).all()


def members_named(session: Session, name: str, kind: str) -> Sequence[Person]:
    """People of this name with a mandate in the congress or in the CPPCC."""
    return session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .join(Term, Term.id == Membership.term_id)
        .where(Person.name == name, Term.body == BODY_OF_KIND[kind])
    ).all()


def account_of_person(session: Session, person_id: int) -> str | None:
    """The account with which a person signs in."""
    return session.scalar(select(Account.name).where(Account.person_id == person_id, ~Account.disabled).limit(1))


def names_of(session: Session, accounts: Iterable[str | None]) -> dict[str, tuple[str, str]]:
    """Name and short unit name of each account; one query for a page."""
    wanted = {account for account in accounts if account}
    known: dict[str, tuple[str, str]] = remembered(session, names_of, dict)
    if missing := wanted - known.keys():
        found = session.execute(_NAMES, {"accounts": sorted(missing)})
        known |= {account: (name, unit or "") for account, name, unit in found}
    return {account: known[account] for account in wanted if account in known}


_ACCOUNTS, _PEOPLE, _UNITS = table_of(Account), table_of(Person), table_of(Unit)
_NAMES = (
    select(_ACCOUNTS.c.name, _PEOPLE.c.name, _UNITS.c.short_name)
    .select_from(_ACCOUNTS.join(_PEOPLE).outerjoin(_UNITS, _UNITS.c.id == _ACCOUNTS.c.unit_id))
    .where(_ACCOUNTS.c.name.in_(bindparam("accounts", expanding=True)))
)
