"""Changes for running cases too: first the list of every date that will move, then one command for each case.

A case keeps its own rules but for what is changed: its pinned reference data is amended by exactly this change, so that
an earlier change that was meant for new items only does not slip in.
"""

from __future__ import annotations

import copy
import hashlib
import time
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import case, func, select, update

from engine.errors import Conflict, EngineError
from engine.message import say
from tasks.changes.errors import StillCarriedOut, TakingBackRefused
from tasks.changes.kinds import Proposal
from tasks.changes.models import Following, SettingChange
from tasks.changes.moves import cases_of, counted_dates
from tasks.changes.registry import KINDS
from tasks.changes.service import RUNNING, Part, allow, carry, locked_area, reason_errors, record, reversed_parts
from tasks.changes.views import Plan
from tasks.deadlines.models import ReferenceVersion
from tasks.deadlines.reference import read_reference
from tasks.directory.queries import the_area
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.views import Move, Pinned
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

AT_ONCE_SECONDS = 3.0
"""How long a request carries a change out before it leaves the rest to the worker."""


def plan(banli: Banli, actor: Actor, parts: Sequence[Part]) -> Plan:
    """Which dates of which running cases would move; nothing is changed.

    Raises:
        FormInvalid: the change itself is wrong, or running cases cannot follow it.
        StillCarriedOut: an earlier change is not through yet.
    """
    allow(actor)
    _check(banli, actor, parts)
    versions = _amended_versions(banli, parts)
    references = {version: read_reference("preview", content) for version, content in versions.items()}
    pins = [pin for pin in banli.engine.pinned() if (pin.reference_version or "") in references]
    concerned = _concerned(banli, parts)
    found: list[tuple[Pinned, list[Move]]] = []
    for pin in pins:
        touched = concerned is None or pin.id in concerned
        reference = references[pin.reference_version or ""]
        found.append((pin, banli.engine.moves(pin.id, reference) if touched else []))
    cases = cases_of(banli, actor, found, references)
    return Plan(cases, counted_dates(cases), len(pins), _mark(cases))


def _concerned(banli: Banli, parts: Sequence[Part]) -> set[str] | None:
    """The cases whose open dates rest on these settings; None where any date may."""
    found: set[str] = set()
    for part in parts:
        noted = KINDS[part.kind].noted
        if noted is None:
            return None
        found |= banli.engine.dated_by(noted(part.subject))
    return found


def plan_of_taking_back(banli: Banli, actor: Actor, change_id: int) -> Plan:
    """Which dates would move back."""
    with banli.reading() as session:
        _, parts = reversed_parts(session, the_area(session), change_id)
    return plan(banli, actor, parts)


def confirm(banli: Banli, actor: Actor, parts: Sequence[Part], why: str, mark: str, undoes: int | None = None) -> int:
    """Make the change, and let every running case follow it; answers the number of the change.

    Raises:
        FormInvalid: a field is wrong, or the list that was shown is not what would move now.
    """
    errors = reason_errors(why)
    if plan(banli, actor, parts).mark != mark:
        errors.append(FieldError("", "", say("Meanwhile other dates would move: look at the list once more.")))
    if errors:
        raise FormInvalid(errors)
    versions = _amended_versions(banli, parts)
    pins = [pin for pin in banli.engine.pinned() if (pin.reference_version or "") in versions]
    with banli.writing() as session:
        area = locked_area(session)
        made = carry(session, area, banli, actor, parts, [])
        row = record(session, area, banli, actor, made, why, RUNNING, undoes=undoes)
        digests = {
            version: _kept(session, area.id, banli, version, content, row.id) for version, content in versions.items()
        }
        for pin in pins:
            session.add(
                Following(
                    change_id=row.id, root_id=pin.id, reference_version=digests[pin.reference_version or ""],
                    state="waiting",
                )
            )  # fmt: skip
        number = row.id
    carry_out(banli, seconds=AT_ONCE_SECONDS)
    return number


def take_back_for_all(banli: Banli, actor: Actor, change_id: int, why: str, mark: str) -> int:
    """Take a change back for running cases too."""
    with banli.reading() as session:
        _, parts = reversed_parts(session, the_area(session), change_id)
    try:
        return confirm(banli, actor, parts, why, mark, undoes=change_id)
    except FormInvalid as refused:
        if any(error.key == "why" for error in refused.errors):
            raise
        raise TakingBackRefused(refused.errors[0].message) from refused


def carry_out(banli: Banli, seconds: float = AT_ONCE_SECONDS) -> int:
    """Let waiting cases follow, for so many seconds at most; how many were done. Repeated, it goes on."""
    until = time.monotonic() + seconds
    done = 0
    while time.monotonic() < until:
        with banli.reading() as session:
            row = session.scalar(
                select(Following)
                .where(Following.state == "waiting")
                .order_by(Following.change_id, Following.root_id)
                .limit(1)
            )
            change = session.get(SettingChange, row.change_id) if row is not None else None
        if row is None or change is None:
            break
        _follow(banli, row, change)
        done += 1
    return done


def _follow(banli: Banli, row: Following, change: SettingChange) -> None:
    state, moved, problem = "done", 0, ""
    try:
        moved = len(
            banli.engine.retime(
                row.root_id, row.reference_version, change.why,
                request_id=f"change:{change.id}:{row.root_id}", actor=change.by,
            )
        )  # fmt: skip
    except Conflict:
        state = "over"
    except EngineError as fault:
        state, problem = "failed", str(fault)
    with banli.writing() as session:
        session.execute(
            update(Following)
            .where(Following.change_id == row.change_id, Following.root_id == row.root_id)
            # Two workers may have taken it at once: the second one's command moved nothing any more.
            .values(state=state, moved=case((Following.moved > moved, Following.moved), else_=moved), problem=problem)
        )


def _check(banli: Banli, actor: Actor, parts: Sequence[Part]) -> None:
    with banli.reading() as session:
        left = session.scalar(select(func.count()).select_from(Following).where(Following.state == "waiting"))
        if left:
            raise StillCarriedOut(
                say("An earlier change is still being carried out for {n} cases. Wait until it is through.", n=left)
            )
        area = the_area(session)
        errors: list[FieldError] = []
        for part in parts:
            kind = KINDS[part.kind]
            before = kind.contents(session, area).get(part.subject)
            proposal = Proposal(session, area, part.subject, before, part.after, banli.today(), actor.account)
            errors += kind.check(proposal)
            if kind.amend is None:
                errors.append(FieldError("", "", say("Running cases cannot follow this kind of change.")))
            if part.after is not None and str(part.after.get("effective_from", "")) > banli.today().isoformat():
                errors.append(
                    FieldError(
                        "effective_from", "",
                        say("Running cases can follow only what is in force today: choose a day up to today."),
                    )
                )  # fmt: skip
        if errors:
            raise FormInvalid(errors)


def _amended_versions(banli: Banli, parts: Sequence[Part]) -> dict[str, dict[str, Any]]:
    """The versions that running cases stand on, each amended by exactly this change; those it changes not left out."""
    wanted = {pin.reference_version for pin in banli.engine.pinned() if pin.reference_version}
    found = {}
    with banli.reading() as session:
        rows = session.scalars(select(ReferenceVersion).where(ReferenceVersion.digest.in_(wanted)))
        for row in rows:
            amended: dict[str, Any] = copy.deepcopy(row.content)
            for part in parts:
                amend = KINDS[part.kind].amend
                if amend is not None:
                    amend(amended, part.subject, part.after)
            if amended != row.content:
                found[row.digest] = amended
    return found


def _kept(
    session: Session, area_id: int, banli: Banli, origin: str, content: Mapping[str, Any], change_id: int
) -> str:
    """The amended reference data as a version of its own, or a version that says the very same."""
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(text).hexdigest()
    if session.scalar(select(ReferenceVersion.id).where(ReferenceVersion.digest == digest)) is None:
        digest = hashlib.sha256(f"{origin}:{change_id}:".encode() + text).hexdigest()
        session.add(
            ReferenceVersion(
                area_id=area_id, digest=digest, content=dict(content), at=banli.now(), derived_from=origin
            )
        )
        session.flush()
    return digest


def _mark(cases: Sequence[Any]) -> str:
    listed = [
        (case.item_id, case.title, str(move.what), move.before.isoformat(), move.after.isoformat())
        for case in cases
        for move in case.moves
    ]
    return hashlib.sha256(orjson.dumps(listed)).hexdigest()[:16]
