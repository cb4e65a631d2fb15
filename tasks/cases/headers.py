"""The head of every page that concerns one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tasks.cases.access import is_proposer, knows_proposer, may_read_contacts
from tasks.cases.views import NO_REPLY_DUE, ItemHeader, ItemState
from tasks.deadlines.explanation import describe
from tasks.directory.models import Unit
from tasks.handling.models import Assignment
from tasks.handling.parts import BESIDE
from tasks.register.categories import shown
from tasks.register.models import Item, ItemProposer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.views import Due

CONFIDENTIAL = "（应提出人要求保密）"
"""Stands for the proposer's name where units may not know it; in the language of the data."""


def item_header(banli: Banli, session: Session, actor: Actor, item: Item) -> ItemHeader:
    """Everything that stands above the tabs, as this reader may see it."""
    people = session.scalars(
        select(ItemProposer)
        .where(ItemProposer.item_id == item.id)
        .options(joinedload(ItemProposer.person))
        .order_by(ItemProposer.position)
    ).all()
    known = knows_proposer(actor, item)
    lead, co = units_of(session, [item]).get(item.id, ("", []))
    return ItemHeader(
        item_id=item.id,
        kind=item.kind,
        number=item.number or "",
        title=item.title,
        category=shown(item.category, item.subcategory),
        session_name=item.sitting.name,
        proposer=(people[0].person.name if people else "") if known else CONFIDENTIAL,
        proposer_phone=people[0].person.phone if people and may_read_contacts(actor, item) else "",
        cosigners=[row.person.name for row in people[1:]] if known else [],
        key=item.key,
        key_note=item.key_note,
        round=item.round,
        returns=0 if is_proposer(actor, item) else item.returns,
        state=ItemState(item.state),
        lead_unit=lead,
        co_units=co,
        result_class=item.result_class,
        submitted=item.submitted_at,
        assigned=item.assigned_at,
        closed=item.closed_at,
        reply_due=reply_dues(banli, session, [item]).get(item.id),
        situation=item.situation,
        analysis=item.analysis,
        publish_consent=item.publish_consent,
    )


def proposer_shown(actor: Actor, item: Item) -> str:
    """The lead proposer's name, as this reader may know it; the item's proposers must be read."""
    if not knows_proposer(actor, item):
        return CONFIDENTIAL
    return item.proposers[0].person.name if item.proposers else ""


def units_of(session: Session, items: Iterable[Item]) -> dict[int, tuple[str, list[str]]]:
    """Short names of lead and co-handling units in each item's current round; one query for a page."""
    wanted = [item.id for item in items]
    if not wanted:
        return {}
    # Whether a part counts is looked at here: asked of SQLite, it would walk along all parts that count.
    rows = session.execute(
        select(Assignment.item_id, Assignment.role, Assignment.current, Unit.short_name)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id.in_(wanted))
        .order_by(Assignment.answer, Assignment.id)
    )
    found: dict[int, tuple[str, list[str]]] = {}
    for item_id, role, current, name in rows:
        if not current:
            continue
        lead, co = found.get(item_id, ("", []))
        if role in BESIDE:
            co = [*co, name]
        else:  # separate units answer side by side
            lead = f"{lead}、{name}" if lead else name
        found[item_id] = (lead, co)
    return found


def reply_dues(banli: Banli, session: Session, items: Sequence[Item]) -> dict[int, Due]:
    """The date of the whole reply in each item's current round; none once the reply is out. One query for a page."""
    waiting = {item.id: item for item in items if item.round and item.state not in NO_REPLY_DUE}
    if not waiting:
        return {}
    rows = session.scalars(
        select(Assignment)
        .where(
            Assignment.item_id.in_(waiting),
            Assignment.role.not_in(BESIDE),
            Assignment.due.is_not(None),
        )
        .order_by(Assignment.due.desc())
    )
    reference, now = banli.reference(), banli.now()
    return {
        row.item_id: describe(
            reference, row.due, row.due_notes, "rehandling" if row.round > 1 else "reply", now, row.suspended_at
        )
        for row in rows
        if row.current and row.due is not None
    }


def with_people(session: Session, item: Item) -> Item:
    """The item with its proposers and measures read."""
    loaded = session.scalar(
        select(Item)
        .where(Item.id == item.id)
        .options(
            selectinload(Item.proposers).joinedload(ItemProposer.person),
            selectinload(Item.measures),
            joinedload(Item.sitting),
        )
        .execution_options(populate_existing=True)
    )
    return loaded if loaded is not None else item
