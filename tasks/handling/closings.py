"""Closing (结案; handbook §3.2, step 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.cases.views import ItemState
from tasks.handling.models import Closing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.register.models import Item

CLOSING_FIELDS = frozenset({"solved", "effect", "verdict", "remark"})


def record_closing(session: Session, item: Item, submission: Submission) -> dict[str, str]:
    """The hub has examined what was really solved, and closes the case."""
    values = submission.values
    session.add(
        Closing(
            item_id=item.id,
            verdict=values["verdict"],
            solved=values["solved"],
            effect=values.get("effect") or "",
            remark=values.get("remark") or "",
            by=submission.actor or "",
            at=submission.at,
        )
    )
    item.state = ItemState.CLOSED
    item.closed_at = submission.at
    return {"closing": values["verdict"]}
