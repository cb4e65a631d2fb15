"""What waits for a leader's signature: reviews of replies and the other verdicts, one card each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.deadlines.result_classes import result_names
from tasks.desks.signing_views import Card, ChainPlace, SigningPage, ToSign
from tasks.handling.replies import current_reply
from tasks.register.models import Item
from tasks.worklist.access import RECORDABLE, visible_work
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.pages import open_task
from tasks.worklist.rows import REVIEW, task_rows
from tasks.worklist.tabs import first_of, in_view
from tasks.worklist.views import TaskRow, WorklistView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.handling.models import Reply

SIGNERS = frozenset(
    {Role.GOV_LEADER, Role.MAYOR, Role.HUB_LEADER, Role.HUB_DEPUTY, Role.UNIT_HEAD, Role.UNIT_DEPUTY}
)
MOST = 25
"""So many cards are shown; the worklist has them all."""


def may_enter(actor: Actor) -> bool:
    """Whether this page is the actor's: she signs for somebody."""
    return bool(SIGNERS & actor.roles)


def signing(banli: Banli, actor: Actor) -> SigningPage:
    """All that waits for this leader's signature, what hurts first.

    Raises:
        NotAllowed: the page is for those who sign.
    """
    _refuse_others(actor)
    with banli.reading() as session:
        works = first_of(session, _to_sign(actor), MOST)
        rows = task_rows(banli, session, actor, works)
        items = session.scalars(select(Item).where(Item.id.in_([work.item_id for work in works if work.item_id])))
        found = {item.id: item for item in items}
        cards = [_card(banli, session, work, row, found) for work, row in zip(works, rows, strict=True)]
        total = _count(session, _to_sign(actor))
        return SigningPage(cards, total, _count(session, _mine(actor)) - total)


def waiting(banli: Banli, actor: Actor) -> int:
    """How many signatures are waited for."""
    with banli.reading() as session:
        return _count(session, _to_sign(actor))


def next_review(banli: Banli, actor: Actor, after: str = "") -> str | None:
    """The first review that waits, other than the one that was just done."""
    with banli.reading() as session:
        return session.scalar(
            select(Work.task_id)
            .where(_to_sign(actor), Work.recorder == REVIEW, Work.task_id != after)
            .order_by(Work.due.is_(None), Work.due, Work.opened_at)
            .limit(1)
        )


def to_sign(banli: Banli, actor: Actor, task_id: str) -> ToSign | None:
    """A reply to be passed or returned; None where the task is none, is over, or is somebody else's now.

    Raises:
        NotAllowed: the page is for those who sign.
        NotFound: there is no such task, or it does not concern this actor.
    """
    _refuse_others(actor)
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if work.state != "open" or work.recorder != REVIEW or work.item_id is None:
            return None
        variables = banli.engine.task_variables(task_id)
        chosen = current_reply(session, session.get_one(Item, work.item_id), variables).id
        waiting_tasks = list(
            session.scalars(
                select(Work.task_id)
                .where(_to_sign(actor), Work.recorder == REVIEW)
                .order_by(Work.due.is_(None), Work.due, Work.opened_at)
            )
        )
    page = open_task(banli, actor, task_id)
    versions = page.context.replies
    reply = next((one for one in versions if one.id == chosen), None)
    if reply is None:
        raise NotFound(say("The reply of this task was taken back."))
    if not page.can_complete:
        return None
    earlier = [one for one in versions if one.unit == reply.unit and one.round == reply.round]
    return ToSign(
        page=page,
        chain=_place(variables),
        reply=reply,
        former=next((one for one in earlier if one.version == reply.version - 1), None),
        contacts=len(page.context.consultations),
        met=sum(one.face_to_face for one in page.context.consultations),
        position=waiting_tasks.index(task_id) + 1 if task_id in waiting_tasks else 0,
        total=len(waiting_tasks),
    )


def _refuse_others(actor: Actor) -> None:
    if not may_enter(actor):
        raise NotAllowed(say("This page is for leaders who sign."))


def _mine(actor: Actor) -> ColumnElement[bool]:
    views = (WorklistView.MINE, WorklistView.CLAIMABLE, WorklistView.DELEGATED)
    # Said once for all of them: of three conditions side by side the index of open tasks would not be found.
    return and_(IS_OPEN, or_(*(in_view(actor, view) for view in views)))


def _to_sign(actor: Actor) -> ColumnElement[bool]:
    return _mine(actor) & Work.recorder.in_(sorted(RECORDABLE))


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Work).where(condition)) or 0


def _card(banli: Banli, session: Session, work: Work, row: TaskRow, items: Mapping[int, Item]) -> Card:
    if work.recorder != REVIEW or work.item_id is None:
        return Card(row, None, "", 0)
    variables = banli.engine.task_variables(work.task_id)
    reply = current_reply(session, items[work.item_id], variables)
    return Card(row, _place(variables), _class_of(session, reply), reply.version)


def _class_of(session: Session, reply: Reply) -> str:
    name = result_names(session).get(reply.result_class, "")
    return f"{reply.result_class} {name}".strip()


def _place(variables: Mapping[str, Any]) -> ChainPlace:
    node, chain = variables.get("node") or {}, list(variables.get("chain") or [])
    choice = variables.get("chain_choice") or {}
    codes = [(one.get("code"), one.get("unit")) for one in chain]
    here = (node.get("code"), node.get("unit"))
    return ChainPlace(
        node=str(node.get("name") or ""),
        position=codes.index(here) + 1 if here in codes else 0,
        length=len(chain),
        row=str(choice.get("row") or ""),
        basis=str(choice.get("basis") or ""),
        unit=str(variables.get("lead_unit") or ""),
    )
