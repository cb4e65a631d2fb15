"""Which cases a reader of the register asks for: typed words and chosen filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, true

from tasks.cases.access import guesses, rating_readable
from tasks.cases.views import REPLY_DUE
from tasks.database import Walked
from tasks.directory.models import Person, Unit
from tasks.handling.models import Assignment, Consultation, Feedback, Opinion, Reply, ReplyAnswer, Review
from tasks.handling.parts import BESIDE
from tasks.register.categories import apart
from tasks.register.models import Item, ItemMeasure, ItemProposer
from tasks.search.grams import is_plain
from tasks.search.parts import Part
from tasks.search.queries import Unless, shows

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Select

    from tasks.accounts.views import Actor
    from tasks.cases.views import RegisterFilters

ANY = "any"
RATED = ("satisfied", "basic", "dissatisfied")
"""Ratings that somebody gave; silence is none."""


FIRST_RATING = (Feedback.item_id == Item.id, Feedback.round == 1, Feedback.stage == "first")
"""The rating of the first reply: what statistics count."""


def wanted_items(
    actor: Actor, filters: RegisterFilters, now: dt.datetime, *, each: bool = False, most: int | None = None
) -> ColumnElement[bool]:
    """A condition on `Item` that holds for what the filters ask; who may read it is `tasks.cases.access`'s affair.

    Args:
        actor: who asks.
        filters: what is asked.
        now: the moment, for what is late.
        each: see `tasks.search.queries.shows`.
        most: the same; only where one word is asked for and nothing else, and the reader may read everything.
    """
    main, below = apart(filters.category)
    conditions = [found_by(actor, word, each=each, most=most) for word in filters.text.split()]
    for column, value in (
        (Item.kind, filters.kind),
        (Item.state, filters.state),
        (Item.category, main),
        (Item.subcategory, below),
        (Item.result_class, filters.result),
    ):
        if value:
            conditions.append(column == value)
    if filters.year is not None:
        conditions.append(Item.year == filters.year)
    if filters.ids:
        conditions.append(Item.id.in_(filters.ids))
    if filters.key_only:
        conditions.append(Item.key.is_(True))
    if filters.rating:
        words = [word for one in filters.rating.split(",") for word in (RATED if one == ANY else (one,))]
        rated = exists().where(*FIRST_RATING, Feedback.overall.in_(words))
        conditions += [rating_readable(actor), rated]
    if filters.only == "returned":
        conditions.append(_returned(filters.unit))
    elif filters.unit or filters.role or filters.only == "overdue":
        conditions.append(_part(filters, now))
        if filters.only == "overdue":  # said of the item itself too: the index by state finds the few that it may be
            conditions.append(Item.state.in_(REPLY_DUE))
    return and_(true(), *conditions, *_progress(filters.only))


def part_overdue(now: dt.datetime) -> ColumnElement[bool]:
    """A condition on an `Assignment` and its `Item`: this part is late now."""
    return and_(Item.state.in_(REPLY_DUE), part_late(now))


def part_late(now: dt.datetime) -> ColumnElement[bool]:
    """A condition on an `Assignment` of an item that still owes a reply: this part is late now.

    A lead unit's part ends with the reply, a co-handling unit's with its opinion. Nothing is late while its clock
    stands still.
    """
    opinion = (
        exists()
        .where(
            Opinion.item_id == Assignment.item_id,
            Opinion.unit_id == Assignment.unit_id,
            Opinion.round == Assignment.round,
        )
        .correlate(Assignment)
    )
    owed = or_(Assignment.role.not_in(BESIDE), not_(opinion))
    return and_(Assignment.due < now, owed, Assignment.suspended_at.is_(None))


def _part(filters: RegisterFilters, now: dt.datetime) -> ColumnElement[bool]:
    """Some unit's part in the current round is as asked: one part must meet all of it."""
    conditions = [
        Assignment.item_id == Item.id,
        Assignment.current,
    ]
    if filters.unit:
        conditions.append(Assignment.unit_id.in_(select(Unit.id).where(Unit.code == filters.unit)))
    if filters.role:
        conditions.append(Assignment.role.in_(BESIDE) if filters.role == "co" else Assignment.role.not_in(BESIDE))
    if filters.only == "overdue":
        conditions.append(part_overdue(now))
    return exists().where(*conditions).correlate(Item)


def _returned(unit: str) -> ColumnElement[bool]:
    """A reply (of this unit) was returned; the unit need not have a part in the present round."""
    # Reviews are found by their reply: all that ever were returned are far more than those of one item.
    conditions = [Reply.item_id == Item.id, Review.reply_id == Reply.id, Walked(Review.verdict) == "return"]
    if unit:
        conditions.append(Reply.unit_id.in_(select(Unit.id).where(Unit.code == unit)))
    return exists().where(*conditions).correlate(Item)


def _progress(only: str) -> list[ColumnElement[bool]]:
    match only:
        case "assigned":
            return [Item.assigned_at.is_not(None)]
        case "answered":
            return [Item.result_class != ""]
        case "met":
            return [exists().where(Consultation.item_id == Item.id, Consultation.face_to_face.is_(True))]
        case _:
            return []


def found_by(actor: Actor, word: str, *, each: bool = False, most: int | None = None) -> ColumnElement[bool]:
    """A condition on `Item`: one word stands in its number, title, text, measures, signatures or replies.

    The index of character pairs answers; only a word with other signs than letters and digits is looked for in the
    texts of what the index found.
    """
    # A search by name must not find out who asked for confidentiality.
    parts = {Part.TITLE, Part.TEXT, Part.PEOPLE, Part.ISSUED} | (set() if guesses(actor) else {Part.HIDDEN})
    some = most if is_plain(word) else None
    found = shows(Item.id, word, parts, Unless({Part.DRAFT}, _mine(actor)), each=each, most=some)
    if found is None:
        return _stands_in(actor, word)
    return found if is_plain(word) else and_(found, _stands_in(actor, word))


def _stands_in(actor: Actor, word: str) -> ColumnElement[bool]:
    """The same, from the texts themselves."""
    people = (
        select(ItemProposer.item_id)
        .join(Person, Person.id == ItemProposer.person_id)
        .where(Person.name.icontains(word, autoescape=True))
    )
    if guesses(actor):
        people = people.join(Item, Item.id == ItemProposer.item_id).where(Item.confidential.is_(False))
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
    return or_(Reply.state == "issued", Reply.item_id.not_in(_mine(actor)))


def _mine(actor: Actor) -> Select[int]:
    return select(ItemProposer.item_id).where(ItemProposer.person_id == actor.person_id)
