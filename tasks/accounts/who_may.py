"""Who may do this, and what may she do? And which roles of the procedure nobody holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.permissions import PERMISSIONS, Permission, Role, granted
from tasks.accounts.role_names import PERMISSION_NAMES, ROLE_NAMES
from tasks.changes.service import allow
from tasks.directory.models import Unit
from tasks.packages.queries import files_of, newest_of_all
from tasks.worklist.models import IS_OPEN, Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

_ROLE_IN_DIAGRAM = re.compile(r":([a-z_]{3,30})(?:&quot;|\"|<)")
_OF_KIND: dict[str, frozenset[Role]] = {
    "handling": frozenset({Role.UNIT_OFFICE, Role.UNIT_HANDLER, Role.UNIT_HEAD}),
    "hub": frozenset({Role.HUB_OFFICER, Role.HUB_LEADER, Role.SUPERVISOR}),
    "leadership": frozenset({Role.GOV_LEADER}),
    "npc_office": frozenset({Role.NPC_REVIEWER}),
    "cppcc_office": frozenset({Role.CPPCC_REVIEWER}),
}
"""Which roles a unit of a kind needs; a deputy may be missing, since the next leader takes her place."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role."""

    account: str
    name: str
    unit: str
    role: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with what it may do and who holds it."""

    role: Role
    name: str
    permissions: Sequence[str]
    holders: Sequence[Holder]


@dataclass(frozen=True, slots=True)
class SheMay:
    """What one person may do, and why."""

    account: str
    name: str
    disabled: bool
    grants: Sequence[tuple[str, str]]
    """Unit and role, in words."""
    permissions: Sequence[tuple[str, str]]
    """What she may, and the role by which she may."""
    open_tasks: int


@dataclass(frozen=True, slots=True)
class WhoMayPage:
    """Everything on the page."""

    roles: Sequence[RoleRow]
    people: Mapping[str, str]
    permissions: Mapping[str, str]
    asked: str
    able: Sequence[Holder]
    she: SheMay | None
    empty: Sequence[tuple[str, str]]
    """Units and roles that deployed diagrams ask for and nobody holds."""


def who_may(banli: Banli, actor: Actor, permission: str = "", account: str = "") -> WhoMayPage:
    """The roles, who may do a thing, what one person may do."""
    allow(actor)
    wanted = Permission(permission) if permission in set(Permission) else None
    with banli.reading() as session:
        holders = _holders(session)
        people = session.scalars(
            select(Account).options(joinedload(Account.person), joinedload(Account.unit),
                                    selectinload(Account.grants).joinedload(RoleGrant.unit)).order_by(Account.name)
        ).all()  # fmt: skip
        she = next((one for one in people if one.name == account), None)
        found = _she(session, she) if she is not None else None
    able = [one for one in holders if wanted is not None and not one.disabled and wanted in PERMISSIONS[Role(one.role)]]
    return WhoMayPage(
        roles=[
            RoleRow(role, ROLE_NAMES[role], [PERMISSION_NAMES[one] for one in Permission if one in PERMISSIONS[role]],
                    [one for one in holders if one.role == role]) for role in Role
        ],
        people={one.name: f"{one.person.name}（{one.unit.short_name if one.unit else one.person.title}）"
                for one in people},
        permissions={one.value: PERMISSION_NAMES[one] for one in Permission},
        asked=wanted.value if wanted is not None else "",
        able=able,
        she=found,
        empty=empty_roles(banli),
    )  # fmt: skip


def empty_roles(banli: Banli) -> list[tuple[str, str]]:
    """Units in which nobody holds a role that a deployed diagram asks for."""
    asked = roles_in_diagrams(banli)
    with banli.reading() as session:
        held = {(one.unit, one.role) for one in _holders(session) if not one.disabled}
        units = session.scalars(select(Unit).where(~Unit.disabled).order_by(Unit.position)).all()
    return [
        (unit.short_name, ROLE_NAMES[role])
        for unit in units
        for role in Role
        if role in asked and role in _OF_KIND.get(unit.kind, ()) and (unit.short_name, role.value) not in held
    ]


def roles_in_diagrams(banli: Banli) -> frozenset[Role]:
    """The roles that candidate groups of the deployed diagrams name."""
    known = {role.value for role in Role}
    found: set[Role] = set()
    for version in newest_of_all(banli):
        for name, content in files_of(banli, version.deployment_id).items():
            if name.endswith(".bpmn"):
                words = _ROLE_IN_DIAGRAM.findall(content.decode("utf-8", "replace"))
                found |= {Role(word) for word in words if word in known}
    return frozenset(found)


def _holders(session: Session) -> list[Holder]:
    rows = session.scalars(
        select(RoleGrant)
        .join(Account, Account.id == RoleGrant.account_id)
        .options(joinedload(RoleGrant.account).joinedload(Account.person), joinedload(RoleGrant.unit))
        .order_by(RoleGrant.role, Account.name)
    )
    return [
        Holder(row.account.name, row.account.person.name, row.unit.short_name if row.unit else "", row.role,
               row.account.disabled) for row in rows
    ]  # fmt: skip


def _she(session: Session, account: Account) -> SheMay:
    roles = [Role(grant.role) for grant in account.grants]
    by: dict[Permission, str] = {}
    for role in roles:
        for permission in PERMISSIONS[role]:
            by.setdefault(permission, ROLE_NAMES[role])
    count = session.scalar(
        select(func.count()).select_from(Work).where(IS_OPEN, Work.assignee == account.name)
    )
    return SheMay(
        account=account.name,
        name=account.person.name,
        disabled=account.disabled,
        grants=[
            (grant.unit.short_name if grant.unit else "", ROLE_NAMES[Role(grant.role)]) for grant in account.grants
        ],
        permissions=[(PERMISSION_NAMES[one], by[one]) for one in Permission if one in granted(frozenset(roles))],
        open_tasks=count or 0,
    )
