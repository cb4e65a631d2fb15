"""The head of every page that concerns one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tasks.cases.access import may_read_contacts
from tasks.cases.views import ItemHeader, ItemState
from tasks.deadlines.counting import reckon
from tasks.deadlines.explanation import describe, notes_of
from tasks.deadlines.functions import day_end
from tasks.handling.models import Assignment
from tasks.register.models import Item, ItemProposer
from tasks.settings import BEIJING
from tasks.worklist.models import Work

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData
    from tasks.deadlines.views import Due

_OVER = frozenset({ItemState.REPLIED, ItemState.CLOSED})


def item_header(banli: Banli, session: Session, actor: Actor, item: Item) -> ItemHeader:
    """Everything that stands above the tabs, as this reader may see it."""
    people = session.scalars(
        select(ItemProposer)
        .where(ItemProposer.item_id == item.id)
        .options(joinedload(ItemProposer.person))
        .order_by(ItemProposer.position)
    ).all()
    lead, co = units_of(session, [item]).get(item.id, ("", []))
    return ItemHeader(
        item_id=item.id,
        kind=item.kind,
        number=item.number or "",
        title=item.title,
        category=item.category,
        session_name=item.sitting.name,
        proposer=people[0].person.name if people else "",
        proposer_phone=people[0].person.phone if people and may_read_contacts(actor, item) else "",
        cosigners=[row.person.name for row in people[1:]],
        key=item.key,
        key_note=item.key_note,
        round=item.round,
        returns=item.returns,
        state=ItemState(item.state),
        lead_unit=lead,
        co_units=co,
        result_class=item.result_class,
        submitted=item.submitted_at,
        assigned=item.assigned_at,
        closed=item.closed_at,
        reply_due=reply_due(session, item, pinned_reference(banli, session, item.id), banli.now()),
        situation=item.situation,
        analysis=item.analysis,
        publish_consent=item.publish_consent,
    )


def units_of(session: Session, items: Iterable[Item]) -> dict[int, tuple[str, list[str]]]:
    """Short names of lead and co-handling units in each item's current round; one query for a page."""
    rounds = {item.id: item.round for item in items}
    if not rounds:
        return {}
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.item_id.in_(rounds))
        .options(joinedload(Assignment.unit))
        .order_by(Assignment.id)
    )
    found: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        if row.round != rounds[row.item_id]:
            continue
        lead, co = found.get(row.item_id, ("", []))
        if row.role == "co":
            co = [*co, row.unit.short_name]
        else:
            lead = row.unit.short_name
        found[row.item_id] = (lead, co)
    return found


def pinned_reference(banli: Banli, session: Session, item_id: int) -> ReferenceData:
    """The rules that this case has pinned: those that its first date was computed by."""
    notes = session.scalar(select(Work.due_notes).where(Work.item_id == item_id).order_by(Work.opened_at).limit(1))
    version = next((note["reference"] for note in notes or () if "reference" in note), None)
    return banli.reference(version)


def reply_due(session: Session, item: Item, reference: ReferenceData, now: dt.datetime) -> Due | None:
    """The date of the whole reply in the current round (P8, or P10 after a re-handling); None once it is out."""
    if item.round == 0 or item.state in _OVER:
        return None
    started = session.scalar(
        select(Assignment.assigned_at).where(Assignment.item_id == item.id, Assignment.round == item.round).limit(1)
    )
    if started is None:
        return None
    rule = reference.rule("P10" if item.round > 1 else "P8")
    start = started.astimezone(BEIJING).date()
    reckoning = reckon(
        reference.calendar,
        start,
        rule.amount,
        rule.unit,
        roll_forward=bool(reference.settings["roll_forward_on_rest_day"]),
        not_after=rule.not_after,
    )
    stage = "rehandling" if item.round > 1 else "reply"
    notes = [notes_of(rule, start, reckoning, reference.version)]
    return describe(reference, day_end(reference, reckoning.last), notes, stage, now)


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
