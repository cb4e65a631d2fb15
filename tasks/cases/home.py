"""The workbench: counts, what hurts first, what waits for others, where the year stands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, select

from engine.message import Message, say
from tasks.cases.access import readable
from tasks.cases.views import HomePage, ItemState, YearMark
from tasks.deadlines.models import CalendarYear
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.models import Work
from tasks.worklist.queries import in_view
from tasks.worklist.rows import task_rows
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.worklist.views import TaskRow

_FIRST = 8
_WAITING = 5
_ANSWERED = frozenset({ItemState.REPLIED, ItemState.CLOSED})


def home(banli: Banli, actor: Actor) -> HomePage:
    """The first page after sign-in."""
    mine, claimable = in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE)
    waiting = in_view(actor, WorklistView.WAITING)
    now = banli.now()
    today_ends = dt.datetime.combine(banli.today(), dt.time.max, BEIJING)
    with banli.reading() as session:
        return HomePage(
            mine=_count(session, mine),
            overdue=_count(session, mine, Work.due < now),
            due_today=_count(session, mine, Work.due >= now, Work.due <= today_ends),
            claimable=_count(session, claimable),
            waiting=_count(session, waiting),
            first=_rows(banli, session, actor, mine, _FIRST) or _rows(banli, session, actor, claimable, _FIRST),
            waiting_rows=_rows(banli, session, actor, waiting, _WAITING),
            year=_year(banli, session, actor),
            notices=_notices(session, banli.today()),
        )


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Work).where(*conditions)) or 0


def _rows(banli: Banli, session: Session, actor: Actor, condition: ColumnElement[bool], most: int) -> list[TaskRow]:
    works = session.scalars(
        select(Work).where(condition).order_by(Work.due.is_(None), Work.due, Work.opened_at).limit(most)
    ).all()
    return task_rows(banli, session, actor, works)


def _year(banli: Banli, session: Session, actor: Actor) -> list[YearMark]:
    """Assignments by their day, how many are answered today, and the days by which replies are due."""
    today = banli.today()
    # Many items begin at one and the same instant: there are far fewer instants than items.
    groups = (Item.assigned_at, Item.state)
    by_day: dict[dt.date, int] = {}
    total = answered = 0
    for assigned, state, count in session.execute(
        select(*groups, func.count()).where(readable(actor)).group_by(*groups)
    ):
        total += count
        answered += count if state in _ANSWERED else 0
        if assigned is not None:
            day = assigned.astimezone(BEIJING).date()
            by_day[day] = by_day.get(day, 0) + count
    busiest = sorted(sorted(by_day, key=lambda day: -by_day[day])[:3])
    marks = [YearMark(day, say("{n} items assigned", n=by_day[day]), past=True) for day in busiest]
    marks.append(YearMark(None, say("{n} of {total} answered", n=answered, total=total), past=False))
    marks += [YearMark(day, say("{n} replies are due", n=n), past=False) for day, n in _due_days(session, actor, today)]
    return marks


def _due_days(session: Session, actor: Actor, today: dt.date) -> list[tuple[dt.date, int]]:
    rows = session.scalars(
        select(Work.due)
        .join(Item)
        .where(readable(actor), Work.state == "open", Work.light.in_(["reply", "rehandling"]), Work.due.is_not(None))
        .order_by(Work.due)
    )
    counted: dict[dt.date, int] = {}
    for due in rows:
        if due is not None and (day := due.astimezone(BEIJING).date()) >= today:
            counted[day] = counted.get(day, 0) + 1
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
