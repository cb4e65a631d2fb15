"""Opinions of co-handling units (会办意见; handbook §3.2, step 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tasks.handling.models import Opinion
from tasks.handling.recording import unit_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.register.models import Item

OPINION_FIELDS = frozenset({"facts", "measures", "suggestion", "handler", "phone"})


def record_opinion(session: Session, item: Item, submission: Submission) -> None:
    """A co-handling unit sends its opinion to the lead unit."""
    unit = unit_id(session, submission.variables["co_unit"])
    earlier = session.scalar(
        select(func.max(Opinion.version)).where(
            Opinion.item_id == item.id, Opinion.unit_id == unit, Opinion.round == item.round
        )
    )
    values = submission.values
    session.add(
        Opinion(
            item_id=item.id,
            unit_id=unit,
            round=item.round,
            version=(earlier or 0) + 1,
            facts=values["facts"],
            measures=values["measures"],
            suggestion=values.get("suggestion") or "",
            handler=values["handler"],
            phone=values["phone"],
            by=submission.actor or "",
            at=submission.at,
        )
    )
