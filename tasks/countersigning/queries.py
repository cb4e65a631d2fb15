"""Requests as rows: what I am asked, what was answered beside a form, the page of one request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tasks.cases.headers import item_header, with_people
from tasks.countersigning.answering import request_of
from tasks.countersigning.asking import may_withdraw
from tasks.countersigning.models import Countersignature
from tasks.countersigning.views import CountersignPage, CountersignRow, CountersignState
from tasks.directory.queries import names_of
from tasks.forms.views import Form
from tasks.register.models import Item
from tasks.worklist.contexts import task_context
from tasks.worklist.models import TaskDraft, Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli


def asked_of_me(session: Session, actor: Actor) -> list[CountersignRow]:
    """Open requests to this person, the oldest first."""
    found = session.scalars(
        select(Countersignature)
        .where(Countersignature.asked == actor.account, Countersignature.closed_at.is_(None))
        .order_by(Countersignature.asked_at, Countersignature.id)
    ).all()
    return _rows(session, actor, found)


def count_asked(session: Session, actor: Actor) -> int:
    """How many open requests wait for this person."""
    open_ones = select(func.count()).where(
        Countersignature.asked == actor.account, Countersignature.closed_at.is_(None)
    )
    return session.scalar(open_ones) or 0


def of_task(session: Session, actor: Actor, task_id: str) -> list[CountersignRow]:
    """What was asked about a task, and what came back, for whoever reads its page."""
    found = session.scalars(
        select(Countersignature)
        .where(Countersignature.task_id == task_id)
        .order_by(Countersignature.asked_at, Countersignature.id)
    ).all()
    return _rows(session, actor, found)


def countersignature(banli: Banli, actor: Actor, request_id: int) -> CountersignPage:
    """The page of one request, for the colleague who was asked.

    Raises:
        NotFound: there is no such request, or somebody else was asked.
    """
    with banli.reading() as session:
        request = request_of(session, actor, request_id)
        work = session.get_one(Work, request.task_id)
        still_open = request.closed_at is None
        item = with_people(session, session.get_one(Item, work.item_id)) if work.item_id is not None else None
        return CountersignPage(
            row=_rows(session, actor, [request])[0],
            item=item_header(banli, session, actor, item) if item is not None else None,
            context=task_context(session, actor, work, item) if still_open and item is not None else None,
            form=banli.forms.of_task(work.task_id) if still_open else Form("", "", ()),
            typed=_typed(session, request, work) if still_open else {},
            can_answer=still_open,
        )


def _typed(session: Session, request: Countersignature, work: Work) -> Mapping[str, Any]:
    """What the holder has typed so far: of who has the task now, or of who asked."""
    for account in dict.fromkeys((work.assignee or request.asked_by, request.asked_by)):
        draft = session.get(TaskDraft, (work.task_id, account))
        if draft is not None and not draft.lost:
            return draft.content
    return {}


def _rows(session: Session, actor: Actor, requests: Sequence[Countersignature]) -> list[CountersignRow]:
    works = {
        work.task_id: work
        for work in session.scalars(select(Work).where(Work.task_id.in_({one.task_id for one in requests})))
    }
    items = {
        item.id: item
        for item in session.scalars(select(Item).where(Item.id.in_({work.item_id for work in works.values()})))
    }
    names = names_of(session, [account for one in requests for account in (one.asked, one.asked_by)])
    return [_row(actor, one, works[one.task_id], items.get(works[one.task_id].item_id or 0), names) for one in requests]


def _row(
    actor: Actor, request: Countersignature, work: Work, item: Item | None, names: dict[str, tuple[str, str]]
) -> CountersignRow:
    asked, unit = names.get(request.asked, (request.asked, ""))
    asker, asker_unit = names.get(request.asked_by, (request.asked_by, ""))
    state = _state(request)
    return CountersignRow(
        request_id=request.id,
        task_id=work.task_id,
        item_id=work.item_id,
        kind=item.kind if item is not None else work.subject_kind,
        number=(item.number or "") if item is not None else "",
        title=item.title if item is not None else work.subject or work.step_name,
        step_name=work.step_name,
        asked_name=asked,
        asked_unit=unit,
        asked_by_name=asker,
        asked_by_unit=asker_unit,
        question=request.question,
        required=request.required,
        asked_at=request.asked_at,
        state=state,
        answer=request.answer,
        closed_at=request.closed_at,
        can_withdraw=state is CountersignState.OPEN and may_withdraw(request, work, actor),
    )


def _state(request: Countersignature) -> CountersignState:
    if request.verdict:
        return CountersignState(request.verdict)
    if request.closed_at is None:
        return CountersignState.OPEN
    return CountersignState.WITHDRAWN if request.closed_by else CountersignState.LAPSED
