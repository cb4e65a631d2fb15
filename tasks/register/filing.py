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
    """Give the item its number by the pattern that the diagram hands in."""
    if item.number is None:
        sequence = allot(session, item.area_id, item.kind, item.year)
        item.number = written(str(job.variables["pattern"]), year=item.year, seq=sequence, session=item.sitting.ordinal)
    item.state = ItemState.MERGED if job.variables.get("filing") == "merged" else ItemState.ASSIGNING
    item.instance_id = job.root_id
    return {"number": item.number}
