"""Who may read a case, and who may know how it was rated. Decided on the object, for every page and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import Permission, Role
from tasks.cases.views import ItemState
from tasks.database import Walked
from tasks.directory.models import Unit
from tasks.handling.models import Assignment
from tasks.register.models import Item, ItemProposer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor

RATING, OUTCOME = "rating", "outcome"
_KINDS_OF_BODY = {Role.NPC_REVIEWER: "suggestion", Role.CPPCC_REVIEWER: "proposal"}


def reads_all(actor: Actor) -> bool:
    """Whether this actor may read every item of the area."""
    return Permission.AREA_ITEM_READ in actor.permissions


def readable(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Item` that holds for the items this actor may read."""
    if reads_all(actor):
        return true()
    allowed: list[ColumnElement[bool]] = [false()]
    if Permission.BODY_ITEM_READ in actor.permissions:
        # Walked: half of all items and more are of the body's kind.
        allowed.append(Walked(Item.kind).in_(_body_kinds(actor)))
    if Permission.UNIT_ITEM_READ in actor.permissions:
        mine = (
            select(Assignment.item_id)
            .join(Unit, Unit.id == Assignment.unit_id)
            .where(Unit.code.in_(sorted(_units(actor))))
        )
        allowed.append(Walked(Item.id).in_(mine))
    if Permission.OWN_ITEM_READ in actor.permissions:
        allowed.append(Item.id.in_(select(ItemProposer.item_id).where(ItemProposer.person_id == actor.person_id)))
    return or_(*allowed)


def left_out(actor: Actor) -> ColumnElement[bool] | None:
    """A condition that holds for the items which this actor may not read, where their kind alone decides; else None."""
    others = {Permission.AREA_ITEM_READ, Permission.UNIT_ITEM_READ, Permission.OWN_ITEM_READ}
    if Permission.BODY_ITEM_READ not in actor.permissions or others & actor.permissions:
        return None
    return Item.kind.not_in(_body_kinds(actor))


def readable_item(session: Session, actor: Actor, item_id: int) -> Item:
    """The item, if this actor may read it; a foreign one is as good as absent."""
    item = session.scalar(select(Item).where(and_(Item.id == item_id, readable(actor))))
    if item is None:
        raise NotFound(say("There is no such item, or it is not one of yours."))
    return item


def may_read_ratings(actor: Actor, item: Item) -> bool:
    """Whether the actor may know that and how the item was rated.

    Members of a handling unit may not, whatever other roles they hold: a rating must not come back to its subject.
    """
    if Permission.UNIT_ITEM_READ in actor.permissions:
        return False
    if Permission.AREA_RATING_READ in actor.permissions:
        return item.kind in _body_kinds(actor)
    if Permission.OWN_RATING_READ in actor.permissions:
        return is_proposer(actor, item)
    return False


def reads_ratings(actor: Actor) -> bool:
    """Whether the actor looks after ratings at all: a committee's people, and nobody of a handling unit."""
    return Permission.AREA_RATING_READ in actor.permissions and Permission.UNIT_ITEM_READ not in actor.permissions


def rating_readable(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Item` that holds for the items whose ratings this actor may count and search."""
    return Item.kind.in_(_body_kinds(actor)) if reads_ratings(actor) else false()


def hidden_from(actor: Actor, item: Item) -> frozenset[str]:
    """Which confidential steps this reader must not tell apart: values of the diagram's property `confidential`.

    `rating`: steps that tell how a reply was rated. `outcome`: steps whose beginning would let a unit guess it; they
    stay hidden from units until the case is closed, and while its promises are tracked: second replies are rated too.
    """
    hidden = set() if may_read_ratings(actor, item) else {RATING}
    if guesses(actor) and (item.closed_at is None or item.state == ItemState.TRACKING):
        hidden.add(OUTCOME)
    return frozenset(hidden)


def guesses(actor: Actor) -> bool:
    """Whether the actor is of a handling unit: what is open must not let her guess a rating either."""
    return Permission.UNIT_ITEM_READ in actor.permissions


def knows_proposer(actor: Actor, item: Item) -> bool:
    """Whether the actor may know who proposed it: of a confidential item the units read the text only."""
    return not (item.confidential and guesses(actor))


def is_proposer(actor: Actor, item: Item) -> bool:
    """Whether the actor signed the item; proposers follow every step but not the reviewers' remarks on drafts."""
    return any(row.person_id == actor.person_id for row in item.proposers)


def may_read_contacts(actor: Actor, item: Item) -> bool:
    """Whether the actor may see the proposer's telephone: those who hold the item, and the proposer."""
    if Permission.OWN_ITEM_READ in actor.permissions:
        return is_proposer(actor, item)
    if not knows_proposer(actor, item):
        return False
    return bool(actor.permissions & {Permission.UNIT_ITEM_READ, Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ})


def _body_kinds(actor: Actor) -> list[str]:
    return [kind for role, kind in _KINDS_OF_BODY.items() if role in actor.roles]


def _units(actor: Actor) -> set[str]:
    units = {group.split(":", 1)[0] for group in actor.groups}
    return units | ({actor.unit_code} if actor.unit_code else set())
