"""The workbench: counts, what hurts first, what waits for others, where the year stands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, case, func, select

from engine.message import Message, say
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable
from tasks.cases.views import HomePage, ItemState, YearMark
from tasks.deadlines.models import CalendarYear
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.supervision.lights import late as is_late
from tasks.worklist.models import IS_OPEN, RUNNING, Work
from tasks.worklist.rows import task_rows
from tasks.worklist.tabs import count_to, first_of, in_view
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

_FIRST = 8
_WAITING = 5
_ANSWERED = frozenset({ItemState.REPLIED, ItemState.CLOSED})


def home(banli: Banli, actor: Actor) -> HomePage:
    """The first page after sign-in."""
    mine, claimable = in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE)
    waiting = in_view(actor, WorklistView.WAITING)
    with banli.reading() as session:
        total = count_to(session, mine)
        scope = WorklistView.MINE if total else WorklistView.CLAIMABLE
        overdue, due_today = _pressing(session, in_view(actor, scope), banli)
        return HomePage(
            scope=scope,
            mine=total,
            overdue=overdue,
            due_today=due_today,
            claimable=count_to(session, claimable),
            waiting=count_to(session, waiting),
            first=task_rows(banli, session, actor, first_of(session, in_view(actor, scope), _FIRST)),
            waiting_rows=task_rows(banli, session, actor, first_of(session, waiting, _WAITING)),
            year=_year(banli, session, actor),
            notices=_notices(session, banli.today()),
        )


def _pressing(session: Session, tab: ColumnElement[bool], banli: Banli) -> tuple[int, int]:
    """How many tasks of this tab are late, and how many are due before midnight."""
    now, ends = banli.now(), dt.datetime.combine(banli.today(), dt.time.max, BEIJING)
    late = func.sum(case((is_late(now), 1), else_=0))
    soon = func.sum(case((and_(Work.due.between(now, ends), RUNNING), 1), else_=0))
    overdue, due_today = session.execute(select(late, soon).where(tab)).one()
    return int(overdue or 0), int(due_today or 0)


def _year(banli: Banli, session: Session, actor: Actor) -> list[YearMark]:
    """This year's assignments by their day, how many are answered today, and the days by which replies are due."""
    today = banli.today()
    # Many items begin at one and the same instant: there are far fewer instants than items.
    groups = (Item.assigned_at, Item.state)
    by_day: dict[dt.date, int] = {}
    total = answered = 0
    for assigned, state, count in session.execute(
        select(*groups, func.count()).where(readable(actor), Item.year == today.year).group_by(*groups)
    ):
        total += count
        answered += count if state in _ANSWERED else 0
        if assigned is not None:
            day = assigned.astimezone(BEIJING).date()
            by_day[day] = by_day.get(day, 0) + count
    busiest = sorted(sorted(by_day, key=lambda day: -by_day[day])[:3])
    marks = [YearMark(day, say("Items assigned: {n}", n=by_day[day]), past=True) for day in busiest]
    marks.append(YearMark(None, say("{n} of {total} answered", n=answered, total=total), past=False))
    marks += [YearMark(day, say("Replies due: {n}", n=n), past=False) for day, n in _due_days(session, actor, today)]
    return marks


def _due_days(session: Session, actor: Actor, today: dt.date) -> list[tuple[dt.date, int]]:
    begins = dt.datetime.combine(today, dt.time.min, BEIJING)
    wanted = select(Work.due, func.count()).where(IS_OPEN, Work.light.in_(["reply", "rehandling"]), Work.due >= begins)
    if Permission.AREA_ITEM_READ not in actor.permissions:
        wanted = wanted.join(Item, Item.id == Work.item_id).where(readable(actor))
    counted: dict[dt.date, int] = {}
    for due, count in session.execute(wanted.group_by(Work.due).order_by(Work.due)):
        day = due.astimezone(BEIJING).date()  # type: ignore[union-attr]
        counted[day] = counted.get(day, 0) + count
    return list(counted.items())[:3]


def _notices(session: Session, today: dt.date) -> list[Message]:
    """What everybody should know today: a year whose holidays are not published makes dates provisional."""
    unpublished = session.scalar(
        select(CalendarYear.year)
        .where(~CalendarYear.published, CalendarYear.year <= today.year + 1)
        .order_by(CalendarYear.year)
        .limit(1)
    )
    if unpublished is None:
        return []
    return [
        say("The holidays of {year} are not published yet; dates that reach into it are provisional.", year=unpublished)
    ]
