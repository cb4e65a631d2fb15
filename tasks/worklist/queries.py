"""The lists: what is mine, what I may claim, what waits for others, what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select, true

from tasks.cases.access import guesses
from tasks.cases.filtering import found_by
from tasks.countersigning.queries import asked_of_me, count_asked
from tasks.database import table_of
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units
from tasks.forms.views import Option
from tasks.handling.models import Assignment
from tasks.register.models import Item
from tasks.search.queries import is_common
from tasks.worklist.access import RATED_BY_HERSELF, RECORDABLE, open_to_substitutes, served
from tasks.worklist.models import Work, WorkGroup
from tasks.worklist.rows import task_rows
from tasks.worklist.sorting import order_of, step_shown, usual_order
from tasks.worklist.views import TaskRow, WorklistFilters, WorklistPage, WorklistView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

PAGE_SIZE = 50
_MOST_AT_ONCE = 2_000
"""A light is computed from calendar and thresholds, not stored: filtering by it, and a workbook, read at most so many
rows."""


def worklist(
    banli: Banli,
    actor: Actor,
    view: WorklistView,
    filters: WorklistFilters | None = None,
    page: int = 1,
) -> WorklistPage:
    """One page of one tab, what hurts first, or in the order that the filters ask for."""
    wanted = filters or WorklistFilters()
    with banli.reading() as session:
        if wanted.light:
            rows = every_row(banli, session, actor, view, wanted)
            total = len(rows)
            rows = rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        elif wanted.text:
            works, total = _searched(session, actor, view, wanted, page)
            rows = task_rows(banli, session, actor, works)
        else:
            total = _how_many(session, actor, view, wanted)
            rows = _rows(banli, session, actor, view, wanted, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        return WorklistPage(
            view=view,
            rows=rows,
            total=total,
            page=page,
            pages=max(1, -(-total // PAGE_SIZE)),
            counts=_counts(session, actor),
            countersignatures=asked_of_me(session, actor)
            if view is WorklistView.MINE and page == 1 and wanted == WorklistFilters()
            else [],
            steps=_steps(session, actor, view),
            units=[Option(unit.code, unit.short_name) for unit in handling_units(session)],
        )


def _steps(session: Session, actor: Actor, view: WorklistView) -> list[Option]:
    """The steps that a filter offers: those of the tab; of what is done, those of the newest."""
    found = select(Work.element_id, Work.step_name).where(in_view(actor, view), Work.confidential == "")
    if view is WorklistView.DONE:
        found = found.order_by(Work.finished_at.desc()).limit(_MOST_AT_ONCE)
    newest = found.subquery()
    rows = session.execute(select(newest.c.element_id, newest.c.step_name).distinct().order_by(newest.c.element_id))
    return [Option(element, name) for element, name in rows]


def worklist_rows(banli: Banli, actor: Actor, view: WorklistView, filters: WorklistFilters) -> list[TaskRow]:
    """All rows that these filters find, in their order, for a workbook."""
    with banli.reading() as session:
        return every_row(banli, session, actor, view, filters)


def every_row(
    banli: Banli, session: Session, actor: Actor, view: WorklistView, wanted: WorklistFilters
) -> list[TaskRow]:
    """The rows of all pages; a light is compared here, since no table holds it."""
    rows = _rows(banli, session, actor, view, wanted, limit=_MOST_AT_ONCE, offset=0)
    if not wanted.light:
        return rows
    return [row for row in rows if row.due is not None and row.due.light == wanted.light]


def counts(banli: Banli, actor: Actor) -> Mapping[WorklistView, int]:
    """How many lines each tab has."""
    with banli.reading() as session:
        return _counts(session, actor)


def overdue(banli: Banli, actor: Actor) -> int:
    """How many of my own tasks are past their date."""
    with banli.reading() as session:
        late = select(func.count()).select_from(Work).where(in_view(actor, WorklistView.MINE), Work.due < banli.now())
        return session.scalar(late) or 0


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


def in_view(actor: Actor, view: WorklistView) -> ColumnElement[bool]:
    """The condition on `Work` that makes a tab."""
    mine = and_(Work.state == "open", Work.assignee == actor.account)
    if view is WorklistView.MINE:
        return mine
    if view is WorklistView.DONE:
        return and_(Work.finished_by == actor.account, Work.state == "completed")
    # Tasks are few for each group: the group's index finds them, and their rows go when the task ends.
    in_my_groups = (
        Work.task_id.in_(select(WorkGroup.task_id).where(WorkGroup.name.in_(sorted(actor.groups))))
        if actor.groups
        else false()
    )
    claimable = and_(Work.state == "open", Work.assignee.is_(None), in_my_groups)
    if view is WorklistView.ON_PAPER:
        not_mine = or_(Work.assignee.is_(None), Work.assignee != actor.account)
        return and_(_verdicts_of_my_leaders(actor), ~claimable, not_mine)
    if view is WorklistView.DELEGATED:
        return and_(_of_absent_colleagues(actor), ~claimable)
    if view is WorklistView.CLAIMABLE:
        return claimable
    acted = select(Work.root_id).where(Work.finished_by == actor.account, Work.state == "completed")
    return and_(
        Work.state == "open",
        Work.root_id.in_(acted),
        or_(Work.assignee.is_(None), Work.assignee != actor.account),
        ~claimable,
        # Whether such a step is open at all would let a unit guess how it was rated.
        Work.confidential == "" if guesses(actor) else true(),
    )


def _of_absent_colleagues(actor: Actor) -> ColumnElement[bool]:
    """What `tasks.worklist.access.stood_in_for` decides on one task, as a condition on all."""
    if not actor.stands_in:
        return false()
    accounts = [absent.account for absent in actor.stands_in]
    groups = sorted(frozenset().union(*(absent.groups for absent in actor.stands_in)))
    offered = Work.task_id.in_(select(WorkGroup.task_id).where(WorkGroup.name.in_(groups)))
    return and_(
        Work.state == "open",
        Work.unit_code.is_not(None),
        Work.confidential.in_(sorted(open_to_substitutes(actor))),
        func.coalesce(Work.texts["recorder"].as_string(), "") != RATED_BY_HERSELF,
        or_(Work.assignee.in_(accounts), and_(Work.assignee.is_(None), offered)),
    )


def _verdicts_of_my_leaders(actor: Actor) -> ColumnElement[bool]:
    """What `tasks.worklist.access.may_record` decides on one task, as a condition on all."""
    groups = [
        WorkGroup.name.like(f"%{group.removeprefix('*')}") if group.startswith("*") else WorkGroup.name == group
        for group in sorted(served(actor))
    ]
    if not groups:
        return false()
    return and_(
        Work.state == "open",
        Work.confidential == "",
        Work.texts["recorder"].as_string().in_(sorted(RECORDABLE)),
        # Only open tasks have such rows, and they are few: begin with them, not with all that was ever done.
        Work.task_id.in_(select(WorkGroup.task_id).where(or_(*groups))),
    )


def _filtered(session: Session, actor: Actor, filters: WorklistFilters) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    for word in filters.text.split():
        shown = found_by(actor, word, each=is_common(session, word))
        conditions.append(or_(shown, Work.subject.icontains(word, autoescape=True)))
    if filters.step:
        # Asking for a hidden step by its name must find nothing, not even that it is there.
        conditions += [Work.element_id == filters.step, step_shown(actor)]
    if filters.kind:
        conditions.append(or_(Item.kind == filters.kind, Work.subject_kind == filters.kind))
    if filters.key_only:
        conditions.append(Item.key.is_(True))
    if filters.unit:
        conditions.append(
            exists().where(
                Assignment.item_id == Item.id,
                Assignment.current,
                Assignment.role.not_in(("co", "joint")),
                Assignment.unit_id == Unit.id,
                Unit.code == filters.unit,
            )
        )
    return and_(*conditions)


def _how_many(session: Session, actor: Actor, view: WorklistView, filters: WorklistFilters) -> int:
    condition = and_(in_view(actor, view), _filtered(session, actor, filters))
    return session.scalar(select(func.count()).select_from(Work).outerjoin(Item).where(condition)) or 0


def _searched(
    session: Session, actor: Actor, view: WorklistView, filters: WorklistFilters, page: int
) -> tuple[list[Work], int]:
    """One page, and how many there are: asking the index about each task costs most, so it is asked once for both."""
    usual = usual_order(actor, finished=view is WorklistView.DONE)
    found = session.execute(
        select(Work.task_id, func.count().over().label("total"))
        .outerjoin(Item)
        .where(in_view(actor, view), _filtered(session, actor, filters))
        .order_by(*order_of(actor, filters.sort, usual))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    if not found:  # a page after the last one does not tell how many there are
        return [], _how_many(session, actor, view, filters) if page > 1 else 0
    ids = [row.task_id for row in found]
    works = {work.task_id: work for work in session.scalars(select(Work).where(Work.task_id.in_(ids)))}
    return [works[one] for one in ids], found[0].total


def _rows(
    banli: Banli,
    session: Session,
    actor: Actor,
    view: WorklistView,
    filters: WorklistFilters,
    *,
    limit: int,
    offset: int,
) -> list[TaskRow]:
    usual = usual_order(actor, finished=view is WorklistView.DONE)
    wanted = (
        select(Work)
        .outerjoin(Item)
        .where(in_view(actor, view), _filtered(session, actor, filters))
        .order_by(*order_of(actor, filters.sort, usual))
    )
    works = session.scalars(wanted.limit(limit).offset(offset)).all()
    return task_rows(banli, session, actor, works)


def _counts(session: Session, actor: Actor) -> dict[WorklistView, int]:
    found = {
        view: session.scalar(select(func.count()).select_from(Work).where(in_view(actor, view))) or 0
        for view in WorklistView
    }
    found[WorklistView.MINE] += count_asked(session, actor)
    return found
