"""Filing: the number that an item keeps for ever (handbook §3.2 step 3, §4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.cases.views import ItemState
from tasks.register.numbering import allot, written

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job
    from tasks.register.models import Item


def number_item(session: Session, item: Item, job: Job) -> dict[str, str]:
    """Give the item its number by the pattern that the diagram hands in.

    Where merged items keep no number of their own (`merge_keeps_number`), theirs is that of the item with which they
    are handled and a place behind it, so that the sequence has no gap: 0012-1.
    """
    if item.number is None:
        item.number = _behind(session, item, job) or _next(session, item, str(job.variables["pattern"]))
    item.state = ItemState.MERGED if job.variables.get("filing") == "merged" else ItemState.ASSIGNING
    item.instance_id = job.root_id
    return {"number": item.number}


def _next(session: Session, item: Item, pattern: str) -> str:
    sequence = allot(session, item.area_id, item.kind, item.year)
    return written(pattern, year=item.year, seq=sequence, session=item.sitting.ordinal)


def _behind(session: Session, item: Item, job: Job) -> str | None:
    """The number behind that of the other item; None where the item has one of its own, or the other has none yet."""
    if job.variables.get("filing") != "merged" or job.variables.get("keeps_number", True):
        return None
    other = session.get(type(item), item.merged_into_id) if item.merged_into_id is not None else None
    if other is None or other.number is None:
        return None
    sequence = allot(session, item.area_id, f"merged:{other.id}", item.year)
    return f"{other.number}-{sequence}"
