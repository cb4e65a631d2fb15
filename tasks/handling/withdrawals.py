"""What becomes of the rows of a submission that its author takes back (撤回).

Only recorders named here can be taken back: those whose rows can say truthfully that they were withdrawn, and whose
step is followed by nothing that has reached anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.cases.views import ItemState
from tasks.handling.models import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from tasks.handling.models import TaskSubmission
    from tasks.register.models import Item


def withdraw_reply(session: Session, item: Item, submission: TaskSubmission) -> None:
    """The version stays, marked; the next one gets a number of its own."""
    reply = session.scalars(
        select(Reply).where(Reply.item_id == item.id, Reply.by == submission.by, Reply.at == submission.at)
    ).one()
    reply.state = "withdrawn"
    if reply.stage == "first":
        item.state = ItemState.HANDLING if reply.round == 1 else ItemState.REHANDLING


WITHDRAWALS: Mapping[str, Callable[[Session, Item, TaskSubmission], None]] = {"reply": withdraw_reply}
"""By recorder. A consultation or an opinion is followed by a join that has already let the case through; an
assignment, an issue or a rating has reached others the moment it was submitted."""
