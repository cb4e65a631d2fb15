"""Who may read what somebody added to a case: files and comments alike."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from tasks.accounts.permissions import Permission
from tasks.cases.access import hidden_from, is_proposer, knows_proposer, reads_ratings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.accounts.views import Actor
    from tasks.register.models import Item


class Audience(StrEnum):
    """For whom something was added; nobody reads it who may not read the case."""

    UNIT = "unit"
    """The people of the same body."""
    OFFICE = "office"
    """Every office that reads the case, and not its proposers."""
    ALL = "all"


class Added(Protocol):
    """What the decision needs to know of a file or a comment."""

    audience: str
    confidential: str
    unit_code: str
    by: str


def may_read(actor: Actor, item: Item, added: Added) -> bool:
    """Whether a reader of the case may read this too."""
    if added.confidential in hidden_from(actor, item):
        return False
    if added.by == actor.account:
        return True
    if added.audience == Audience.UNIT:
        return bool(added.unit_code) and added.unit_code in units_of(actor)
    return added.audience == Audience.ALL or not is_proposer(actor, item)


def author_known(actor: Actor, item: Item, added: Added) -> bool:
    """Whether the reader may know who added it: not where the proposer asked to stay unknown to the units."""
    return bool(added.unit_code) or knows_proposer(actor, item)


def units_of(actor: Actor) -> set[str]:
    """Codes of the bodies to which the actor belongs."""
    units = {group.split(":", 1)[0] for group in actor.groups}
    return units | ({actor.unit_code} if actor.unit_code else set())


def audiences(actor: Actor) -> Sequence[Audience]:
    """Among whom the actor may choose, the usual one first.

    Who reads ratings writes for her own committee first: a word on a rating must not reach the unit by oversight.
    """
    if Permission.OWN_ITEM_READ in actor.permissions:
        return (Audience.ALL,)
    if reads_ratings(actor):
        return (Audience.UNIT, Audience.OFFICE, Audience.ALL)
    return (Audience.OFFICE, Audience.UNIT, Audience.ALL)


def chosen(actor: Actor, wanted: str) -> Audience:
    """The audience that was chosen, or the usual one where something else was sent."""
    offered = audiences(actor)
    return Audience(wanted) if wanted in offered else offered[0]
