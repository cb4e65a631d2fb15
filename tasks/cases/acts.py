"""What a reader may do to a case beside the tasks that she has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.handling.extensions import extendable
from tasks.handling.item_withdrawals import withdrawable_item
from tasks.handling.key_items import may_designate

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.register.models import Item


def acts_on(session: Session, actor: Actor, item: Item) -> tuple[str, ...]:
    """`extension` for the unit that writes the reply, `key` for hub and committee, `withdraw` for who signed."""
    found = []
    if extendable(session, actor, item) is not None:
        found.append("extension")
    if may_designate(actor, item):
        found.append("key")
    if withdrawable_item(session, actor, item):
        found.append("withdraw")
    return tuple(found)
