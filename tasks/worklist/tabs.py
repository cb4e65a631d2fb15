"""What makes each tab of the worklist: conditions on `Work`.

A tab is found in the index of open tasks, which has every column that these conditions ask for.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true, union_all

from tasks.cases.access import guesses, reads_ratings
from tasks.database import Walked
from tasks.directory.models import Unit
from tasks.worklist.access import RATED_BY_HERSELF, RECORDABLE, open_to_substitutes, served
from tasks.worklist.models import IS_OPEN, CaseHand, Work, WorkGroup
from tasks.worklist.views import MANY, WorklistView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor


def in_view(actor: Actor, view: WorklistView) -> ColumnElement[bool]:
    """The condition on `Work` that makes a tab."""
    mine = and_(IS_OPEN, Work.assignee == actor.account)
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
    offered = and_(IS_OPEN, Work.assignee.is_(None), in_my_groups)
    # A rating is nobody's to claim: without an account of the proposer it comes on paper.
    claimable = and_(offered, Work.recorder != RATED_BY_HERSELF)
    if view is WorklistView.ON_PAPER:
        not_mine = or_(Work.assignee.is_(None), Work.assignee != actor.account)
        verdicts = and_(_verdicts_of_my_leaders(actor), ~claimable, not_mine)
        if not reads_ratings(actor):
            return verdicts
        # Open said once for both: of two conditions side by side the index of open tasks would not be found.
        return and_(IS_OPEN, or_(verdicts, and_(offered, Work.recorder == RATED_BY_HERSELF)))
    if view is WorklistView.DELEGATED:
        return and_(_of_absent_colleagues(actor), ~claimable)
    if view is WorklistView.CLAIMABLE:
        return claimable
    return and_(
        IS_OPEN,
        # Walked: open tasks are looked through once; a hub has a hand in nearly all of them.
        Walked(Work.root_id).in_(select(CaseHand.root_id).where(CaseHand.account == actor.account)),
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
        IS_OPEN,
        Work.unit_code.is_not(None),
        Work.confidential.in_(sorted(open_to_substitutes(actor))),
        Work.recorder != RATED_BY_HERSELF,
        or_(Work.assignee.in_(accounts), and_(Work.assignee.is_(None), offered)),
    )


def _verdicts_of_my_leaders(actor: Actor) -> ColumnElement[bool]:
    """What `tasks.worklist.access.may_record` decides on one task, as a condition on all."""
    mine = sorted(served(actor))
    if not mine:
        return false()
    # One list of names, so that the index over them answers; conditions joined by OR would be tried on every row.
    names = union_all(*(
        select(Unit.code + group.removeprefix("*")) if group.startswith("*") else select(literal(group))
        for group in mine
    ))
    return and_(
        IS_OPEN,
        Work.confidential == "",
        Work.recorder.in_(sorted(RECORDABLE)),
        # Only open tasks have such rows, and they are few: begin with them, not with all that was ever done.
        Work.task_id.in_(select(WorkGroup.task_id).where(WorkGroup.name.in_(names))),
    )


def first_of(
    session: Session, condition: ColumnElement[bool], most: int | None = None, after: int = 0
) -> list[Work]:
    """The tasks that hurt first; found and put in order by the index, so that only these rows are read."""
    return in_order(session, first_ids(session, condition, most, after))


def first_ids(
    session: Session, condition: ColumnElement[bool], most: int | None = None, after: int = 0
) -> Sequence[str]:
    """The same by their ids: for lists of one page that are then read together."""
    order = (Work.due.is_(None), Work.due, Work.opened_at)
    return session.scalars(select(Work.task_id).where(condition).order_by(*order).limit(most).offset(after)).all()


def in_order(session: Session, ids: Sequence[str]) -> list[Work]:
    """These tasks, read whole."""
    works = {work.task_id: work for work in session.scalars(select(Work).where(Work.task_id.in_(ids)))}
    return [works[one] for one in ids]


def count_to(session: Session, condition: ColumnElement[bool], most: int = MANY) -> int:
    """How many tasks there are, counting no further than one beyond `most`."""
    some = select(Work.task_id).where(condition).limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def count_by_step(session: Session, condition: ColumnElement[bool]) -> Counter[str]:
    """How many tasks stand at each step."""
    rows = session.execute(select(Work.element_id, func.count()).where(condition).group_by(Work.element_id))
    return Counter(dict(rows.all()))
