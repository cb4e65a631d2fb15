"""The texts of items by the part of the index that they belong to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, bindparam, select

from tasks.directory.models import Person
from tasks.handling.models import Reply, ReplyAnswer
from tasks.register.models import Item, ItemMeasure, ItemProposer
from tasks.search.parts import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_ITEMS = select(Item.id, Item.number, Item.title, Item.situation, Item.analysis, Item.confidential).where(
    Item.id.in_(_IDS)
)
_MEASURES = select(ItemMeasure.item_id, ItemMeasure.text).where(ItemMeasure.item_id.in_(_IDS))
_PEOPLE = (
    select(ItemProposer.item_id, Person.name)
    .join(Person, Person.id == ItemProposer.person_id)
    .where(ItemProposer.item_id.in_(_IDS))
)
_REPLIES = select(Reply.item_id, Reply.state, Reply.body).where(Reply.item_id.in_(_IDS))
_ANSWERS = (
    select(Reply.item_id, Reply.state, ReplyAnswer.text)
    .join(Reply, Reply.id == ReplyAnswer.reply_id)
    .where(Reply.item_id.in_(_IDS))
)


def texts_of(connection: Connection, item_ids: Collection[int]) -> Mapping[int, Mapping[Part, str]]:
    """For each of these items that exists, its texts; five queries, however many items."""
    found: dict[int, dict[Part, list[str]]] = {}
    secret = set()
    wanted = {"ids": list(item_ids)}
    for item_id, number, title, situation, analysis, confidential in connection.execute(_ITEMS, wanted):
        found[item_id] = defaultdict(list, {Part.TITLE: [title], Part.TEXT: [number or "", situation, analysis]})
        if confidential:
            secret.add(item_id)
    for item_id, words in connection.execute(_MEASURES, wanted):
        found[item_id][Part.TEXT].append(words)
    for item_id, name in connection.execute(_PEOPLE, wanted):
        found[item_id][Part.HIDDEN if item_id in secret else Part.PEOPLE].append(name)
    for texts in (_REPLIES, _ANSWERS):
        for item_id, state, words in connection.execute(texts, wanted):
            found[item_id][Part.ISSUED if state == "issued" else Part.DRAFT].append(words)
    return {
        item_id: {part: "\n".join(sorted(texts)) for part, texts in parts.items()} for item_id, parts in found.items()
    }
