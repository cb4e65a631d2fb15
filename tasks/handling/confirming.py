"""The lead proposer confirms what was written down of a talk (面商记录; handbook §3.2, step 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable_item
from tasks.handling.models import Consultation

if TYPE_CHECKING:
    import datetime as dt

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.register.models import Item


class _Record(Protocol):
    @property
    def confirmation(self) -> str: ...

    @property
    def confirmed_at(self) -> dt.datetime | None: ...


def may_confirm(actor: Actor, item: Item, record: _Record) -> bool:
    """Whether the record waits for this actor: the unit asked for it, and she is the lead proposer."""
    lead = bool(item.proposers) and item.proposers[0].person_id == actor.person_id
    waits = record.confirmation == "asked" and record.confirmed_at is None
    return lead and waits and Permission.OWN_ITEM_READ in actor.permissions


def confirm(banli: Banli, actor: Actor, item_id: int, consultation_id: int) -> None:
    """Note that the lead proposer finds the record right; confirming twice changes nothing.

    Raises:
        NotFound: no such item of hers, or no such record of it.
        NotAllowed: the record does not wait for her confirmation.
    """
    with banli.writing() as session:
        item = readable_item(session, actor, item_id)
        record = session.get(Consultation, consultation_id)
        if record is None or record.item_id != item.id:
            raise NotFound(say("There is no such record of a talk."))
        if record.confirmed_by == actor.account:
            return
        if not may_confirm(actor, item, record):
            raise NotAllowed(say("The lead proposer confirms the record of a talk where the unit asked for it."))
        record.confirmed_by, record.confirmed_at = actor.account, banli.now()
