"""Keeping ratings from those who were rated (reliability S16).

A unit sees figures that rest on ratings only when the hub has published them. Two rules, applied before anything is
computed, keep such a figure from telling how any single item was rated:

- fewer than five rated items count as none;
- the best and the worst rating are left out (去掉一个最高、一个最低). Without that, “100 %” would tell every rating.

The rules belong to the code and not to a scheme: a scheme may ask for more rated items, never for fewer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.evaluation.facts import PartFacts

LEAST_RATED = 5


def protected(parts: Sequence[PartFacts], least: int = LEAST_RATED) -> list[PartFacts]:
    """The same parts, with only those ratings that figures may rest on."""
    rated = sorted((part for part in parts if part.rating is not None), key=_rank)
    if len(rated) < max(least, LEAST_RATED):
        kept: set[int] = set()
    else:
        kept = {part.item_id for part in rated[1:-1]}
    return [part if part.item_id in kept else replace(part, rating=None) for part in parts]


def _rank(part: PartFacts) -> tuple[int, int, int]:
    return (*part.rating.rank, part.item_id) if part.rating is not None else (0, 0, part.item_id)
