"""Reading commitments, campaigns and what rolls over; who may read an item is decided by `tasks.cases.access`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, true, union
from sqlalchemy.orm import joinedload, selectinload

from tasks.cases.access import readable
from tasks.cases.headers import units_of
from tasks.cases.views import ItemState
from tasks.deadlines.explanation import describe, settled
from tasks.deadlines.functions import day_end
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units, names_of
from tasks.forms.views import Option
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.supervision.lights import last_day
from tasks.tracking.models import Commitment
from tasks.tracking.views import (
    CommitmentRecord,
    CommitmentRow,
    LedgerFilters,
    LedgerPage,
    ReportRecord,
    RolledOver,
    RollOverPage,
)
from tasks.worklist.rows import Today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.views import Due

_FULL = (joinedload(Commitment.unit), selectinload(Commitment.reports))
PAGE_SIZE = 50
_NEVER = (ItemState.NOT_FILED, ItemState.CONVERTED, ItemState.MERGED, ItemState.WITHDRAWN)


def commitments(session: Session, item_id: int) -> list[CommitmentRecord]:
    """The promises of one item with their reports, what is due first on top."""
    rows = session.scalars(
        select(Commitment).where(Commitment.item_id == item_id).options(*_FULL).order_by(Commitment.due, Commitment.id)
    ).all()
    return _records(session, rows)


def ledger(banli: Banli, actor: Actor, filters: LedgerFilters, page: int | None = 1) -> LedgerPage:
    """One page of the commitment ledger (承诺事项台账), as far as this actor may read its items; None: all of it."""
    today = Today.of(banli)
    by_figure = {"all": LedgerFilters(), "overdue": LedgerFilters(state="open", light=Light.OVERDUE)}
    by_figure |= {state: LedgerFilters(state=state) for state in ("open", "fulfilled", "changed", "postponed")}
    with banli.reading() as session:
        base = and_(readable(actor), _wanted(LedgerFilters(text=filters.text, unit=filters.unit), today))
        figures = {name: _count(session, base, _wanted(wanted, today)) for name, wanted in by_figure.items()}
        condition = and_(readable(actor), _wanted(filters, today))
        total = _count(session, condition)
        found = session.execute(
            _joined(select(Commitment, Item))
            .where(condition)
            .options(*_FULL)
            .order_by(Commitment.state != "open", Commitment.due, Commitment.id)
            .limit(PAGE_SIZE if page is not None else None)
            .offset(((page or 1) - 1) * PAGE_SIZE)
        ).all()
        records = _records(session, [row for row, _ in found])
        units = [Option(unit.code, unit.short_name) for unit in handling_units(session)]
    return LedgerPage(
        rows=[
            CommitmentRow(record, item.id, item.kind, item.number or "", item.title, _due(row, today))
            for record, (row, item) in zip(records, found, strict=True)
        ],
        figures=figures,
        units=units,
        page=page or 1,
        pages=max(1, -(-total // PAGE_SIZE)),
        total=total,
    )


def _joined(wanted: Any) -> Any:
    return wanted.join(Item, Item.id == Commitment.item_id).join(Unit, Unit.id == Commitment.unit_id)


def _count(session: Session, condition: ColumnElement[bool], more: ColumnElement[bool] | None = None) -> int:
    counted = _joined(select(func.count()).select_from(Commitment))
    return session.scalar(counted.where(condition, *(() if more is None else (more,)))) or 0


def _wanted(filters: LedgerFilters, today: Today) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if filters.state == "postponed":
        conditions.append(Commitment.due > Commitment.original_due)
    elif filters.state:
        conditions.append(Commitment.state == filters.state)
    if filters.unit:
        conditions.append(Unit.code == filters.unit)
    if filters.item is not None:
        conditions.append(Commitment.item_id == filters.item)
    if filters.light:
        conditions += [Commitment.state == "open", _in_light(filters.light, today)]
    for word in filters.text.split():
        columns = (Item.number, Item.title, Commitment.measure, Commitment.promise)
        conditions.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return and_(*conditions)


def _in_light(light: str, today: Today) -> ColumnElement[bool]:
    """A promise is late on the day after its date; before that its light follows the area's thresholds."""
    day = today.now.astimezone(BEIJING).date()
    rule = today.reference.thresholds("commitment")
    near = last_day(today.reference, day, rule.unit, rule.near)
    urgent = last_day(today.reference, day, rule.unit, rule.urgent)
    bounds = {
        Light.OVERDUE: Commitment.due < day,
        Light.URGENT: and_(Commitment.due >= day, Commitment.due <= urgent),
        Light.NEAR: and_(Commitment.due >= day, Commitment.due > urgent, Commitment.due <= near),
        Light.NORMAL: Commitment.due > max(near, urgent),
    }
    return bounds[Light(light)] if light in set(bounds) else true()


def _due(row: Commitment, today: Today) -> Due:
    due = describe(today.reference, day_end(today.reference, row.due), [_rests_on(row)], "commitment", today.now)
    if row.fulfilled_on is not None:
        return settled(due, dt.datetime.combine(row.fulfilled_on, dt.time(12, 0), BEIJING))
    return settled(due, row.ended_at) if row.ended_at is not None else due


def _rests_on(row: Commitment) -> dict[str, Any]:
    """No parameter made the date of a promise: the reply did, or a report that the unit's head signed."""
    moved = row.due > row.original_due
    name, later = ("延期后的期限", "；后经单位主要负责人签批延期") if moved else ("答复中承诺的期限", "")
    return {
        "rule": "承诺", "name": name, "amount": "", "unit": "", "counts_from": "", "agreed": True, "fixed": False,
        "source": f"{row.unit.short_name}{row.promised_on:%Y-%m-%d}的答复{later}", "rolled_from": None,
        "start": row.promised_on.isoformat(), "last": row.due.isoformat(),
    }  # fmt: skip


def _records(session: Session, rows: Sequence[Commitment]) -> list[CommitmentRecord]:
    names = names_of(session, [name for row in rows for told in row.reports for name in (told.by, told.signed_by)])
    return [
        CommitmentRecord(
            id=row.id,
            unit_code=row.unit.code,
            unit=row.unit.short_name,
            measure=row.measure,
            promise=row.promise,
            promised_on=row.promised_on,
            original_due=row.original_due,
            due=row.due,
            state=row.state,
            fulfilled_on=row.fulfilled_on,
            reports=[
                ReportRecord(
                    kind=told.kind,
                    text=told.text,
                    evidence=told.evidence,
                    new_due=told.new_due,
                    verdict=told.verdict,
                    signed_by=names.get(told.signed_by, (told.signed_by, ""))[0],
                    by=names.get(told.by, (told.by, ""))[0],
                    at=told.at,
                )
                for told in row.reports
            ],
        )
        for row in rows
    ]


def rolled_over(banli: Banli, actor: Actor, year: int, page: int = 1) -> RollOverPage:
    """One page of what is unfinished on 31 December and is followed in the next year (跨年度; handbook §3.2, step 22).

    Before that day it is what would roll over if nothing more happened.
    """
    end = dt.datetime(year + 1, 1, 1, tzinfo=BEIJING)
    later = and_(
        Commitment.promised_on < end.date(), or_(Commitment.ended_at.is_(None), Commitment.ended_at >= end)
    )
    # Each of the three is found in an index; asked as one condition, all that ever was closed would be looked through.
    some = select(Item.id, Item.submitted_at).where(
        readable(actor), Item.state.not_in(_NEVER), Item.submitted_at < end
    )
    wanted = union(
        some.where(Item.closed_at.is_(None), Item.filed_at.is_not(None)),
        some.where(Item.closed_at >= end, Item.filed_at.is_not(None)),
        some.where(Item.id.in_(select(Commitment.item_id).where(later))),
    ).subquery()
    with banli.reading() as session:
        total = session.scalar(select(func.count()).select_from(wanted)) or 0
        ids = (
            select(wanted.c.id)
            .order_by(wanted.c.submitted_at, wanted.c.id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        )
        items = session.scalars(
            select(Item).where(Item.id.in_(session.scalars(ids).all())).order_by(Item.submitted_at, Item.id)
        ).all()
        promised = dict(
            session.execute(
                select(Commitment.item_id, func.max(Commitment.due))
                .where(later, Commitment.item_id.in_([item.id for item in items]))
                .group_by(Commitment.item_id)
            ).all()
        )
        units = units_of(session, items)
        rows = [
            RolledOver(
                item_id=item.id,
                kind=item.kind,
                number=item.number or "",
                title=item.title,
                state=ItemState(item.state),
                lead_unit=units.get(item.id, ("", []))[0],
                why="promises" if item.id in promised else "unfinished",
                until=promised.get(item.id),
            )
            for item in items
        ]
    return RollOverPage(rows, page, max(1, -(-total // PAGE_SIZE)), total)


def unit_names(session: Session, codes: Sequence[str]) -> list[str]:
    """Short names of units, in the order of the directory."""
    wanted = select(Unit.short_name).where(Unit.code.in_(list(codes))).order_by(Unit.position)
    return list(session.scalars(wanted))
