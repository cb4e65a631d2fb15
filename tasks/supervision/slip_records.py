"""Slips as their readers see them: with the items that each may know, and the slips before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tasks.accounts.permissions import Permission
from tasks.cases.access import readable
from tasks.directory.queries import names_of, unit_of_kind
from tasks.register.models import Item
from tasks.supervision.models import Slip, SlipItem
from tasks.supervision.views import SlipItemRecord, SlipRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor


def slip_records(session: Session, actor: Actor, rows: Sequence[Slip]) -> list[SlipRecord]:
    """The slips in their order; of the items those that this reader may read."""
    items, before = _items(session, actor, rows), _before(session, rows)
    names = names_of(session, [one for row in rows for one in (row.by, row.signer, row.explained_by, row.judged_by)])
    hub = unit_of_kind(session, "hub").name
    return [
        SlipRecord(
            id=row.id,
            items=items.get(row.id, []),
            unit_code=row.unit.code,
            unit=row.unit.short_name,
            unit_full_name=row.unit.name,
            hub=hub,
            level=row.level,
            number=row.number or "",
            state=row.state,
            problem=row.problem,
            requirement=row.requirement,
            reply_by=row.reply_by,
            issued_on=row.issued_on,
            signer=names.get(row.signer, ("", ""))[0],
            previous=before[row.id],
            explained_by=names.get(row.explained_by, ("", ""))[0],
            explained_at=row.explained_at,
            judgement=row.judgement,
            judged_by=names.get(row.judged_by, ("", ""))[0],
            by=names.get(row.by, ("", ""))[0],
            rule=row.rule,
            at=row.at,
        )
        for row in rows
    ]


def of_unit_only(actor: Actor) -> bool:
    """Whether this reader reads slips for her unit alone."""
    return not actor.permissions & {Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ}


def slips_about_several(session: Session, actor: Actor, item_id: int) -> list[tuple[Slip, SlipItem]]:
    """The numbered slips that are about this item and others, as this reader may know them."""
    several = select(SlipItem.slip_id).group_by(SlipItem.slip_id).having(func.count() > 1)
    about = select(SlipItem.slip_id).where(SlipItem.item_id == item_id)
    wanted = (
        select(Slip, SlipItem)
        .join(SlipItem, SlipItem.slip_id == Slip.id)
        .where(SlipItem.item_id == item_id, Slip.number.is_not(None))
        .where(Slip.id.in_(several.where(SlipItem.slip_id.in_(about))))
        .options(joinedload(Slip.unit))
        .order_by(Slip.id)
    )
    return [
        (row, one)
        for row, one in session.execute(wanted)
        if not (of_unit_only(actor) and row.unit.code != actor.unit_code)
    ]


def _items(session: Session, actor: Actor, rows: Sequence[Slip]) -> Mapping[int, list[SlipItemRecord]]:
    """By slip; one query for a page."""
    found: dict[int, list[SlipItemRecord]] = {}
    wanted = (
        select(SlipItem, Item)
        .join(Item, Item.id == SlipItem.item_id)
        .where(SlipItem.slip_id.in_([row.id for row in rows]), readable(actor))
        .options(joinedload(Item.sitting))
        .order_by(SlipItem.slip_id, SlipItem.item_id)
    )
    for one, item in session.execute(wanted):
        found.setdefault(one.slip_id, []).append(
            SlipItemRecord(
                item.id, item.kind, item.number or "", item.title, item.sitting.name, one.explanation, one.promised_on
            )
        )
    return found


def _before(session: Session, rows: Sequence[Slip]) -> Mapping[int, list[str]]:
    """By slip: numbers of the unit's slips about any of its items, before this one, newest first; one query for all."""
    about: dict[int, set[int]] = {row.id: set() for row in rows}
    of_these = select(SlipItem.slip_id, SlipItem.item_id).where(SlipItem.slip_id.in_(about))
    for slip_id, item_id in session.execute(of_these):
        about[slip_id].add(item_id)
    numbered = session.execute(
        select(Slip.id, Slip.unit_id, Slip.number, SlipItem.item_id)
        .join(SlipItem, SlipItem.slip_id == Slip.id)
        .where(SlipItem.item_id.in_(set().union(*about.values())), Slip.number.is_not(None))
        .order_by(Slip.id.desc())
    ).all()
    return {
        row.id: list(
            dict.fromkeys(
                number
                for slip_id, unit_id, number, item_id in numbered
                if number and slip_id < row.id and unit_id == row.unit_id and item_id in about[row.id]
            )
        )
        for row in rows
    }
