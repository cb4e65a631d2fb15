"""The annual reports that a reader may see: all for the hub and the committees, a unit's own for its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import Permission
from tasks.annual.models import AnnualReport
from tasks.annual.service import NAMES, RULES, SUBJECT, may_ask, titled, units_to_ask
from tasks.directory.models import Unit
from tasks.directory.queries import names_of
from tasks.worklist.models import Work
from tasks.worklist.rows import Today, due_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.views import Due


@dataclass(frozen=True, slots=True)
class AnnualRow:
    """One report in the list."""

    year: int
    kind: str
    name: str
    unit_code: str
    unit: str
    title: str
    state: str
    step: str
    due: Due | None
    text: str
    problems: str
    written_by: str
    signed_by: str
    signed_at: dt.datetime | None
    received_by: str
    received_at: dt.datetime | None
    returned: str


@dataclass(frozen=True, slots=True)
class AnnualPage:
    """The reports of a year."""

    year: int
    rows: Sequence[AnnualRow]
    missing: Mapping[str, int]
    """By kind: how many units have something to report and were not asked yet; empty for those who do not ask."""


def annual_reports(banli: Banli, actor: Actor, year: int) -> AnnualPage:
    """The reports of a year, and whom nobody has asked."""
    with banli.reading() as session:
        rows = session.scalars(
            select(AnnualReport)
            .join(Unit, Unit.id == AnnualReport.unit_id)
            .where(AnnualReport.year == year, _readable(actor))
            .options(joinedload(AnnualReport.unit))
            .order_by(AnnualReport.kind.desc(), Unit.position)
        ).all()
        asked = {(row.kind, row.unit_id) for row in rows}
        missing = {
            kind: sum((kind, unit.id) not in asked for unit in units_to_ask(session, year, kind))
            for kind in (RULES if may_ask(actor) else ())
        }
        return AnnualPage(year, _rows(banli, session, rows), missing)


def newest_reported(banli: Banli, actor: Actor) -> int:
    """The newest year of which this reader sees a report; this year while there is none."""
    with banli.reading() as session:
        found = select(func.max(AnnualReport.year)).join(Unit, Unit.id == AnnualReport.unit_id)
        newest = session.scalar(found.where(_readable(actor)))
    return newest or banli.today().year


def annual_report(banli: Banli, actor: Actor, year: int, kind: str, unit: str) -> AnnualRow:
    """One report.

    Raises:
        NotFound: it was not asked for, or is not this reader's to see.
    """
    with banli.reading() as session:
        found = session.scalars(
            select(AnnualReport)
            .join(Unit, Unit.id == AnnualReport.unit_id)
            .where(AnnualReport.year == year, AnnualReport.kind == kind, Unit.code == unit, _readable(actor))
            .options(joinedload(AnnualReport.unit))
        ).all()
        if not found:
            raise NotFound(say("There is no such report."))
        return _rows(banli, session, found)[0]


def _readable(actor: Actor) -> ColumnElement[bool]:
    if actor.permissions & {Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ}:
        return AnnualReport.id > 0
    return Unit.code.in_({group.partition(":")[0] for group in actor.groups})


def _rows(banli: Banli, session: Session, reports: Sequence[AnnualReport]) -> list[AnnualRow]:
    today = Today.of(banli)
    keys = {f"{row.year}:{row.kind}:{row.unit.code}": row for row in reports}
    open_ = session.scalars(
        select(Work).where(Work.state == "open", Work.subject_kind == SUBJECT, Work.subject_key.in_(keys))
    )
    works = {work.subject_key: work for work in open_}
    names = names_of(session, [name for row in reports for name in (row.written_by, row.signed_by, row.received_by)])

    def named(account: str) -> str:
        return names.get(account, (account, ""))[0]

    return [
        AnnualRow(
            year=row.year,
            kind=row.kind,
            name=NAMES[row.kind],
            unit_code=row.unit.code,
            unit=row.unit.short_name,
            title=f"{row.unit.short_name} {titled(row.year, row.kind)}",
            state=row.state,
            step=works[key].step_name if key in works else "",
            due=due_of(today, works[key]) if key in works else None,
            text=row.text,
            problems=row.problems,
            written_by=named(row.written_by),
            signed_by=named(row.signed_by),
            signed_at=row.signed_at,
            received_by=named(row.received_by),
            received_at=row.received_at,
            returned=row.returned,
        )
        for key, row in keys.items()
    ]
