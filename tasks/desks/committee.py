"""The desk of a committee: what it files, studies, approves and checks, and what it watches over."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.cases.access import rating_readable, readable
from tasks.cases.headers import units_of
from tasks.cases.views import ItemState
from tasks.deadlines.explanation import describe
from tasks.deadlines.functions import day_end
from tasks.desks.committee_views import CommitteePage, KeyItem, Promise
from tasks.register.models import Item
from tasks.supervision.lights import late as is_late
from tasks.supervision.models import Inspection, Reminder, SlipItem
from tasks.tracking.models import Commitment
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.rows import Today, rows_together
from tasks.worklist.tabs import count_by_step, first_ids, in_view
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

FILING, STUDY, EXTENSION, CLOSING, RATE = (
    ("first_review", "final_review"), ("study",), ("approve_extension",), ("closing_check",), "rate",
)  # fmt: skip
_PARTS = {"filing": FILING, "study": STUDY, "extensions": EXTENSION, "closings": CLOSING}
SHOWN = 12
"""So many lines of each kind, what hurts first; the figures count them all and the lists have them all."""
_OVER = (
    ItemState.CLOSED, ItemState.WITHDRAWN, ItemState.NOT_FILED, ItemState.CONVERTED, ItemState.MERGED,
)  # fmt: skip


def may_enter(actor: Actor) -> bool:
    """Whether this desk is the actor's: she works for the committee of the congress or of the CPPCC."""
    return bool(actor.roles & {Role.NPC_REVIEWER, Role.CPPCC_REVIEWER})


def desk(banli: Banli, actor: Actor) -> CommitteePage:
    """Everything that the committee must do or watch, what hurts first.

    Raises:
        NotAllowed: the desk is a committee's.
    """
    if not may_enter(actor):
        raise NotAllowed(say("This desk is for the committees of the congress and of the CPPCC."))
    today = Today.of(banli)
    month_ends = _month_end(banli.today())
    with banli.reading(weighed=True) as session:
        mine = and_(IS_OPEN, or_(in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE)))
        steps = count_by_step(session, mine)
        known = (*FILING, *STUDY, *EXTENSION, *CLOSING)
        parts = {name: Work.element_id.in_(wanted) for name, wanted in _PARTS.items()}
        parts["others"] = Work.element_id.not_in(known)
        totals = {name: sum(steps[step] for step in wanted) for name, wanted in _PARTS.items()}
        totals["others"] = steps.total() - sum(totals.values())
        silent = and_(IS_OPEN, Work.element_id == RATE, rating_readable(actor))
        lists = {name: first_ids(session, and_(mine, part), SHOWN) for name, part in parts.items()}
        lists["silent"] = _silent(session, silent)
        key = and_(readable(actor), Item.key.is_(True), Item.state.not_in(_OVER))
        falling = and_(readable(actor), Commitment.state == "open", Commitment.due <= month_ends)
        return CommitteePage(
            name=actor.unit_name,
            **rows_together(banli, session, actor, lists),
            totals=totals,
            silent_total=_count(session, select(Work.task_id).join(Item, Item.id == Work.item_id).where(silent)),
            key_items=_key_items(session, key, today),
            key_total=_count(session, select(Item.id).where(key)),
            promises=_promises(session, falling, today),
            promises_total=_count(session, select(Commitment.id).join(Item).where(falling)),
            month_ends=month_ends,
        )


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _silent(session: Session, condition: ColumnElement[bool]) -> Sequence[str]:
    wanted = select(Work.task_id).join(Item, Item.id == Work.item_id).where(condition)
    return session.scalars(wanted.order_by(Work.due.is_(None), Work.due, Work.opened_at).limit(SHOWN)).all()


def _count(session: Session, wanted: Any) -> int:
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def _key_items(session: Session, condition: ColumnElement[bool], today: Today) -> list[KeyItem]:
    overdue = (
        select(Work.item_id, func.count().label("tasks"))
        .where(IS_OPEN, Work.confidential == "", is_late(today.now))
        .group_by(Work.item_id)
        .subquery()
    )
    late = func.coalesce(overdue.c.tasks, 0)
    found: dict[int, int] = dict(
        session.execute(
            select(Item.id, late)
            .outerjoin(overdue, overdue.c.item_id == Item.id)
            .where(condition)
            .order_by(late.desc(), Item.number)
            .limit(SHOWN)
        ).all()
    )
    read = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(found)))}
    items = [read[item_id] for item_id in found]
    ids = [item.id for item in items]
    units = units_of(session, items)
    reminders = _by_item(session, Reminder.item_id.expression, func.count(), ids)
    slips = _by_item(session, SlipItem.item_id.expression, func.count(), ids)
    inspected = _by_item(session, Inspection.item_id.expression, func.max(Inspection.on), ids)
    return [
        KeyItem(
            item_id=item.id,
            kind=item.kind,
            number=item.number or "",
            title=item.title,
            note=item.key_note,
            unit=units.get(item.id, ("", []))[0],
            state=item.state,
            overdue=found[item.id],
            reminders=reminders.get(item.id, 0),
            slips=slips.get(item.id, 0),
            inspected=inspected.get(item.id),
        )
        for item in items
    ]


def _by_item(
    session: Session, item: ColumnElement[Any], value: ColumnElement[Any], ids: Sequence[int]
) -> dict[int, Any]:
    return dict(session.execute(select(item, value).where(item.in_(ids)).group_by(item)).all())


def _promises(session: Session, condition: ColumnElement[bool], today: Today) -> list[Promise]:
    found = session.execute(
        select(Commitment, Item)
        .join(Item, Item.id == Commitment.item_id)
        .where(condition)
        .options(joinedload(Commitment.unit))
        .order_by(Commitment.due, Commitment.id)
        .limit(SHOWN)
    ).all()
    return [
        Promise(
            item_id=item.id,
            kind=item.kind,
            number=item.number or "",
            title=item.title,
            unit=row.unit.short_name,
            promise=row.promise or row.measure,
            due=describe(today.reference, day_end(today.reference, row.due), (), "commitment", today.now),
        )
        for row, item in found
    ]
