"""The page of absences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tasks.absences.models import Absence
from tasks.absences.rules import serves
from tasks.absences.service import led_units, may_set
from tasks.absences.views import AbsencePage, AbsenceRow, AbsenceState
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.permissions import Permission
from tasks.directory.queries import names_of
from tasks.forms.views import Option

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

MOST_ROWS = 200
"""Newest first; nobody scrolls further back on this page."""


def absences(banli: Banli, actor: Actor) -> AbsencePage:
    """Mine, those that I look after, those in which I stand in, and the choices of the form."""
    with banli.reading() as session:
        everybody = staff(session, actor)
        rows = _rows(banli, session, actor, everybody)
        return AbsencePage(
            mine=[row for absence, row in rows if absence.account == actor.account],
            others=[row for absence, row in rows if absence.account != actor.account and row.can_end],
            standing_in=[row for absence, row in rows if absence.substitute == actor.account],
            people=_options([one for one in everybody if may_set(actor, one)]),
            substitutes=_by_unit(everybody),
        )


def staff(session: Session, actor: Actor) -> Sequence[Account]:
    """Everybody who does the work of an office: the actor, then her unit, then the others."""
    found = session.scalars(
        select(Account)
        .where(~Account.disabled)
        .options(
            joinedload(Account.person),
            joinedload(Account.unit),
            selectinload(Account.grants).joinedload(RoleGrant.unit),
        )
        .order_by(Account.id)
    ).unique()
    return sorted((account for account in found if serves(account)), key=_first(actor))


def _rows(
    banli: Banli, session: Session, actor: Actor, everybody: Sequence[Account]
) -> list[tuple[Absence, AbsenceRow]]:
    steered = {account.name for account in everybody if may_set(actor, account)}
    wanted = select(Absence).order_by(Absence.last_day.desc(), Absence.id.desc()).limit(MOST_ROWS)
    if Permission.AREA_SETTING_CHANGE not in actor.permissions:
        concerned = steered if led_units(actor) else {actor.account}
        wanted = wanted.where(Absence.account.in_(concerned) | (Absence.substitute == actor.account))
    found = session.scalars(wanted).all()
    names = names_of(session, [name for row in found for name in (row.account, row.substitute, row.set_by)])
    today = banli.today()
    return [(absence, _row(actor, absence, names, steered, today)) for absence in found]


def _row(
    actor: Actor, absence: Absence, names: dict[str, tuple[str, str]], steered: set[str], today: dt.date
) -> AbsenceRow:
    name, unit = names.get(absence.account, (absence.account, ""))
    other, other_unit = names.get(absence.substitute, (absence.substitute, ""))
    state = state_of(absence, today)
    alive = state in (AbsenceState.WAITING, AbsenceState.AHEAD, AbsenceState.IN_FORCE)
    return AbsenceRow(
        absence_id=absence.id,
        account=absence.account,
        name=name,
        unit=unit,
        substitute_name=other,
        substitute_unit=other_unit,
        first_day=absence.first_day,
        last_day=absence.last_day,
        remark=absence.remark,
        set_by=names.get(absence.set_by, (absence.set_by, ""))[0],
        state=state,
        can_end=alive and absence.account in steered,
        can_accept=state is AbsenceState.WAITING and Permission.AREA_SETTING_CHANGE in actor.permissions,
    )


def state_of(absence: Absence, today: dt.date) -> AbsenceState:
    """Where an absence stands on a day."""
    if absence.ended_at is not None:
        return AbsenceState.ENDED
    if absence.last_day < today:
        return AbsenceState.OVER
    if absence.accepted_at is None:
        return AbsenceState.WAITING
    return AbsenceState.AHEAD if absence.first_day > today else AbsenceState.IN_FORCE


def _by_unit(everybody: Sequence[Account]) -> dict[str, Sequence[Option]]:
    units: dict[str, list[Account]] = {}
    for account in everybody:
        if account.unit is not None:
            units.setdefault(account.unit.short_name, []).append(account)
    return {unit: _options(people) for unit, people in units.items()}


def _first(actor: Actor) -> Callable[[Account], tuple[bool, bool, int]]:
    """Myself, then my unit, then the others in the order of the directory."""

    def place(account: Account) -> tuple[bool, bool, int]:
        other_unit = account.unit is None or account.unit.code != actor.unit_code
        return account.name != actor.account, other_unit, account.unit.position if account.unit is not None else 0

    return place


def _options(accounts: Sequence[Account]) -> list[Option]:
    return [Option(one.name, one.person.name, one.person.title) for one in accounts]
