"""Saving, choosing and deleting named filters; setting the density of lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, func, select, update

from engine.errors import NotFound
from engine.message import say
from tasks.forms.views import FieldError
from tasks.saved_views.models import ListPreference, SavedView
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LONGEST_NAME = 30
LONGEST_QUERY = 1_000
MOST_VIEWS = 30
DENSITIES = ("comfortable", "dense")


class Place(StrEnum):
    """The lists whose filters can be saved."""

    WORKLIST = "worklist"
    REGISTER = "register"


KNOWN = {
    Place.WORKLIST: frozenset({"view", "q", "step", "kind", "light", "unit", "key", "sort"}),
    Place.REGISTER: frozenset(
        {"q", "kind", "state", "unit", "category", "key", "year", "role", "result", "only", "rating"}
    ),
}
"""What a saved view may hold; everything else in an address (the page, a foreign name) is left out."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One saved view."""

    view_id: int
    name: str
    query: str
    is_default: bool


def save(banli: Banli, actor: Actor, place: str, name: str, query: str, *, default: bool = False) -> int:
    """Keep filters under a name; the same name again replaces them.

    Raises:
        FormInvalid: no name, a name that is too long, or too many views.
        NotFound: there is no such list.
    """
    where, said = _place(place), " ".join(name.split())
    if not said or len(said) > LONGEST_NAME:
        raise FormInvalid(
            [FieldError("view_name", "视图名称", say("A view needs a name of at most {n} characters.", n=LONGEST_NAME))]
        )
    kept = cleaned(where, query)
    with banli.writing() as session:
        row = session.scalar(_own(actor, where).where(SavedView.name == said))
        if row is None:
            count = session.scalar(select(func.count()).select_from(_own(actor, where).subquery())) or 0
            if count >= MOST_VIEWS:
                raise FormInvalid(
                    [FieldError("view_name", "视图名称", say("At most {n} views can be kept.", n=MOST_VIEWS))]
                )
            row = SavedView(account=actor.account, place=where, name=said, is_default=False)
            session.add(row)
        row.query, row.at = kept, banli.now()
        session.flush()
        if default:
            _make_default(session, actor, row)
        return row.id


def make_default(banli: Banli, actor: Actor, view_id: int, *, default: bool = True) -> ViewRow:
    """Open the list with this view, or no longer with it."""
    with banli.writing() as session:
        row = _mine(session, actor, view_id)
        if default:
            _make_default(session, actor, row)
        else:
            row.is_default = False
        return ViewRow(row.id, row.name, row.query, row.is_default)


def remove(banli: Banli, actor: Actor, view_id: int) -> str:
    """Delete a view; answers the list that it belonged to."""
    with banli.writing() as session:
        row = _mine(session, actor, view_id)
        place = row.place
        session.execute(delete(SavedView).where(SavedView.id == row.id))
        return place


def views(banli: Banli, actor: Actor, place: str) -> Sequence[ViewRow]:
    """This person's views of a list, by name."""
    with banli.reading() as session:
        found = session.scalars(_own(actor, _place(place)).order_by(SavedView.name)).all()
        return [ViewRow(row.id, row.name, row.query, row.is_default) for row in found]


def density(banli: Banli, actor: Actor) -> str:
    """How dense this person likes her lists."""
    with banli.reading() as session:
        kept = session.get(ListPreference, actor.account)
        return kept.density if kept is not None else DENSITIES[0]


def set_density(banli: Banli, actor: Actor, wanted: str) -> None:
    """Remember how dense this person likes her lists."""
    if wanted not in DENSITIES:
        raise NotFound(say("There is no density “{name}”.", name=wanted))
    with banli.writing() as session:
        session.merge(ListPreference(account=actor.account, density=wanted))


def cleaned(place: Place, query: str) -> str:
    """Only the filters that the list knows, in a fixed order."""
    pairs = parse_qsl(query[:LONGEST_QUERY].lstrip("?"))
    return urlencode(sorted({name: value for name, value in pairs if name in KNOWN[place]}.items()))


def _place(name: str) -> Place:
    if name not in set(Place):
        raise NotFound(say("There is no list “{name}”.", name=name))
    return Place(name)


def _own(actor: Actor, place: Place) -> Select[SavedView]:
    return select(SavedView).where(SavedView.account == actor.account, SavedView.place == place)


def _mine(session: Session, actor: Actor, view_id: int) -> SavedView:
    row = session.get(SavedView, view_id)
    if row is None or row.account != actor.account:
        raise NotFound(say("There is no such view, or it is not yours."))
    return row


def _make_default(session: Session, actor: Actor, row: SavedView) -> None:
    session.execute(
        update(SavedView)
        .where(SavedView.account == actor.account, SavedView.place == row.place)
        .values(is_default=SavedView.id == row.id)
    )
    session.refresh(row)
