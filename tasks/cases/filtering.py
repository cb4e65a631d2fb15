"""Which cases a reader of the register asks for: typed words and chosen filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from tasks.directory.models import Person, Unit
from tasks.handling.models import Assignment, Reply, ReplyAnswer
from tasks.register.models import Item, ItemMeasure, ItemProposer

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.cases.views import RegisterFilters


def wanted_items(actor: Actor, filters: RegisterFilters) -> ColumnElement[bool]:
    """A condition on `Item` that holds for what the filters ask; who may read it is `tasks.cases.access`'s affair."""
    conditions = [found_by(actor, word) for word in filters.text.split()]
    for column, value in ((Item.kind, filters.kind), (Item.state, filters.state), (Item.category, filters.category)):
        if value:
            conditions.append(column == value)
    if filters.key_only:
        conditions.append(Item.key.is_(True))
    if filters.unit:
        conditions.append(
            exists().where(
                Assignment.item_id == Item.id,
                Assignment.round == Item.round,
                Assignment.unit_id == Unit.id,
                Unit.code == filters.unit,
            )
        )
    return and_(true(), *conditions)


def found_by(actor: Actor, word: str) -> ColumnElement[bool]:
    """A condition on `Item`: one word stands in its number, title, text, measures, signatures or replies.

    The texts themselves are read, without an index: that suits a county. With 400 cases of some 5,000 characters each
    a page of results took 11 to 29 ms (median, SQLite, two cores), with 2,000 cases 58 to 158 ms. An area with far more
    needs an index of bigrams.
    """
    people = (
        select(ItemProposer.item_id)
        .join(Person, Person.id == ItemProposer.person_id)
        .where(Person.name.icontains(word, autoescape=True))
    )
    measures = select(ItemMeasure.item_id).where(ItemMeasure.text.icontains(word, autoescape=True))
    answers = select(ReplyAnswer.reply_id).where(ReplyAnswer.text.icontains(word, autoescape=True))
    replies = select(Reply.item_id).where(
        or_(Reply.body.icontains(word, autoescape=True), Reply.id.in_(answers)), _may_be_read(actor)
    )
    columns = (Item.number, Item.title, Item.situation, Item.analysis)
    return or_(
        *(column.icontains(word, autoescape=True) for column in columns),
        Item.id.in_(people),
        Item.id.in_(measures),
        Item.id.in_(replies),
    )


def _may_be_read(actor: Actor) -> ColumnElement[bool]:
    """Proposers read only what was issued: a search must not tell them what a draft says."""
    mine = select(ItemProposer.item_id).where(ItemProposer.person_id == actor.person_id)
    return or_(Reply.state == "issued", Reply.item_id.not_in(mine))
