"""Do the rows of casework agree with the engine's? What `banli doctor` and the tests ask (promises 1 and 6)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.message import Message, say
from engine.tables import instance, user_task
from tasks.cases.views import ItemState
from tasks.handling.models import Closing, Reply, Review
from tasks.register.models import Item
from tasks.search.index import stale
from tasks.worklist.models import CaseHand, Work, WorkGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli

_GRACE = dt.timedelta(minutes=2)
"""A submission may be between its rows and its case; the worker's sweep closes that gap."""


def find_faults(banli: Banli) -> list[Message]:
    """Everything in which the domain's rows contradict each other or the engine; empty when all is well."""
    with banli.reading() as session:
        return [
            *_worklist(session),
            *_groups(session),
            *_hands(session),
            *_cases_without_process(session, banli.now()),
            *_returns(session),
            *_issued(session),
            *_closed(session),
            *_search(session),
        ]


def _worklist(session: Session) -> Iterator[Message]:
    """The projection lists exactly the engine's open tasks, with the same owner and date."""
    columns = user_task.c
    engine_rows = {
        row.id: row.assignee
        for row in session.execute(select(columns.id, columns.assignee).where(columns.state == "open"))
    }
    listed = dict(session.execute(select(Work.task_id, Work.assignee).where(Work.state == "open")).all())
    for task_id in engine_rows.keys() - listed.keys():
        yield say("The open task {task} is in no list.", task=task_id)
    for task_id in listed.keys() - engine_rows.keys():
        yield say("The list shows the task {task}, which is not open.", task=task_id)
    for task_id in listed.keys() & engine_rows.keys():
        if listed[task_id] != engine_rows[task_id]:
            yield say("The list gives the task {task} to another person than the engine.", task=task_id)


def _search(session: Session) -> Iterator[Message]:
    """The index says of each item what its texts say."""
    for item_id in stale(session.connection()):
        yield say("The search index is not up to date for item {item}. “banli reindex” makes it anew.", item=item_id)


def _groups(session: Session) -> Iterator[Message]:
    """Only open tasks are offered to groups."""
    stale = select(WorkGroup.task_id).join(Work, Work.task_id == WorkGroup.task_id).where(Work.state != "open")
    for task_id in session.scalars(stale.distinct()):
        yield say("The task {task} is over and still offered to a group.", task=task_id)


def _hands(session: Session) -> Iterator[Message]:
    """Of the cases that run it is kept who has finished a task of them, and of no others."""
    running = select(instance.c.id).where(instance.c.state == "active")
    acted = select(Work.finished_by, Work.root_id).where(
        Work.finished_by.is_not(None), Work.state.in_(("completed", "withdrawn")), Work.root_id.in_(running)
    )
    kept = session.execute(select(CaseHand.account, CaseHand.root_id)).all()
    for account, root_id in {*map(tuple, kept)} ^ {*map(tuple, session.execute(acted.distinct()))}:
        yield say("Whether {who} had a part in the case {case} is recorded wrongly.", who=account, case=root_id)


def _cases_without_process(session: Session, now: dt.datetime) -> Iterator[Message]:
    waiting = select(Item.id).where(Item.instance_id.is_(None), Item.submitted_at < now - _GRACE)
    for item_id in session.scalars(waiting):
        yield say("The item {item} has no running case.", item=item_id)


def _returns(session: Session) -> Iterator[Message]:
    """Returns are counted once each: an item's counter equals its returning reviews."""
    counted = dict(
        session.execute(
            select(Reply.item_id, func.count())
            .join(Review, Review.reply_id == Reply.id)
            .where(Review.verdict == "return")
            .group_by(Reply.item_id)
        ).all()
    )
    for item_id, returns in session.execute(select(Item.id, Item.returns)):
        if returns != counted.get(item_id, 0):
            yield say("The item {item} counts {n} returns; its reviews are otherwise.", item=item_id, n=returns)


def _issued(session: Session) -> Iterator[Message]:
    """A reply is issued exactly when the step that issues it was completed, once for each round."""
    issued = dict(
        session.execute(
            select(Reply.item_id, func.count()).where(Reply.state == "issued").group_by(Reply.item_id)
        ).all()
    )
    steps = select(Work.item_id).where(Work.state == "completed", Work.recorder == "issue")
    completed = Counter(item_id for item_id in session.scalars(steps) if item_id is not None)
    for item_id in {*issued, *completed}:
        if issued.get(item_id, 0) != completed[item_id]:
            yield say("The item {item} has issued replies and completed steps that do not match.", item=item_id)


def _closed(session: Session) -> Iterator[Message]:
    agreed = (Closing.check == "agree", Closing.verdict.in_(("close", "track")))
    closings = set(session.scalars(select(Closing.item_id).where(*agreed)))
    over = (ItemState.CLOSED, ItemState.TRACKING)
    closed = set(session.scalars(select(Item.id).where(Item.state.in_(over))))
    for item_id in closings ^ closed:
        yield say("The item {item} is closed in one place and not in another.", item=item_id)
