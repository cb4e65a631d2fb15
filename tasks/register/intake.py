"""A new item: its rows, and the case that is started for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.directory.queries import (
    COMMITTEE_OF_KIND,
    account_of_person,
    current_sitting,
    the_area,
    unit_of_kind,
)
from tasks.register import categories
from tasks.register.models import Item, ItemMeasure, ItemProposer
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli

PROCESS = "handling"


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is known of an item when it comes in."""

    kind: str
    timing: str
    title: str
    category: str
    """Both levels as `tasks.register.categories.joined` writes them."""
    situation: str
    analysis: str
    measures: Sequence[str]
    proposers: Sequence[int]
    """People, the lead proposer first."""
    suggested_units: str
    publish_consent: bool
    submitted_at: dt.datetime
    request_id: str | None
    proposer_type: str = "individual"
    wished_units: Sequence[str] = ()
    """Codes of units; `suggested_units` is what is read."""
    repeat_of: str = ""
    origin: str = ""
    wish_contact: str = ""
    signed_scan: Sequence[str] = ()
    """Ids of the files that show signatures or seal."""
    confidential: bool = False
    entered_by: str = ""
    """Account of who entered it for the proposer; empty: she did it herself."""
    signed: bool = False
    """All co-signers have signed on paper, and need not confirm."""
    level: str = "own"
    """`upper`: an upper level passed it down."""
    filed: bool = False
    """It was filed before it came here (imported items): no review."""


def add_item(session: Session, new: NewItem) -> Item:
    """Write the rows of a new item; its case is started afterwards by `start_case`."""
    sitting = current_sitting(session, new.kind)
    main, below = categories.apart(new.category)
    item = Item(
        area_id=the_area(session).id,
        sitting_id=sitting.id,
        kind=new.kind,
        level=new.level,
        timing=new.timing,
        year=new.submitted_at.astimezone(BEIJING).year,
        title=new.title,
        situation=new.situation,
        analysis=new.analysis,
        category=main,
        subcategory=below,
        suggested_units=new.suggested_units,
        wished_units=list(new.wished_units),
        publish_consent=new.publish_consent,
        proposer_type=new.proposer_type,
        repeat_of=new.repeat_of,
        origin=new.origin,
        wish_contact=new.wish_contact,
        signed_scan=list(new.signed_scan),
        confidential=new.confidential,
        entered_by=new.entered_by,
        filed_at=new.submitted_at if new.filed else None,
        submitted_at=new.submitted_at,
        request_id=new.request_id,
        measures=[ItemMeasure(position=position, text=text) for position, text in enumerate(new.measures)],
        proposers=_signatures(new),
    )
    session.add(item)
    session.flush()
    return item


def _signatures(new: NewItem) -> list[ItemProposer]:
    """The lead proposer has signed by submitting; the others confirm, unless they have signed on paper."""
    at_once = new.signed or new.filed
    return [
        ItemProposer(
            position=position,
            person_id=person,
            confirmed_at=new.submitted_at if at_once or position == 0 else None,
        )
        for position, person in enumerate(new.proposers)
    ]


def start_case(banli: Banli, item_id: int, actor: str | None) -> str:
    """Start the procedure for an item and answer its number.

    The request id is the item's: if the machine stopped between the item's rows and this, `start_missing` repeats it,
    and it happens once.
    """
    with banli.reading() as session:
        item = session.get_one(Item, item_id)
        variables = case_variables(session, item)
    banli.engine.start(PROCESS, variables, business_key=str(item_id), request_id=f"item:{item_id}", actor=actor)
    with banli.reading() as session:
        return session.get_one(Item, item_id).number or ""


def start_missing(banli: Banli, older_than: dt.timedelta = dt.timedelta(minutes=1)) -> int:
    """Start the cases of items that a crash left without one; a worker calls it now and then."""
    with banli.reading() as session:
        waiting = session.scalars(
            select(Item.id).where(Item.instance_id.is_(None), Item.submitted_at < banli.now() - older_than)
        ).all()
    for item_id in waiting:
        start_case(banli, item_id, None)
    return len(waiting)


def case_variables(session: Session, item: Item) -> dict[str, Any]:
    """What the diagrams know of an item when its case begins."""
    body, role = COMMITTEE_OF_KIND[item.kind]
    committee = unit_of_kind(session, body)
    lead = session.scalar(
        select(ItemProposer.person_id).where(ItemProposer.item_id == item.id, ItemProposer.position == 0)
    )
    return {
        "item": str(item.id),
        "kind": item.kind,
        "level": item.level,
        "timing": item.timing,
        "filed": item.filed_at is not None,
        "key": "no",
        "proposer": account_of_person(session, lead) if lead is not None else None,
        "hub": unit_of_kind(session, "hub").code,
        "committee": f"{committee.code}:{role}",
        "committee_unit": committee.code,
        "submitted_on": item.submitted_at.astimezone(BEIJING).date(),
        "session_closed": item.sitting.closed,
    }
