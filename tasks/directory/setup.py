"""Setting up an area from a description: bodies, people, mandates, calendar and parameters, once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.errors import EngineError
from engine.message import say
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.passwords import UNUSABLE
from tasks.accounts.permissions import Role
from tasks.deadlines.library import freeze
from tasks.deadlines.presets import adopt_preset, seed_calendar
from tasks.directory.models import Area, Membership, Person, Sitting, Term, Unit

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli


class DirectoryInvalid(EngineError):
    """A description of an area that cannot be used."""


@dataclass(frozen=True, slots=True)
class SittingDates:
    """When the current session opens and closes."""

    opened: dt.date
    closed: dt.date


def establish(banli: Banli, description: Path, dates: SittingDates) -> bool:
    """Set up the area that a TOML file describes; False when this installation has an area already.

    Accounts are made without a password: people sign in once their administrator has given them one.
    """
    content = _read(description)
    with banli.writing() as session:
        if session.scalar(select(Area.id).limit(1)) is not None:
            return False
        area = Area(**content["area"])
        session.add(area)
        session.flush()
        terms = {row["body"]: _add_term(session, area, row, dates) for row in content["term"]}
        for position, row in enumerate(content["unit"]):
            _add_unit(session, area, row, position)
        for row in content.get("member", ()):
            _add_member(session, terms[row["body"]], row)
        seed_calendar(session, area.id, banli.process_folder)
        adopt_preset(session, area.id, banli.process_folder, area.preset, dates.opened)
        freeze(session, area.id, banli.now())
    return True


def add_sitting(banli: Banli, body: str, ordinal: int, name: str, dates: SittingDates) -> None:
    """The next session of the congress (`npc`) or of the CPPCC (`cppcc`): what comes in from now on belongs to it."""
    with banli.writing() as session:
        term = session.scalars(select(Term).where(Term.body == body).order_by(Term.ordinal.desc()).limit(1)).one()
        session.add(
            Sitting(term_id=term.id, ordinal=ordinal, name=name, opened=dates.opened, closed=dates.closed)
        )


def _read(description: Path) -> dict[str, Any]:
    """The description; what it `extends` stands in a file beside it, whose units and members come first."""
    content = _read_one(description)
    if "extends" not in content:
        return content
    base = _read_one(description.parent / str(content["extends"]))
    together = {name: [*base.get(name, ()), *content.get(name, ())] for name in ("unit", "member")}
    return {**base, **content, **together}


def _read_one(description: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(description.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DirectoryInvalid(
            say("Expected the description of an area in {file}: {reason}.", file=str(description), reason=str(error))
        ) from error
    needed = ("term", "unit") if "extends" in content else ("area", "term", "unit")
    missing = [name for name in needed if name not in content]
    if missing:
        raise DirectoryInvalid(
            say("The description {file} lacks {missing}.", file=str(description), missing=", ".join(missing))
        )
    return content


def _add_term(session: Session, area: Area, row: dict[str, Any], dates: SittingDates) -> Term:
    term = Term(area_id=area.id, body=row["body"], ordinal=row["ordinal"], name=row["name"])
    session.add(term)
    session.flush()
    sitting = row["sitting"]
    session.add(
        Sitting(
            term_id=term.id,
            ordinal=sitting["ordinal"],
            name=sitting["name"],
            opened=dates.opened,
            closed=dates.closed,
        )
    )
    return term


def _add_unit(session: Session, area: Area, row: dict[str, Any], position: int) -> None:
    unit = Unit(
        area_id=area.id,
        position=position,
        **{name: row[name] for name in ("code", "name", "short_name", "kind", "document_mark", "duties")},
    )
    session.add(unit)
    session.flush()
    for order, entry in enumerate(row.get("people", ())):
        phone = entry.get("phone") or f"0700-8{position + 10:03}{order + 1:03}"
        account = _add_account(session, entry, entry["title"], phone, unit.id)
        for role in entry["roles"]:
            session.add(RoleGrant(account_id=account.id, unit_id=unit.id, role=Role(role)))


def _add_member(session: Session, term: Term, row: dict[str, Any]) -> None:
    title = f"{term.name}{'代表' if term.body == 'npc' else '委员'}"
    account = _add_account(session, row, title, row.get("phone") or f"0700-90{row['card'][1:]}00", None)
    session.add(
        Membership(person_id=account.person_id, term_id=term.id, card=row["card"], delegation=row["delegation"])
    )
    session.add(RoleGrant(account_id=account.id, unit_id=None, role=Role.PROPOSER))


def _add_account(session: Session, row: dict[str, Any], title: str, phone: str, unit_id: int | None) -> Account:
    person = Person(name=row["name"], phone=phone, title=title)
    session.add(person)
    session.flush()
    account = Account(
        name=row["account"],
        person_id=person.id,
        unit_id=unit_id,
        password_hash=UNUSABLE,
        about=row.get("about", ""),
    )
    session.add(account)
    session.flush()
    return account
