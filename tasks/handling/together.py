"""Many items assigned at one moment (统一交办): a leader approves the list, one stored instant starts all clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.cases.views import ItemState
from tasks.dispatch.models import AssignmentMeeting
from tasks.register.models import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

APPROVE = frozenset({Role.HUB_LEADER, Role.HUB_DEPUTY})


def may_assign_together(actor: Actor) -> bool:
    """Whether this actor may approve the list: the leaders of the hub."""
    return bool(APPROVE & actor.roles)


def waiting_items(session: Session) -> Sequence[Item]:
    """Items that are triaged and wait for the meeting, in the order of their numbers."""
    return session.scalars(select(Item).where(Item.state == ItemState.WAITING).order_by(Item.kind, Item.number)).all()


def assign_together(
    banli: Banli,
    actor: Actor,
    item_ids: Sequence[int],
    note: str = "",
    request_id: str | None = None,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> int:
    """Assign these items at one instant; answers how many were. Sent twice, or after a crash, it goes on where it was.

    Raises:
        NotAllowed: the actor is no leader of the hub.
    """
    if not may_assign_together(actor):
        raise NotAllowed(say("The list is approved by a leader of the hub."))
    with banli.writing() as session:
        meeting = (
            session.scalar(select(AssignmentMeeting).where(AssignmentMeeting.request_id == request_id))
            if request_id is not None
            else None
        )
        if meeting is None:
            waiting = {item.id for item in waiting_items(session)}
            if not waiting.intersection(item_ids):
                return 0
            meeting = AssignmentMeeting(
                at=banli.now(), by=actor.account, note=note, request_id=request_id,
                items=[item_id for item_id in item_ids if item_id in waiting],
            )  # fmt: skip
            session.add(meeting)
            session.flush()
        moment, number, items = meeting.at, meeting.id, list(meeting.items)
    for done, item_id in enumerate(items, 1):
        banli.engine.publish_message(
            "assigned-together", correlation_key=str(item_id), variables={"assigned_at": moment},
            request_id=f"meeting:{number}:{item_id}", actor=actor.account,
        )  # fmt: skip
        told(done, len(items))
    return len(items)


def triage_again(banli: Banli, actor: Actor, item_id: int) -> None:
    """Put an item that waits for the meeting back to its triage (改分办)."""
    if Role.HUB_OFFICER not in actor.roles and not may_assign_together(actor):
        raise NotAllowed(say("Only the hub changes a triage."))
    banli.engine.publish_message("triage-again", correlation_key=str(item_id), actor=actor.account)
    with banli.writing() as session:
        item = session.get(Item, item_id)
        if item is not None and item.state == ItemState.WAITING:
            item.state = ItemState.ASSIGNING
