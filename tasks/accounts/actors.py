"""From an account's rows to the `Actor` that services and queries are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.absences.standing_in import stands_in_for
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.permissions import Permission, Role, granted
from tasks.accounts.views import Actor, DemonstrationAccount
from tasks.directory.models import Area, Sitting
from tasks.register.models import Item
from tasks.worklist.models import IS_OPEN, Work, WorkGroup

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli

_FULL = (
    joinedload(Account.person),
    joinedload(Account.unit),
    selectinload(Account.grants).joinedload(RoleGrant.unit),
)


def find_account(session: Session, name: str) -> Account | None:
    """The account of this name, with person, unit and roles."""
    return session.scalar(select(Account).where(Account.name == name).options(*_FULL))


def actor_of(session: Session, account: Account, today: dt.date) -> Actor:
    """Everything that an authorization decision needs, read once for a request; `today` says who is absent."""
    grants = session.scalars(
        select(RoleGrant).where(RoleGrant.account_id == account.id).options(joinedload(RoleGrant.unit))
    ).all()
    roles = frozenset(Role(grant.role) for grant in grants)
    permissions = granted(roles)
    area = session.scalar(select(Area.name).order_by(Area.id).limit(1))
    sitting = session.scalar(select(Sitting.name).order_by(Sitting.opened.desc(), Sitting.id).limit(1))
    return Actor(
        account=account.name,
        person_id=account.person_id,
        name=account.person.name,
        unit_code=account.unit.code if account.unit else None,
        unit_name=account.unit.short_name if account.unit else "",
        roles=roles,
        groups=frozenset(f"{grant.unit.code}:{grant.role}" for grant in grants if grant.unit is not None),
        permissions=permissions,
        locale=account.locale,
        title=account.person.title,
        area_name=area or "",
        session_name=sitting or "",
        stands_in=stands_in_for(session, account.name, today) if Permission.GROUP_TASK_CLAIM in permissions else (),
    )


def actor_named(banli: Banli, name: str) -> Actor:
    """The actor of an account, for commands that run without a browser (`banli play`, imports, the demonstration)."""
    with banli.reading() as session:
        account = find_account(session, name)
        if account is None:
            raise NotFound(say("There is no account “{name}”.", name=name))
        return actor_of(session, account, banli.today())


def demonstration_accounts(banli: Banli) -> list[DemonstrationAccount]:
    """The people of the demonstration with what is due first on their desks; empty outside demonstration mode."""
    if not banli.settings.demonstration:
        return []
    with banli.reading() as session:
        accounts = session.scalars(
            select(Account).where(~Account.disabled, Account.about != "").options(*_FULL).order_by(Account.id)
        ).all()
        broken = len(banli.engine.incidents())
        return [_introduced(session, account, broken) for account in accounts]


def _introduced(session: Session, account: Account, broken: int) -> DemonstrationAccount:
    groups = [f"{grant.unit.code}:{grant.role}" for grant in account.grants if grant.unit]
    offered = select(WorkGroup.task_id).where(WorkGroup.name.in_(groups))
    hers = or_(Work.assignee == account.name, and_(Work.assignee.is_(None), Work.task_id.in_(offered)))
    waiting = session.execute(
        select(Work.step_name, Work.due, func.coalesce(Item.title, Work.subject))
        .outerjoin(Item, Item.id == Work.item_id)
        .where(IS_OPEN, hers)
        .order_by(Work.due.is_(None), Work.due, Work.opened_at)
    ).all()
    step, due, title = waiting[0] if waiting else ("", None, "")
    return DemonstrationAccount(
        account=account.name,
        name=account.person.name,
        unit_name=account.unit.short_name if account.unit else "",
        title=account.person.title,
        about=account.about,
        open_tasks=len(waiting),
        most_urgent=title,
        step_name=step,
        due=due,
        incidents=broken if any(grant.role == Role.ADMIN for grant in account.grants) else 0,
    )
