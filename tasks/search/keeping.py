"""Keeps the index: whoever writes a title, a text, a signature or a reply, its row is written in the same transaction.

A listener on the session sees every such write, so that no service can forget it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from tasks.directory.models import Person
from tasks.handling.models import Reply, ReplyAnswer
from tasks.register.models import Item, ItemMeasure, ItemProposer
from tasks.search.index import put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import UOWTransaction

_WATCHED: Mapping[type, frozenset[str]] = {
    Item: frozenset({"number", "title", "situation", "analysis", "confidential"}),
    ItemMeasure: frozenset({"text", "item_id"}),
    ItemProposer: frozenset({"person_id", "item_id"}),
    Person: frozenset({"name"}),
    Reply: frozenset({"state", "body", "item_id"}),
    ReplyAnswer: frozenset({"text", "reply_id"}),
}
"""Mapped class to the columns that stand in the index."""


def install() -> None:
    """Watch every session from now on; doing it twice changes nothing."""
    if not event.contains(Session, "after_flush", _keep):
        event.listen(Session, "after_flush", _keep)


def _keep(session: Session, _context: UOWTransaction) -> None:
    changed = [
        row
        for row in (*session.new, *session.dirty, *session.deleted)
        if type(row) in _WATCHED and (row not in session.dirty or _speaks_differently(row))
    ]
    if changed:
        connection = session.connection()
        put(connection, {item_id for row in changed for item_id in _items_of(session, row)})


def _speaks_differently(row: object) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in _WATCHED[type(row)])


def _items_of(session: Session, row: object) -> list[int]:
    match row:
        case Item():
            return [row.id]
        case ItemMeasure() | ItemProposer() | Reply():
            return [row.item_id]
        case ReplyAnswer():
            if (reply := session.identity_map.get(identity_key(Reply, row.reply_id))) is not None:
                return [reply.item_id]
            wanted = select(Reply.item_id).where(Reply.id == row.reply_id)
        case _:
            wanted = select(ItemProposer.item_id).where(ItemProposer.person_id == row.id)  # type: ignore[attr-defined]
    return list(session.connection().scalars(wanted))
