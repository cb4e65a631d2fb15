"""The deputy's home: my suggestions, the road of each, and what I must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.message import say
from tasks.cases.headers import item_header, units_of, with_people
from tasks.cases.views import ItemState, PortalItem, PortalLine, PortalPage, RoadStep
from tasks.handling import queries as records
from tasks.handling.confirming import may_confirm
from tasks.handling.consultations import MODES
from tasks.handling.item_withdrawals import withdrawable_item, withdrawal_of
from tasks.handling.models import Consultation, Feedback, Reply
from tasks.handling.parts import BESIDE
from tasks.register.models import Item, ItemProposer
from tasks.settings import BEIJING
from tasks.worklist.models import Work
from tasks.worklist.rows import task_rows
from tasks.worklist.tabs import count_to, first_of, in_view
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.handling.views import RatingRecord, ReplyRecord

OfItem = TypeVar("OfItem", Reply, Feedback, Consultation)
PAGE_SIZE = 20
_REFUSED = (ItemState.NOT_FILED, ItemState.CONVERTED)
_SCORES = {"satisfied": "满意", "basic": "基本满意", "dissatisfied": "不满意", "none": "未评价"}


def portal(banli: Banli, actor: Actor, page: int = 1) -> PortalPage:
    """One page of the items that I proposed or co-signed, newest first, and the steps that wait for me."""
    mine = Item.id.in_(select(ItemProposer.item_id).where(ItemProposer.person_id == actor.person_id))
    with banli.reading() as session:
        total = session.scalar(
            select(func.count()).select_from(ItemProposer).where(ItemProposer.person_id == actor.person_id)
        )
        items = session.scalars(
            select(Item)
            .where(mine)
            .order_by(Item.submitted_at.desc(), Item.id.desc())
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()
        waiting = first_of(session, in_view(actor, WorklistView.MINE), PAGE_SIZE)
        return PortalPage(
            items=_lines(session, items),
            to_do=task_rows(banli, session, actor, waiting),
            to_do_total=count_to(session, in_view(actor, WorklistView.MINE)),
            total=total or 0,
            page=page,
            pages=max(1, -(-(total or 0) // PAGE_SIZE)),
        )


def _lines(session: Session, items: Sequence[Item]) -> list[PortalLine]:
    """The road of each item; one query for what is on the roads of all of them, whatever their number."""
    ids = [item.id for item in items]
    units = units_of(session, items)
    replies = _by_item(
        session.scalars(
            select(Reply)
            .where(Reply.item_id.in_(ids), Reply.state == "issued")
            .order_by(Reply.round.desc(), Reply.version.desc())
        )
    )
    ratings = _by_item(
        session.scalars(select(Feedback).where(Feedback.item_id.in_(ids)).order_by(Feedback.round.desc()))
    )
    met = _by_item(session.scalars(select(Consultation).where(Consultation.item_id.in_(ids))))
    lines = []
    for item in items:
        lead, co = units.get(item.id, ("", []))
        first = min(met.get(item.id, ()), key=lambda one: one.on, default=None)
        contact = (first.on, MODES[first.mode].name) if first is not None else None
        lines.append(
            PortalLine(
                item_id=item.id,
                kind=item.kind,
                number=item.number or "",
                title=item.title,
                road=_road(item, replies.get(item.id, ()), ratings.get(item.id, ()), contact),
                lead_unit=lead,
                co_units=co,
            )
        )
    return lines


def _by_item(rows: Iterable[OfItem]) -> dict[int, list[OfItem]]:
    found: dict[int, list[OfItem]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def portal_item(banli: Banli, actor: Actor, item_id: int) -> PortalItem:
    """One of my items.

    Raises:
        NotFound: it does not exist or is somebody else's.
    """
    with banli.reading() as session:
        item = session.scalar(
            select(Item).join(ItemProposer).where(Item.id == item_id, ItemProposer.person_id == actor.person_id)
        )
        if item is None:
            raise NotFound(say("There is no such item, or it is not one of yours."))
        return _portal_item(banli, session, actor, item)


def _portal_item(banli: Banli, session: Session, actor: Actor, item: Item) -> PortalItem:
    item = with_people(session, item)
    replies = records.replies(session, item.id, issued_only=True)
    ratings = records.ratings(session, item.id)
    consultations = records.consultations(session, item.id)
    parts = records.assignments(session, item.id)
    lead = next((part for part in parts if part.current and part.role not in BESIDE), None)
    mine = session.scalars(select(Work).where(in_view(actor, WorklistView.MINE), Work.item_id == item.id)).all()
    asked = withdrawal_of(session, item)
    first = min(consultations, key=lambda record: record.on, default=None)
    return PortalItem(
        may_withdraw=withdrawable_item(session, actor, item),
        withdrawal_reason=asked.reason if asked is not None else "",
        item=item_header(banli, session, actor, item),
        road=_road(item, replies, ratings, (first.on, first.mode_name) if first is not None else None),
        contact=lead.handler if lead else "",
        contact_phone=lead.phone if lead else "",
        task=next(iter(task_rows(banli, session, actor, mine)), None),
        replies=replies,
        ratings=ratings,
        consultations=consultations,
        to_confirm=frozenset(one.id for one in consultations if may_confirm(actor, item, one)),
    )


def _road(
    item: Item,
    replies: Sequence[Reply | ReplyRecord],
    ratings: Sequence[Feedback | RatingRecord],
    contact: tuple[dt.date, str] | None,
) -> list[RoadStep]:
    """Stations of the item: submitted, assigned, then for each round reply and rating, then closing."""
    steps: list[tuple[RoadStep, bool]] = [
        (RoadStep(say("Submitted"), _day(item.submitted_at), "", "done"), True),
    ]
    if item.state in _REFUSED:  # the reasons stand on the page; nothing else will come
        return _with_states([*steps, (RoadStep(say("Not filed"), None, "", ""), True)])
    steps += [
        (RoadStep(say("Filed"), _day(item.filed_at), "", ""), item.filed_at is not None),
        (RoadStep(say("Assigned"), _day(item.assigned_at), "", "done"), item.assigned_at is not None),
    ]
    on, mode = contact or (None, "")
    steps.append((RoadStep(say("Consultation"), on, mode, ""), contact is not None))
    for number in range(1, max(item.round, 1) + 1):
        reply = next((record for record in replies if record.round == number), None)
        rating = next((record for record in ratings if record.round == number), None)
        name = say("First reply") if number == 1 else say("Reply of round {n}", n=number)
        note = f"{reply.result_class}类" if reply else ""
        steps.append((RoadStep(name, reply.issued_on if reply else None, note, ""), reply is not None))
        score = _SCORES.get(rating.overall, "") if rating else ""
        steps.append((RoadStep(say("Your rating"), _day(rating.at) if rating else None, score, ""), rating is not None))
    closed = item.state == ItemState.CLOSED
    steps.append((RoadStep(say("Closed"), _day(item.closed_at), "", ""), closed))
    return _with_states(steps)


def _with_states(steps: list[tuple[RoadStep, bool]]) -> list[RoadStep]:
    current = next((index for index, (_, done) in enumerate(steps) if not done), len(steps))
    return [
        RoadStep(step.name, step.on, step.note, "done" if done else "now" if index == current else "ahead")
        for index, (step, done) in enumerate(steps)
    ]


def _day(at: dt.datetime | None) -> dt.date | None:
    return at.astimezone(BEIJING).date() if at is not None else None
