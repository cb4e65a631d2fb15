"""The deputy's home: my suggestions, the road of each, and what I must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import NotFound
from engine.message import say
from tasks.cases.headers import item_header, with_people
from tasks.cases.views import ItemState, PortalItem, PortalPage, RoadStep
from tasks.handling import queries as records
from tasks.handling.item_withdrawals import withdrawable_item, withdrawal_of
from tasks.handling.parts import BESIDE
from tasks.register.models import Item, ItemProposer
from tasks.settings import BEIJING
from tasks.worklist.models import Work
from tasks.worklist.queries import in_view
from tasks.worklist.rows import task_rows
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.handling.views import ConsultationRecord, RatingRecord, ReplyRecord

_REFUSED = (ItemState.NOT_FILED, ItemState.CONVERTED)
_SCORES = {"satisfied": "满意", "basic": "基本满意", "dissatisfied": "不满意", "none": "未评价"}


def portal(banli: Banli, actor: Actor) -> PortalPage:
    """All items that I proposed or co-signed, newest first, and the steps that wait for me."""
    with banli.reading() as session:
        items = session.scalars(
            select(Item)
            .join(ItemProposer)
            .where(ItemProposer.person_id == actor.person_id)
            .order_by(Item.submitted_at.desc(), Item.id.desc())
        ).all()
        waiting = session.scalars(select(Work).where(in_view(actor, WorklistView.MINE)).order_by(Work.due)).all()
        return PortalPage(
            items=[_portal_item(banli, session, actor, item) for item in items],
            to_do=task_rows(banli, session, actor, waiting),
        )


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
    return PortalItem(
        may_withdraw=withdrawable_item(session, actor, item),
        withdrawal_reason=asked.reason if asked is not None else "",
        item=item_header(banli, session, actor, item),
        road=_road(item, replies, ratings, consultations),
        contact=lead.handler if lead else "",
        contact_phone=lead.phone if lead else "",
        task=next(iter(task_rows(banli, session, actor, mine)), None),
        replies=replies,
        ratings=ratings,
    )


def _road(
    item: Item,
    replies: Sequence[ReplyRecord],
    ratings: Sequence[RatingRecord],
    consultations: Sequence[ConsultationRecord],
) -> list[RoadStep]:
    """Stations of the item: submitted, assigned, then for each round reply and rating, then closing."""
    steps: list[tuple[RoadStep, bool]] = [
        (RoadStep(say("Submitted"), _day(item.submitted_at), item.number or "", "done"), True),
    ]
    if item.state in _REFUSED:  # the reasons stand on the page; nothing else will come
        return _with_states([*steps, (RoadStep(say("Not filed"), None, "", ""), True)])
    steps += [
        (RoadStep(say("Filed"), _day(item.filed_at), "", ""), item.filed_at is not None),
        (RoadStep(say("Assigned"), _day(item.assigned_at), "", "done"), item.assigned_at is not None),
    ]
    first = min(consultations, key=lambda record: record.on, default=None)
    on, mode = (first.on, first.mode_name) if first is not None else (None, "")
    steps.append((RoadStep(say("Consultation"), on, mode, ""), first is not None))
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
