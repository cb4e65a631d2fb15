"""The texts of items by the part of the index that they belong to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.directory.models import Person
from tasks.handling.models import Reply, ReplyAnswer
from tasks.register.models import Item, ItemMeasure, ItemProposer
from tasks.search.parts import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection


def texts_of(connection: Connection, item_ids: Collection[int]) -> Mapping[int, Mapping[Part, str]]:
    """For each of these items that exists, its texts; five queries, however many items."""
    found: dict[int, dict[Part, list[str]]] = {}
    secret = set()
    items = select(Item.id, Item.number, Item.title, Item.situation, Item.analysis, Item.confidential)
    for item_id, number, title, situation, analysis, confidential in connection.execute(
        items.where(Item.id.in_(item_ids))
    ):
        found[item_id] = defaultdict(list, {Part.TITLE: [title], Part.TEXT: [number or "", situation, analysis]})
        if confidential:
            secret.add(item_id)
    for item_id, words in connection.execute(
        select(ItemMeasure.item_id, ItemMeasure.text).where(ItemMeasure.item_id.in_(item_ids))
    ):
        found[item_id][Part.TEXT].append(words)
    people = select(ItemProposer.item_id, Person.name).join(Person, Person.id == ItemProposer.person_id)
    for item_id, name in connection.execute(people.where(ItemProposer.item_id.in_(item_ids))):
        found[item_id][Part.HIDDEN if item_id in secret else Part.PEOPLE].append(name)
    replies = select(Reply.item_id, Reply.state, Reply.body).where(Reply.item_id.in_(item_ids))
    answers = (
        select(Reply.item_id, Reply.state, ReplyAnswer.text)
        .join(Reply, Reply.id == ReplyAnswer.reply_id)
        .where(Reply.item_id.in_(item_ids))
    )
    for wanted in (replies, answers):
        for item_id, state, words in connection.execute(wanted):
            found[item_id][Part.ISSUED if state == "issued" else Part.DRAFT].append(words)
    return {
        item_id: {part: "\n".join(sorted(texts)) for part, texts in parts.items()} for item_id, parts in found.items()
    }
