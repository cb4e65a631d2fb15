"""Areas, terms, sessions, units and mandates as an administrator changes them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from engine.message import say
from tasks.accounts.models import Account, RoleGrant
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.directory.models import Area, Membership, Person, Sitting, Term, Unit
from tasks.forms.views import FieldError
from tasks.handling.models import Assignment
from tasks.register.models import Item
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.releasing import release_of_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Proposal

LEVELS = {"province": "省级", "city": "市级", "county": "县级", "township": "乡级"}
BODIES = {"npc": "人大", "cppcc": "政协"}
UNIT_KINDS = {
    "hub": "政府办公室", "npc_office": "代表工委", "cppcc_office": "提案委", "leadership": "政府领导",
    "handling": "承办单位",
}  # fmt: skip
CODE = r"[a-z][a-z0-9_]{0,19}"
_UNIT_FIELDS = (
    "name", "short_name", "kind", "document_mark", "duties", "position", "sections", "disabled", "successor",
)  # fmt: skip


def _areas(session: Session, area: Area) -> dict[str, Content]:
    row = session.get_one(Area, area.id)
    return {"area": {"name": row.name, "level": row.level}}


def _write_area(_session: Session, area: Area, _subject: str, content: Content | None) -> None:
    if content is not None:
        area.name, area.level = content["name"], content["level"]


AREA = Kind(
    "area", say("Area"),
    (Field("name", say("Name")), Field("level", say("Level"), FieldType.CHOICE, choices=lambda _session: LEVELS)),
    _areas, _write_area, lambda _subject, content: str(content.get("name", "")), sheet=False,
)  # fmt: skip


def _terms(session: Session, area: Area) -> dict[str, Content]:
    rows = session.scalars(select(Term).where(Term.area_id == area.id).order_by(Term.body.desc(), Term.ordinal))
    return {f"{row.body}-{row.ordinal}": {"body": row.body, "ordinal": row.ordinal, "name": row.name} for row in rows}


def _term(session: Session, area: Area, subject: str) -> Term | None:
    body, _, ordinal = subject.partition("-")
    return session.scalar(
        select(Term).where(Term.area_id == area.id, Term.body == body, Term.ordinal == int(ordinal or 0))
    )


def _write_term(session: Session, area: Area, subject: str, content: Content | None) -> None:
    row = _term(session, area, subject)
    if content is None:
        session.delete(row)
    elif row is None:
        session.add(Term(area_id=area.id, **content))
    else:
        row.name = content["name"]


def _check_term(change: Proposal) -> Iterator[FieldError]:
    row = _term(change.session, change.area, change.subject)
    if change.after is None and row is not None:
        held = change.session.scalar(select(func.count()).select_from(Sitting).where(Sitting.term_id == row.id))
        members = change.session.scalar(
            select(func.count()).select_from(Membership).where(Membership.term_id == row.id)
        )
        if held or members:
            yield FieldError("", "", say("It has sessions or mandates: it cannot be removed."))


TERM = Kind(
    "term", say("Term"),
    (
        Field("body", say("Body"), FieldType.CHOICE, choices=lambda _session: BODIES, fixed=True),
        Field("ordinal", say("Which term"), FieldType.NUMBER, least=1, most=99, fixed=True),
        Field("name", say("Name")),
    ),
    _terms, _write_term, lambda _subject, content: str(content.get("name", "")), check=_check_term,
    subject_of=lambda content: f"{content['body']}-{content['ordinal']}", removable=True,
)  # fmt: skip


def _sittings(session: Session, area: Area) -> dict[str, Content]:
    rows = session.scalars(select(Sitting).join(Term).where(Term.area_id == area.id).order_by(Sitting.opened.desc()))
    return {
        f"{row.term.body}-{row.term.ordinal}-{row.ordinal}": {
            "term": f"{row.term.body}-{row.term.ordinal}", "ordinal": row.ordinal, "name": row.name,
            "opened": row.opened.isoformat(), "closed": row.closed.isoformat(),
        } for row in rows
    }  # fmt: skip


def _sitting(session: Session, area: Area, subject: str) -> Sitting | None:
    term, _, ordinal = subject.rpartition("-")
    found = _term(session, area, term)
    if found is None:
        return None
    return session.scalar(select(Sitting).where(Sitting.term_id == found.id, Sitting.ordinal == int(ordinal)))


def _write_sitting(session: Session, area: Area, subject: str, content: Content | None) -> None:
    row = _sitting(session, area, subject)
    if content is None:
        session.delete(row)
        return
    days = {name: dt.date.fromisoformat(content[name]) for name in ("opened", "closed")}
    term = _term(session, area, content["term"])
    if row is None and term is not None:
        session.add(Sitting(term_id=term.id, ordinal=content["ordinal"], name=content["name"], **days))
    elif row is not None:
        row.name, row.opened, row.closed = content["name"], days["opened"], days["closed"]


def _check_sitting(change: Proposal) -> Iterator[FieldError]:
    row = _sitting(change.session, change.area, change.subject)
    if change.after is None:
        used = row is not None and change.session.scalar(select(Item.id).where(Item.sitting_id == row.id).limit(1))
        if used:
            yield FieldError("", "", say("Items belong to this session: it cannot be removed."))
    elif change.after["closed"] < change.after["opened"]:
        yield FieldError("closed", "", say("The last day lies before the first."))


def _term_choices(session: Session) -> Mapping[str, str]:
    return {f"{row.body}-{row.ordinal}": row.name for row in session.scalars(select(Term).order_by(Term.id))}


SITTING = Kind(
    "sitting", say("Session"),
    (
        Field("term", say("Term"), FieldType.CHOICE, choices=_term_choices, fixed=True),
        Field("ordinal", say("Which session"), FieldType.NUMBER, least=1, most=30, fixed=True),
        Field("name", say("Name"), help=say("As it stands in letters, e.g. 县十七届人大五次会议.")),
        Field("opened", say("First day"), FieldType.DAY),
        Field("closed", say("Last day"), FieldType.DAY),
    ),
    _sittings, _write_sitting, lambda _subject, content: str(content.get("name", "")), check=_check_sitting,
    subject_of=lambda content: f"{content['term']}-{content['ordinal']}", removable=True,
)  # fmt: skip


def _units(session: Session, area: Area) -> dict[str, Content]:
    rows = session.scalars(select(Unit).where(Unit.area_id == area.id).order_by(Unit.position, Unit.id))
    return {row.code: {"code": row.code, **{name: getattr(row, name) for name in _UNIT_FIELDS}} for row in rows}


def _write_unit(session: Session, area: Area, code: str, content: Content | None) -> None:
    row = session.scalar(select(Unit).where(Unit.code == code))
    if content is None:
        session.delete(row)
        return
    if row is None:
        row = Unit(area_id=area.id, code=code)
        session.add(row)
    former = row.successor or ""
    for name in _UNIT_FIELDS:
        setattr(row, name, content[name])
    session.flush()
    if former != row.successor:
        _hand_down(session, row, former)


def _hand_down(session: Session, unit: Unit, former: str) -> None:
    """The successor's people hold the abolished unit's roles: its tasks and items are theirs to see and to do."""
    if former:
        heirs = select(Account.id).join(Unit, Unit.id == Account.unit_id).where(Unit.code == former)
        session.execute(delete(RoleGrant).where(RoleGrant.unit_id == unit.id, RoleGrant.account_id.in_(heirs)))
    if unit.successor:
        held = {
            (grant.account_id, grant.role)
            for grant in session.scalars(select(RoleGrant).where(RoleGrant.unit_id == unit.id))
        }
        grants = session.scalars(select(RoleGrant).join(Unit).where(Unit.code == unit.successor)).all()
        for grant in grants:
            if (grant.account_id, grant.role) not in held:
                session.add(RoleGrant(account_id=grant.account_id, unit_id=unit.id, role=grant.role))


def _check_unit(change: Proposal) -> Iterator[FieldError]:
    session, after = change.session, change.after
    unit = session.scalar(select(Unit).where(Unit.code == change.subject))
    if after is None:
        if unit is not None and _is_used(session, unit):
            yield FieldError("", "", say("It has people or items: abolish it with a successor instead of removing it."))
        return
    others = [row for row in session.scalars(select(Unit)) if row.code != change.subject]
    if any(row.short_name == after["short_name"] and not row.disabled for row in others):
        yield FieldError("short_name", "", say("Another unit is called so already."))
    same = [row for row in others if row.kind == after["kind"] and not row.disabled]
    if after["disabled"] and after["kind"] != "handling" and not same:
        yield FieldError("disabled", "", say("It is the only one of its kind: the procedure needs it."))
    if after["successor"] and (not after["disabled"] or after["successor"] == change.subject):
        yield FieldError("successor", "", say("Only an abolished unit has a successor, and it is another one."))
    if after["successor"] and any(row.code == after["successor"] and row.disabled for row in others):
        yield FieldError("successor", "", say("The successor is abolished itself."))
    if after["disabled"] and not after["successor"] and unit is not None and _has_open_tasks(session, unit):
        yield FieldError("successor", "", say("Tasks are open with this unit: name the unit that takes them over."))


def _is_used(session: Session, unit: Unit) -> bool:
    queries = (
        select(Assignment.id).where(Assignment.unit_id == unit.id),
        select(Account.id).where(Account.unit_id == unit.id),
        select(RoleGrant.id).where(RoleGrant.unit_id == unit.id),
    )
    return any(session.scalar(query.limit(1)) is not None for query in queries)


def _has_open_tasks(session: Session, unit: Unit) -> bool:
    query = select(Work.task_id).where(IS_OPEN, Work.unit_code == unit.code).limit(1)
    return session.scalar(query) is not None


def _settle_unit(banli: Banli, actor: Actor, code: str, content: Content | None) -> None:
    if content is not None and content["disabled"]:
        release_of_unit(banli, actor, code)


def _successors(session: Session) -> Mapping[str, str]:
    rows = session.scalars(select(Unit).where(~Unit.disabled).order_by(Unit.position))
    return {row.code: row.short_name for row in rows}


UNIT = Kind(
    "unit", say("Unit"),
    (
        Field("code", say("Code"), pattern=CODE, fixed=True,
              wrong=say("Expected small letters and digits such as zjj; at most 20.")),
        Field("name", say("Full name")),
        Field("short_name", say("Short name")),
        Field("kind", say("Kind"), FieldType.CHOICE, choices=lambda _session: UNIT_KINDS),
        Field("document_mark", say("Mark of its documents"), required=False, help=say("e.g. 云住建函.")),
        Field("duties", say("Duties"), FieldType.LONG, required=False, help=say("Shown where units are chosen.")),
        Field("sections", say("Sections"), FieldType.LINES, required=False, help=say("One a line.")),
        Field("position", say("Place in lists"), FieldType.NUMBER, least=0, most=9999),
        Field("disabled", say("Abolished"), FieldType.FLAG, help=say("It gets no new items.")),
        Field("successor", say("Successor"), FieldType.CHOICE, required=False, choices=_successors,
              help=say("Takes over its items and open tasks.")),
    ),
    _units, _write_unit, lambda _code, content: str(content.get("short_name", "")), check=_check_unit,
    subject_of=lambda content: str(content["code"]), removable=True, settle=_settle_unit,
)  # fmt: skip


def _memberships(session: Session, area: Area) -> dict[str, Content]:
    rows = session.execute(
        select(Membership, Term, Account.name)
        .join(Term, Term.id == Membership.term_id)
        .join(Account, Account.person_id == Membership.person_id)
        .where(Term.area_id == area.id)
        .order_by(Term.id, Membership.card)
    )
    return {
        f"{account}@{term.body}-{term.ordinal}": {
            "account": account, "term": f"{term.body}-{term.ordinal}", "card": row.card, "delegation": row.delegation,
        } for row, term, account in rows
    }  # fmt: skip


def _write_membership(session: Session, area: Area, subject: str, content: Content | None) -> None:
    account, _, term = subject.partition("@")
    person = session.scalar(select(Account.person_id).where(Account.name == account))
    held = _term(session, area, term)
    if held is None or person is None:
        return
    row = session.scalar(
        select(Membership).where(Membership.person_id == person, Membership.term_id == held.id)
    )
    if content is None:
        session.delete(row)
    elif row is None:
        session.add(
            Membership(person_id=person, term_id=held.id, card=content["card"], delegation=content["delegation"])
        )
    else:
        row.card, row.delegation = content["card"], content["delegation"]


def _check_membership(change: Proposal) -> Iterator[FieldError]:
    after = change.after
    if after is None:
        return
    for subject, content in _memberships(change.session, change.area).items():
        if subject != change.subject and (content["term"], content["card"]) == (after["term"], after["card"]):
            yield FieldError("card", "", say("This card is held by somebody else in the same term."))


def _people(session: Session) -> Mapping[str, str]:
    rows = session.execute(
        select(Account.name, Person.name)
        .join(Person, Person.id == Account.person_id)
        .where(~Account.disabled)
        .order_by(Account.name)
    )
    return {account: f"{name}（{account}）" for account, name in rows}


def _member_name(_subject: str, content: Content) -> str:
    name = str(content.get("account", "")).partition("（")[0]
    return f"{name} {content.get('card', '')}"


MEMBERSHIP = Kind(
    "membership", say("Mandate"),
    (
        Field("account", say("Account"), FieldType.CHOICE, choices=_people, fixed=True),
        Field("term", say("Term"), FieldType.CHOICE, choices=_term_choices, fixed=True),
        Field("card", say("Card number")),
        Field("delegation", say("Delegation or sector")),
    ),
    _memberships, _write_membership, _member_name, check=_check_membership,
    subject_of=lambda content: f"{content['account']}@{content['term']}", removable=True,
)  # fmt: skip
KINDS = (AREA, TERM, SITTING, UNIT, MEMBERSHIP)
