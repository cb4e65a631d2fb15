"""Making a change, and taking one back. Every page of the administrator ends here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from engine.errors import NotFound
from engine.message import Message, say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.changes.errors import TakingBackRefused
from tasks.changes.kinds import Proposal
from tasks.changes.models import SettingChange
from tasks.changes.registry import KINDS
from tasks.deadlines.library import freeze
from tasks.directory.models import Area
from tasks.directory.queries import the_area
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Content

LONGEST_REASON = 500
NEW, RUNNING = "new", "running"


@dataclass(frozen=True, slots=True)
class Part:
    """One setting and what it shall be; None: it shall not exist any more."""

    kind: str
    subject: str
    after: Content | None
    seen: str = ""
    """Digest of what the person saw; something else meanwhile refuses the change."""


def allow(actor: Actor) -> None:
    """Only administrators change settings."""
    if Permission.AREA_SETTING_CHANGE not in actor.permissions:
        raise NotAllowed(say("Only an administrator may change this."))


def digest_of(content: Content | None) -> str:
    """A short mark of a content, to notice that it has changed since a page was shown."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def change(banli: Banli, actor: Actor, parts: Sequence[Part], why: str) -> int:
    """Make these settings so, for whatever begins from now on; answers the number of the change.

    Raises:
        FormInvalid: what must be corrected, each at its field.
        NotAllowed: the actor is no administrator.
    """
    allow(actor)
    errors = reason_errors(why)
    performed = {} if errors else perform(banli, actor, parts, why)
    with banli.writing() as session:
        area = locked_area(session)
        made = carry(session, area, banli, actor, parts, errors, performed)
        number = record(session, area, banli, actor, made, why, NEW).id
    settle(banli, actor, made)
    return number


def record(
    session: Session, area: Area, banli: Banli, actor: Actor, made: list[dict[str, Any]], why: str, reach: str,
    undoes: int | None = None,
) -> SettingChange:
    """Keep who changed what, and freeze what the engine reads."""  # fmt: skip
    row = SettingChange(
        area_id=area.id, at=banli.now(), by=actor.account, why=why.strip(), reach=reach, parts=made, undoes_id=undoes
    )
    session.add(row)
    freeze(session, area.id, banli.now())
    session.flush()
    return row


def perform(banli: Banli, actor: Actor, parts: Sequence[Part], why: str) -> dict[tuple[str, str], Content | None]:
    """Do what needs a transaction of its own; answers what these settings were before, by kind and subject."""
    before: dict[tuple[str, str], Content | None] = {}
    for part in parts:
        kind = KINDS[part.kind]
        if kind.perform is None:
            continue
        with banli.reading() as session:
            area = the_area(session)
            held = kind.contents(session, area).get(part.subject)
            changed = bool(part.seen) and part.seen != digest_of(held)
            errors = [FieldError("", "", _meanwhile(session, part))] if changed else []
            errors += kind.check(Proposal(session, area, part.subject, held, part.after, banli.today(), actor.account))
        if held != part.after and errors:
            raise FormInvalid(errors)
        if held != part.after:
            kind.perform(banli, actor, part.subject, part.after, why)
            before[part.kind, part.subject] = held
    return before


def carry(
    session: Session,
    area: Area,
    banli: Banli,
    actor: Actor,
    parts: Sequence[Part],
    errors: list[FieldError],
    performed: Mapping[tuple[str, str], Content | None] | None = None,
) -> list[dict[str, Any]]:
    """Check and write the parts inside the transaction; answers what the log keeps of them."""
    made = []
    for part in parts:
        kind = KINDS[part.kind]
        before = kind.contents(session, area).get(part.subject)
        if performed is not None and (part.kind, part.subject) in performed:
            was = performed[part.kind, part.subject]
            made.append({"kind": part.kind, "subject": part.subject, "before": was, "after": before})
            continue
        if part.seen and part.seen != digest_of(before):
            errors.append(FieldError("", "", _meanwhile(session, part)))
            continue
        if before == part.after:
            continue
        errors += kind.check(Proposal(session, area, part.subject, before, part.after, banli.today(), actor.account))
        if errors:
            continue
        kind.write(session, area, part.subject, part.after)
        session.flush()
        after = kind.contents(session, area).get(part.subject)
        made.append({"kind": part.kind, "subject": part.subject, "before": before, "after": after})
    if not errors and not made:
        errors.append(FieldError("", "", say("Nothing is different from what is in force.")))
    if errors:
        raise FormInvalid(errors)
    return made


def take_back(banli: Banli, actor: Actor, change_id: int, why: str) -> int:
    """Put everything back that a change had changed: itself a change. For what begins from now on.

    Raises:
        TakingBackRefused: it was taken back already, or something later depends on it.
        FormInvalid: no reason is given.
    """
    allow(actor)
    errors = reason_errors(why)
    if errors:
        raise FormInvalid(errors)
    with banli.reading() as session:
        _, planned = reversed_parts(session, the_area(session), change_id)
    performed = _perform_back(banli, actor, planned, why)
    with banli.writing() as session:
        area = locked_area(session)
        row, parts = (_kept(session, change_id), planned) if performed else reversed_parts(session, area, change_id)
        try:
            made = carry(session, area, banli, actor, parts, [], performed)
        except FormInvalid as refused:
            raise TakingBackRefused(refused.errors[0].message) from refused
        number = record(session, area, banli, actor, made, why, NEW, undoes=row.id).id
    settle(banli, actor, made)
    return number


def settle(banli: Banli, actor: Actor, made: Sequence[Mapping[str, Any]]) -> None:
    """What follows from a change in the work that is open."""
    for part in made:
        follow = KINDS[part["kind"]].settle
        if follow is not None:
            follow(banli, actor, part["subject"], part["after"])


def _perform_back(
    banli: Banli, actor: Actor, parts: Sequence[Part], why: str
) -> dict[tuple[str, str], Content | None]:
    try:
        return perform(banli, actor, parts, why)
    except FormInvalid as refused:
        raise TakingBackRefused(refused.errors[0].message) from refused


def _kept(session: Session, change_id: int) -> SettingChange:
    row = session.get(SettingChange, change_id)
    if row is None:
        raise NotFound(say("There is no such change."))
    return row


def reversed_parts(session: Session, area: Area, change_id: int) -> tuple[SettingChange, list[Part]]:
    """What taking a change back would make of its settings."""
    row = _kept(session, change_id)
    obstacle = obstacle_to(session, area, row)
    if obstacle is not None:
        raise TakingBackRefused(obstacle)
    return row, [Part(part["kind"], part["subject"], part["before"]) for part in reversed(row.parts)]


def obstacle_to(session: Session, area: Area, row: SettingChange) -> Message | None:
    """Why a change cannot be taken back; None when it can."""
    undone = session.scalar(select(SettingChange).where(SettingChange.undoes_id == row.id))
    if undone is not None:
        return say("It was taken back on {at} already.", at=undone.at)
    for part in row.parts:
        if part["kind"] not in KINDS:
            return say("This kind of setting does not exist any more.")
        kind = KINDS[part["kind"]]
        if kind.contents(session, area).get(part["subject"]) != part["after"]:
            later = _last_on(session, part["kind"], part["subject"], after=row.id)
            name = kind.called(part["subject"], part["after"] or part["before"] or {})
            if later is None:
                return say("“{name}” is different now from what this change made of it.", name=name)
            return say("“{name}” was changed again on {at}: take that back first.", name=name, at=later.at)
    return None


def reason_errors(why: str) -> list[FieldError]:
    """A change without a reason cannot be understood a year later."""
    if len(why.strip()) < 2:
        return [FieldError("why", "", say("Say why: whoever reads the log next year must understand it."))]
    if len(why) > LONGEST_REASON:
        return [FieldError("why", "", say("At most {n} characters.", n=LONGEST_REASON))]
    return []


def locked_area(session: Session) -> Area:
    """The area, held until the change is done: two administrators change one after the other."""
    area = the_area(session)
    session.execute(select(Area.id).where(Area.id == area.id).with_for_update()).all()
    return area


def contents(banli: Banli, kind: str) -> Mapping[str, Content]:
    """Every setting of a kind as it is now."""
    with banli.reading() as session:
        return KINDS[kind].contents(session, the_area(session))


def _last_on(session: Session, kind: str, subject: str, after: int = 0) -> SettingChange | None:
    rows = session.scalars(select(SettingChange).where(SettingChange.id > after).order_by(SettingChange.id.desc()))
    wanted = (kind, subject)
    return next((row for row in rows if wanted in {(part["kind"], part["subject"]) for part in row.parts}), None)


def _meanwhile(session: Session, part: Part) -> Message:
    later = _last_on(session, part.kind, part.subject)
    if later is None:
        return say("It has changed since you opened the page. Load the page again.")
    return say(
        "{who} has changed it since you opened the page, on {at}. Load the page again.", who=later.by, at=later.at
    )
