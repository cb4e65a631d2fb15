"""Items with a similar title: shown while a proposer writes, and when an item may be merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tasks.cases.headers import units_of
from tasks.cases.views import ItemState
from tasks.register.models import Item
from tasks.search.grams import folded, grams
from tasks.search.parts import Part
from tasks.search.queries import shows_any

if TYPE_CHECKING:
    from tasks.bootstrap import Banli

_FRAME = re.compile(r"^关于|的(?:建议|提案)$|[“”《》、，,。\s]")
_MOST_READ, _MOST_SHOWN, _LEAST = 200, 5, 0.25
_HIDDEN = (ItemState.NOT_FILED, ItemState.RETURNED_FOR_EDIT, ItemState.FILING, ItemState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class SimilarItem:
    """An earlier item that asks for something like it: nothing of it that is not public to all members."""

    number: str
    title: str
    session_name: str
    state: ItemState
    result_class: str
    lead_unit: str


def similar_items(banli: Banli, title: str) -> list[SimilarItem]:
    """The most similar filed items, best first; none for a title of which nothing is written yet.

    Found by the pairs of characters that two titles share, since Chinese is written without spaces. Items whose
    proposer asked for confidentiality are left out.
    """
    pairs = _pairs(title)
    if not pairs:
        return []
    with banli.reading() as session:
        near = session.scalars(
            select(Item)
            .where(
                shows_any(Item.id, pairs, Part.TITLE),
                Item.confidential.is_(False),
                Item.state.not_in(_HIDDEN),
            )
            .options(joinedload(Item.sitting))
            .order_by(Item.submitted_at.desc())
            .limit(_MOST_READ)
        ).all()
        ranked = sorted(near, key=lambda item: -similarity(title, item.title))
        best = [item for item in ranked if similarity(title, item.title) >= _LEAST][:_MOST_SHOWN]
        units = units_of(session, best)
        return [
            SimilarItem(
                item.number or "",
                item.title,
                item.sitting.name,
                ItemState(item.state),
                item.result_class,
                units.get(item.id, ("", []))[0],
            )
            for item in best
        ]


def similarity(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1: shared pairs of characters (Dice's coefficient)."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


@lru_cache(maxsize=4096)
def _pairs(title: str) -> frozenset[str]:
    return frozenset(gram for gram in grams(_FRAME.sub("", folded(title.strip()))) if len(gram) > 1)
