"""Versions of the reference data: frozen from the area's rows, kept for ever, read through a small cache."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, Engine, select

from engine.errors import NotFound
from engine.message import say
from engine.statements import Cursor, Statement
from tasks.accounts.models import Account, RoleGrant
from tasks.database import reading, table_of
from tasks.deadlines.models import AreaSetting, CalendarDay, CalendarYear, Parameter, ReferenceVersion
from tasks.deadlines.reference import ReferenceData, read_reference
from tasks.directory.models import Unit
from tasks.directory.queries import the_area
from tasks.settings import BEIJING

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli


def freeze(session: Session, area_id: int, now: dt.datetime) -> str:
    """Make today's rules, calendar and directory of an area a version, if they differ from the newest one."""
    session.flush()
    content = {
        "calendar": _calendar(session, area_id),
        "parameters": _parameters(session, area_id, now.astimezone(BEIJING).date()),
        "units": _units(session, area_id),
        **{row.name: row.content for row in session.scalars(select(AreaSetting).where(AreaSetting.area_id == area_id))},
    }
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    newest = session.scalar(
        select(ReferenceVersion.digest)
        .where(ReferenceVersion.area_id == area_id, ReferenceVersion.derived_from.is_(None))
        .order_by(ReferenceVersion.id.desc())
        .limit(1)
    )
    if newest != digest:
        # The same content may have been in force before: the digest then carries the moment too.
        known = session.scalar(select(ReferenceVersion.id).where(ReferenceVersion.digest == digest))
        unique = digest if known is None else hashlib.sha256(f"{digest}{now.isoformat()}".encode()).hexdigest()
        session.add(ReferenceVersion(area_id=area_id, digest=unique, content=content, at=now))
        return unique
    return digest


def freeze_today(banli: Banli) -> str:
    """Freeze what is in force today: parameters may have come into force by their date."""
    with banli.writing() as session:
        return freeze(session, the_area(session).id, banli.now())


def _calendar(session: Session, area_id: int) -> dict[str, Any]:
    days = session.scalars(select(CalendarDay).where(CalendarDay.area_id == area_id).order_by(CalendarDay.on))
    years = session.scalars(
        select(CalendarYear.year)
        .where(CalendarYear.area_id == area_id, CalendarYear.published)
        .order_by(CalendarYear.year)
    )
    return {"days": {row.on.isoformat(): [row.kind, row.name] for row in days}, "published": list(years)}


def _parameters(session: Session, area_id: int, today: dt.date) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Parameter)
        .where(Parameter.area_id == area_id, Parameter.effective_from <= today)
        .order_by(Parameter.code, Parameter.effective_from)
    )
    newest = {row.code: row for row in rows}
    fields = ("code", "name", "amount", "unit", "counts_from", "source", "not_after")
    return [{field: getattr(row, field) for field in fields} for row in newest.values()]


def _units(session: Session, area_id: int) -> list[dict[str, Any]]:
    held: dict[int, set[str]] = {}
    grants = select(RoleGrant.unit_id, RoleGrant.role).join(Account).where(~Account.disabled)
    for unit_id, role in session.execute(grants):
        if unit_id is not None:
            held.setdefault(unit_id, set()).add(role)
    units = session.scalars(select(Unit).where(Unit.area_id == area_id, ~Unit.disabled).order_by(Unit.position))
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": unit.kind,
            "roles": sorted(held.get(unit.id, ())),
        }
        for unit in units
    ]


_NEWEST = Statement(
    select(table_of(ReferenceVersion).c.digest)
    .where(ReferenceVersion.derived_from.is_(None))
    .order_by(ReferenceVersion.id.desc())
    .limit(1)
)
"""Asked with every look at a date, so that a change of the rules holds from the next act on."""


class ReferenceLibrary:
    """The engine's provider of reference data: a version by its name, or the newest for None."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._cache: dict[str, ReferenceData] = {}
        self._merged: dict[tuple[str, str], ReferenceData] = {}
        self._lock = threading.Lock()

    def __call__(self, version: str | None, connection: Connection | None = None) -> ReferenceData:
        """The reference data of this version; None asks for the newest. Who has a connection open lends it.

        A case pins its calendar and its rules. Who there is, and who reviews, is a fact of today: a unit or a reviewer
        added since then is known to running cases too, and what was abolished meanwhile stays known to them.
        """
        newest = self._newest_version(connection)
        if version is None or version == newest:
            return self._kept(newest, connection)
        found = self._merged.get((version, newest))
        if found is None:
            pinned, current = self._kept(version, connection), self._kept(newest, connection)
            found = replace(
                pinned,
                units={**pinned.units, **current.units},
                review_nodes={**pinned.review_nodes, **current.review_nodes},
            )
            with self._lock:
                self._merged[version, newest] = found
        return found

    def _kept(self, version: str, connection: Connection | None) -> ReferenceData:
        found = self._cache.get(version)
        return found if found is not None else self._load(version, connection)

    def _newest_version(self, connection: Connection | None) -> str:
        if connection is None:
            with reading(self._database) as session:
                return self._newest_version(session.connection())
        newest = Cursor(connection).one(_NEWEST, {})
        if newest is None:
            raise NotFound(say("There is no reference data yet. Run “banli init” or “banli demo” first."))
        return str(newest[0])

    def _load(self, digest: str, connection: Connection | None) -> ReferenceData:
        if connection is None:
            with reading(self._database) as session:
                return self._load(digest, session.connection())
        content = connection.scalar(select(ReferenceVersion.content).where(ReferenceVersion.digest == digest))
        if content is None:
            raise NotFound(say("There is no version {version} of the reference data.", version=digest))
        loaded = read_reference(digest, content)
        with self._lock:
            self._cache[digest] = loaded
        return loaded
