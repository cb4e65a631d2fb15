"""The lists: what is mine, what I may claim, what waits for others, what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from tasks.cases.filtering import found_by
from tasks.countersigning.queries import asked_of_me, count_asked
from tasks.database import table_of
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units
from tasks.forms.views import Option
from tasks.handling.models import Assignment
from tasks.register.models import Item
from tasks.search.queries import is_common
from tasks.supervision.lights import in_light, late
from tasks.worklist.models import Work, WorkGroup
from tasks.worklist.rows import Today, task_rows
from tasks.worklist.sorting import order_of, step_shown, usual_order
from tasks.worklist.tabs import count_to, in_order, in_view
from tasks.worklist.views import COUNTED, Choices, TaskRow, WorklistFilters, WorklistPage, WorklistView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

__all__ = [
    "begins_with", "choices", "counts", "in_view", "next_in_case", "next_of_mine", "on_my_desk", "worklist",
    "worklist_rows",
]  # fmt: skip

PAGE_SIZE = 50
_MOST_IN_WORKBOOK = 2_000
_NEWEST = 500
RECENT = 5_000
"""Of what somebody has done, so many of the newest are filtered and put in another order; all are listed."""


def worklist(
    banli: Banli,
    actor: Actor,
    view: WorklistView,
    filters: WorklistFilters | None = None,
    page: int = 1,
    offered: Choices | None = None,
) -> WorklistPage:
    """One page of one tab, what hurts first, or in the order that the filters ask for.

    `offered`: what the filters of this tab offer, if that was looked up already.
    """
    wanted = filters or WorklistFilters()
    today = Today.of(banli)
    with banli.reading(weighed=True) as session:
        offered = offered or _choices(session, actor, view)
        count = offered.count
        counts = _counts(session, actor, view, count)
        if wanted.narrows:
            ids, total = _found(session, actor, view, wanted, today, page)
        else:
            ids = list(session.scalars(_chosen(session, actor, view, wanted, today, PAGE_SIZE, page)))
            total = count
        return WorklistPage(
            view=view,
            rows=task_rows(banli, session, actor, in_order(session, ids)),
            total=total,
            page=page,
            pages=max(1, -(-total // PAGE_SIZE)),
            counts=counts,
            countersignatures=asked_of_me(session, actor)
            if view is WorklistView.MINE and page == 1 and wanted == WorklistFilters()
            else [],
            steps=offered.steps,
            units=offered.units,
        )


def choices(banli: Banli, actor: Actor, view: WorklistView) -> Choices:
    """What the filters of a tab offer."""
    with banli.reading(weighed=True) as session:
        return _choices(session, actor, view)


def worklist_rows(banli: Banli, actor: Actor, view: WorklistView, filters: WorklistFilters) -> list[TaskRow]:
    """All rows that these filters find, in their order, for a workbook."""
    today = Today.of(banli)
    with banli.reading() as session:
        ids = session.scalars(_chosen(session, actor, view, filters, today, _MOST_IN_WORKBOOK)).all()
        return task_rows(banli, session, actor, in_order(session, ids))


def counts(banli: Banli, actor: Actor) -> Mapping[WorklistView, int]:
    """How many lines each tab has; of all but my own no more than one beyond `tasks.worklist.views.MANY` are."""
    with banli.reading() as session:
        return _counts(session, actor)


def on_my_desk(banli: Banli, actor: Actor) -> tuple[int, int]:
    """How many lines the list has with which I begin, and how many of its tasks are past their date."""
    with banli.reading() as session:
        mine = select(func.count(), func.sum(case((late(banli.now()), 1), else_=0)))
        asked = count_asked(session, actor)
        count, overdue = session.execute(mine.where(in_view(actor, WorklistView.MINE))).one()
        if not count + asked:
            count, overdue = session.execute(mine.where(in_view(actor, WorklistView.CLAIMABLE))).one()
        return count + asked, int(overdue or 0)


def begins_with(banli: Banli, actor: Actor) -> WorklistView:
    """The tab that opens by itself: mine, or while nothing is mine, what my unit may claim."""
    with banli.reading() as session:
        mine = count_to(session, in_view(actor, WorklistView.MINE), 0) or count_asked(session, actor)
        waits = mine or not count_to(session, in_view(actor, WorklistView.CLAIMABLE), 0)
        return WorklistView.MINE if waits else WorklistView.CLAIMABLE


_work, _groups = table_of(Work).c, table_of(WorkGroup).c
_OPEN_TASKS = (
    select(_work.task_id)
    .where(_work.state == "open")
    .order_by(_work.due.is_(None), _work.due, _work.opened_at)
    .limit(1)
)
_OF_MINE = _OPEN_TASKS.where(_work.assignee == bindparam("account"))
_IN_CASE = _OPEN_TASKS.where(
    _work.root_id == bindparam("root_id"),
    or_(
        _work.assignee == bindparam("account"),
        and_(
            _work.assignee.is_(None),
            _work.task_id.in_(select(_groups.task_id).where(_groups.name.in_(bindparam("groups", expanding=True)))),
        ),
    ),
)


def next_in_case(session: Session, actor: Actor, root_id: str) -> str | None:
    """The task of this case that the actor can do now: what she has, or may claim."""
    found: str | None = session.scalar(
        _IN_CASE, {"account": actor.account, "groups": sorted(actor.groups), "root_id": root_id}
    )
    return found


def next_of_mine(session: Session, actor: Actor) -> str | None:
    """The first task of the actor's own list."""
    found: str | None = session.scalar(_OF_MINE, {"account": actor.account})
    return found


def _choices(session: Session, actor: Actor, view: WorklistView) -> Choices:
    """What the filters offer, and how many lines the tab has.

    Of what is done the steps are those of the newest, and no more than one line beyond `COUNTED` is counted.
    """
    mine = in_view(actor, view)
    if view is WorklistView.DONE:
        count = count_to(session, mine, COUNTED)
        newest = select(Work.task_id).where(mine).order_by(Work.finished_at.desc()).limit(_NEWEST)
        mine = Work.task_id.in_(newest)
    groups = session.execute(
        select(Work.element_id, Work.confidential, func.count(), func.min(Work.task_id))
        .where(mine)
        .group_by(Work.element_id, Work.confidential)
    ).all()
    if view is not WorklistView.DONE:
        count = sum(number for _, _, number, _ in groups)
    shown = {first for _, confidential, _, first in groups if not confidential}
    names = session.execute(
        select(Work.element_id, Work.step_name).where(Work.task_id.in_(shown)).order_by(Work.element_id)
    )
    units = [Option(unit.code, unit.short_name) for unit in handling_units(session)]
    return Choices([Option(element, name) for element, name in names], units, count)


def _counts(
    session: Session, actor: Actor, known: WorklistView | None = None, count: int = 0
) -> dict[WorklistView, int]:
    found: dict[WorklistView, int] = {
        view: count if view is known else count_to(session, in_view(actor, view))
        for view in WorklistView
        if view is not WorklistView.MINE
    }
    mine = select(func.count()).where(in_view(actor, WorklistView.MINE))
    return {WorklistView.MINE: (session.scalar(mine) or 0) + count_asked(session, actor), **found}


def _found(
    session: Session, actor: Actor, view: WorklistView, wanted: WorklistFilters, today: Today, page: int
) -> tuple[list[str], int]:
    """One page of what the filters find, and how many there are: both from one look."""
    chosen = _chosen(session, actor, view, wanted, today, PAGE_SIZE, page).add_columns(func.count().over())
    found = session.execute(chosen).all()
    if found or page == 1:
        return [task_id for task_id, _ in found], found[0][1] if found else 0
    return [], _found(session, actor, view, wanted, today, 1)[1]  # beyond the last page nothing tells how many


def _chosen(
    session: Session,
    actor: Actor,
    view: WorklistView,
    wanted: WorklistFilters,
    today: Today,
    limit: int,
    page: int = 1,
) -> Select[Any]:
    """The ids of one page: found and put in order by the index, so that only these rows are read."""
    finished = view is WorklistView.DONE
    if finished and (wanted.narrows or wanted.sort):
        work = _newest(actor)
        chosen = select(work.task_id)
    else:
        work = Work
        chosen = select(work.task_id).where(in_view(actor, view))
    chosen = chosen.where(*_filtered(session, actor, wanted, work, finished=finished))
    if wanted.concerns_items:
        chosen = chosen.outerjoin(Item, Item.id == work.item_id)
    if wanted.light:
        chosen = chosen.where(_in_light(actor, wanted.light, today, work, finished=finished))
    order = order_of(actor, wanted.sort, work, finished=finished)
    return chosen.order_by(*order).limit(limit).offset((page - 1) * PAGE_SIZE)


def _newest(actor: Actor) -> type[Work]:
    """The newest of what the actor has done, as a table to choose from."""
    done = select(*table_of(Work).c).where(in_view(actor, WorklistView.DONE))
    return aliased(Work, done.order_by(*usual_order(actor, finished=True)).limit(RECENT).subquery())


def _in_light(
    actor: Actor, light: str, today: Today, work: type[Work], *, finished: bool
) -> ColumnElement[bool]:
    """As the row shows its date (`rows.due_of`): of what is done, whether it was in time."""
    if light not in set(Light):
        return false()
    shown = step_shown(actor, work, finished=finished)
    if not finished:
        return and_(shown, in_light(today.reference, today.now, Light(light)))
    in_time = or_(work.finished_at <= work.due, work.suspended_at.is_not(None))
    late = and_(work.finished_at > work.due, work.suspended_at.is_(None))
    kept = {Light.NORMAL: in_time, Light.OVERDUE: late}
    return and_(shown, kept.get(Light(light), false()))


def _filtered(
    session: Session, actor: Actor, filters: WorklistFilters, work: type[Work], *, finished: bool
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in filters.text.split():
        common = is_common(session, word)
        found = found_by(actor, word, each=common)
        # The list of what is found is made once, before the items are looked up.
        shown = found if common else work.item_id.in_(select(Item.id).where(found))
        named = and_(work.item_id.is_(None), work.subject.icontains(word, autoescape=True))
        conditions.append(or_(shown, named))
    if filters.step:
        # Asking for a hidden step by its name must find nothing, not even that it is there.
        conditions += [work.element_id == filters.step, step_shown(actor, work, finished=finished)]
    if filters.kind:
        conditions.append(or_(Item.kind == filters.kind, work.subject_kind == filters.kind))
    if filters.key_only:
        conditions.append(Item.key.is_(True))
    if filters.unit:
        conditions.append(
            exists().where(
                Assignment.item_id == Item.id,
                Assignment.current,
                Assignment.role.not_in(("co", "joint")),
                Assignment.unit_id == select(Unit.id).where(Unit.code == filters.unit).scalar_subquery(),
            )
        )
    return conditions
