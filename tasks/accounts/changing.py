"""People with their accounts and roles as an administrator changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from engine.message import say
from tasks.accounts.models import Account, RoleGrant, WebSession
from tasks.accounts.passwords import UNUSABLE
from tasks.accounts.permissions import Role
from tasks.accounts.role_names import ROLE_NAMES
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.directory.models import Person, Unit
from tasks.forms.views import FieldError
from tasks.worklist.releasing import release_of_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

_ALONE = frozenset({Role.PROPOSER})
"""Roles of a person, not of somebody for a unit."""
_RATING = frozenset({Role.NPC_REVIEWER, Role.CPPCC_REVIEWER})
_HANDLING = frozenset({Role.UNIT_OFFICE, Role.UNIT_HANDLER, Role.UNIT_DEPUTY, Role.UNIT_HEAD})


def _accounts(session: Session, _area: Area) -> dict[str, Content]:
    rows = session.scalars(
        select(Account)
        .options(joinedload(Account.person), joinedload(Account.unit),
                 selectinload(Account.grants).joinedload(RoleGrant.unit))
        .order_by(Account.name)
    )  # fmt: skip
    return {row.name: _content(row) for row in rows}


def _content(row: Account) -> Content:
    own = row.unit.code if row.unit is not None else ""
    roles = [grant.role for grant in row.grants if grant.unit is None or grant.unit.code == own]
    further = [f"{grant.unit.code}:{grant.role}" for grant in row.grants if grant.unit and grant.unit.code != own]
    return {
        "account": row.name, "name": row.person.name, "title": row.person.title, "phone": row.person.phone, "unit": own,
        "roles": sorted(roles), "further": sorted(further), "disabled": row.disabled,
    }  # fmt: skip


def _write(session: Session, _area: Area, name: str, content: Content | None) -> None:
    row = session.scalar(select(Account).where(Account.name == name))
    if content is None:
        if row is not None:
            session.execute(delete(RoleGrant).where(RoleGrant.account_id == row.id))
            session.delete(row)
        return
    unit = session.scalar(select(Unit).where(Unit.code == content["unit"])) if content["unit"] else None
    if row is None:
        person = Person(name=content["name"], phone=content["phone"], title=content["title"])
        session.add(person)
        session.flush()
        row = Account(name=name, person_id=person.id, password_hash=UNUSABLE)
        session.add(row)
    else:
        row.person.name, row.person.phone, row.person.title = content["name"], content["phone"], content["title"]
    row.unit_id, row.disabled = (unit.id if unit is not None else None), content["disabled"]
    session.flush()
    _grant(session, row, content, unit)


def _grant(session: Session, row: Account, content: Content, unit: Unit | None) -> None:
    """The roles as they are listed; whoever loses or gains one signs in anew."""
    units: dict[str, int] = dict(session.execute(select(Unit.code, Unit.id)).all())
    wanted: set[tuple[int | None, str]] = set()
    for role in content["roles"]:
        wanted.add((None if Role(role) in _ALONE or unit is None else unit.id, role))
    for pair in content["further"]:
        code, _, role = pair.partition(":")
        wanted.add((units[code], role))
    held = {(grant.unit_id, grant.role): grant
            for grant in session.scalars(select(RoleGrant).where(RoleGrant.account_id == row.id))}  # fmt: skip
    for key, grant in held.items():
        if key not in wanted:
            session.delete(grant)
    for unit_id, role in wanted - held.keys():
        session.add(RoleGrant(account_id=row.id, unit_id=unit_id, role=role))
    if set(held) != wanted or row.disabled:
        session.execute(delete(WebSession).where(WebSession.account_id == row.id))
    session.flush()
    session.expire(row, ["grants"])


def _check(change: Proposal) -> Iterator[FieldError]:
    before, after = change.before, change.after
    if after is None:
        if before is not None and (before["roles"] or before["further"] or not before["disabled"]):
            yield FieldError("", "", say("People are not removed: their acts stay in the files. Disable the account."))
        return
    roles = {Role(role) for role in after["roles"]}
    if change.by == change.subject and _authority(before) != _authority(after):
        yield FieldError("roles", "", say("Your own roles are changed by another administrator."))
    yield from _fitting(change, after, roles)
    if _ends_administration(change):
        yield FieldError("roles", "", say("Somebody must stay who may change settings."))


def _authority(content: Content | None) -> tuple[object, ...]:
    return () if content is None else (content["roles"], content["further"], content["disabled"])


def _fitting(change: Proposal, after: Content, roles: set[Role]) -> Iterator[FieldError]:
    if roles - _ALONE and not after["unit"]:
        yield FieldError("unit", "", say("These roles are held for a unit: choose it."))
    further = set()
    units = {row.code: row for row in change.session.scalars(select(Unit))}
    for pair in after["further"]:
        code, _, role = pair.partition(":")
        if code not in units or role not in {one.value for one in Role} - {one.value for one in _ALONE}:
            yield FieldError("further", "", say("Expected a unit and a role such as zjj:unit_head, found “{found}”.",
                                                found=pair))  # fmt: skip
        else:
            further.add(Role(role))
    unit = units.get(after["unit"])
    if unit is not None and unit.disabled and not after["disabled"]:
        yield FieldError("unit", "", say("This unit is abolished."))
    if (roles | further) & _RATING and (roles | further) & _HANDLING:
        yield FieldError("roles", "", say("Who handles items must not look after their ratings."))


def _ends_administration(change: Proposal) -> bool:
    held = {name: content for name, content in _accounts(change.session, change.area).items() if name != change.subject}
    if change.after is not None:
        held[change.subject] = change.after
    return not any(_administers(content) for content in held.values())


def _administers(content: Content) -> bool:
    grants = {*content["roles"], *(pair.partition(":")[2] for pair in content["further"])}
    return Role.ADMIN.value in grants and not content["disabled"]


def _settle(banli: Banli, actor: Actor, name: str, content: Content | None) -> None:
    if content is not None and content["disabled"]:
        release_of_account(banli, actor, name)


def _roles(_session: Session) -> Mapping[str, str]:
    return {role.value: name for role, name in ROLE_NAMES.items()}


def _units(session: Session) -> Mapping[str, str]:
    return {row.code: row.short_name for row in session.scalars(select(Unit).order_by(Unit.position))}


ACCOUNT = Kind(
    "account", say("Person and account"),
    (
        Field("account", say("Account"), pattern=r"[a-z][a-z0-9._-]{1,39}", fixed=True,
              wrong=say("Expected small letters, digits, dot or hyphen such as wangmin; 2 to 40.")),
        Field("name", say("Name")),
        Field("title", say("Office"), required=False),
        Field("phone", say("Telephone"), required=False, pattern=r"[0-9+() -]{3,30}",
              wrong=say("Expected digits such as 0700-8010001.")),
        Field("unit", say("Unit"), FieldType.CHOICE, required=False, choices=_units),
        Field("roles", say("Roles"), FieldType.CHOICES, required=False, choices=_roles),
        Field("further", say("Roles for other units"), FieldType.LINES, required=False,
              help=say("One a line: unit and role, e.g. zjj:unit_head.")),
        Field("disabled", say("Disabled"), FieldType.FLAG,
              help=say("Cannot sign in any more; sessions end, claimed tasks go back to the group.")),
    ),
    _accounts, _write, lambda _name, content: f"{content.get('name', '')}（{content.get('account', '')}）",
    check=_check, subject_of=lambda content: str(content["account"]), settle=_settle,
)  # fmt: skip
PASSWORD = Kind(
    "password", say("Password"), (), lambda _session, _area: {}, lambda _session, _area, _name, _content: None,
    lambda name, _content: name, sheet=False,
)  # fmt: skip
"""Only so that the log can say of whom a password was set; passwords themselves are never kept in it."""
KINDS = (ACCOUNT, PASSWORD)
