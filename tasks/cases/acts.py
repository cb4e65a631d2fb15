"""What a reader may do to a case beside the tasks that she has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.handling.extensions import extendable
from tasks.handling.item_withdrawals import withdrawable_item
from tasks.handling.key_items import may_designate
from tasks.pausing.service import pausable, resumable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.register.models import Item


def acts_on(session: Session, actor: Actor, item: Item) -> tuple[str, ...]:
    """`extension` for the unit that writes the reply, `key` for hub and committee, `withdraw` for who signed.

    `pause` or `resume` for whom the area lets stop and start the clock.
    """
    found = []
    if extendable(session, actor, item) is not None:
        found.append("extension")
    if pausable(session, actor, item):
        found.append("pause")
    if resumable(session, actor, item):
        found.append("resume")
    if may_designate(actor, item):
        found.append("key")
    if withdrawable_item(session, actor, item):
        found.append("withdraw")
    return tuple(found)
