"""A proposer withdraws an item (撤案): in writing, before a reply is issued, with every signatory's agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.cases.access import is_proposer, readable_item
from tasks.cases.views import ItemState
from tasks.forms.views import FieldError
from tasks.handling.models import ItemWithdrawal, Reply
from tasks.handling.waiting import end_with_case
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.register.models import Item

OVER = frozenset(
    {ItemState.CLOSED, ItemState.WITHDRAWN, ItemState.NOT_FILED, ItemState.CONVERTED, ItemState.REPLIED,
     ItemState.TRACKING}
)  # fmt: skip


def withdrawal_of(session: Session, item: Item) -> ItemWithdrawal | None:
    """The withdrawal that was asked for."""
    return session.scalar(select(ItemWithdrawal).where(ItemWithdrawal.item_id == item.id))


def withdrawable_item(session: Session, actor: Actor, item: Item) -> bool:
    """Whether this actor can still withdraw the item, or agree to its withdrawal."""
    if item.state in OVER or not is_proposer(actor, item):
        return False
    issued = select(Reply.id).where(Reply.item_id == item.id, Reply.state == "issued").limit(1)
    if session.scalar(issued) is not None:
        return False
    asked = withdrawal_of(session, item)
    lead = item.proposers[0].person_id == actor.person_id
    return lead if asked is None else actor.person_id not in asked.agreed


def signatories(item: Item) -> list[int]:
    """Who must agree: everybody whose signature stands under the item."""
    return [row.person_id for row in item.proposers if row.position == 0 or row.confirmed_at is not None]


def withdraw_item(banli: Banli, actor: Actor, item_id: int, reason: str) -> bool:
    """The lead proposer asks, the others agree; with the last of them the procedure ends. Answers whether it did.

    Raises:
        FormInvalid: the lead proposer gave no reason.
        NotAllowed: it is not hers, or a reply is out already.
    """
    with banli.writing() as session:
        item = readable_item(session, actor, item_id)
        if not withdrawable_item(session, actor, item):
            raise NotAllowed(say("An item can be withdrawn by who signed it, until a reply has been issued."))
        asked = withdrawal_of(session, item)
        if asked is None:
            if not reason.strip():
                raise FormInvalid([FieldError("withdrawal_reason", "撤案理由", say("Say why."))])
            asked = ItemWithdrawal(
                item_id=item.id, reason=reason.strip(), by=actor.account, at=banli.now(), agreed=[actor.person_id]
            )
            session.add(asked)
        else:
            asked.agreed = [*asked.agreed, actor.person_id]
        missing = set(signatories(item)) - set(asked.agreed)
    if missing:
        return False
    banli.engine.publish_message("withdraw", correlation_key=str(item_id), actor=actor.account)
    return True


def record_withdrawal(session: Session, item: Item, job: Job) -> None:
    """The case has ended; the item keeps its number, and nobody else gets it."""
    item.state = ItemState.WITHDRAWN
    item.closed_at = job.at
    end_with_case(session, item, job.at)
    asked = withdrawal_of(session, item)
    if asked is not None:
        asked.done_at = job.at
