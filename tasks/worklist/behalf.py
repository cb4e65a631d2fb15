"""What the course of events says of acts beside the diagram, and for whom somebody did a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import Message, say
from tasks.directory.queries import names_of
from tasks.worklist.acts import ActKind
from tasks.worklist.models import Work, WorkAct

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

ACTS = {
    ActKind.HAND_OVER: say("handed {step} over to {name}", step="", name=""),
    ActKind.WITHDRAW: say("took {step} back", step=""),
    ActKind.SEND_BACK: say("sent the case back to {step}", step=""),
    ActKind.ASK_COUNTERSIGN: say("asked {name} to countersign {step}", step="", name=""),
    ActKind.COUNTERSIGN_AGREE: say("countersigned {step}: agreed", step=""),
    ActKind.COUNTERSIGN_DISAGREE: say("countersigned {step}: did not agree", step=""),
    ActKind.COUNTERSIGN_REMARK: say("countersigned {step} with a remark", step=""),
}
"""The words for each act that stands in the course of events by itself."""
ALARMING = frozenset({ActKind.SEND_BACK, ActKind.COUNTERSIGN_DISAGREE})

BEHALF = {
    ActKind.STAND_IN: say("for {name}", name=""),
    ActKind.RECORD: say("for {name}, who signed on paper,", name=""),
}
"""The words for each act by which somebody works in another's place."""


def told(act: WorkAct, step: str, receiver: str) -> Message:
    """What the act did, with the names of the step and of the person whom it reached."""
    return Message(ACTS[ActKind(act.kind)].template, {"step": step, "name": receiver})


def behalf_at(session: Session, item_id: int) -> dict[tuple[str, dt.datetime], Message]:
    """The same for records that know their author and moment: by these two."""
    found = session.scalars(
        select(WorkAct)
        .join(Work, Work.task_id == WorkAct.task_id)
        .where(Work.item_id == item_id, WorkAct.kind.in_(list(BEHALF)), WorkAct.by == Work.finished_by)
    ).all()
    words = on_behalf(session, [act.task_id for act in found])
    works = {act.task_id: session.get_one(Work, act.task_id) for act in found}
    return {
        (act.by, works[act.task_id].finished_at or act.at): words[act.task_id] for act in found if act.task_id in words
    }


def on_behalf(session: Session, task_ids: Iterable[str]) -> dict[str, Message]:
    """For each finished task that was done in somebody's place: “for {name}”."""
    found = session.execute(
        select(WorkAct.task_id, WorkAct.kind, WorkAct.receiver)
        .join(Work, Work.task_id == WorkAct.task_id)
        .where(WorkAct.task_id.in_(list(task_ids)), WorkAct.kind.in_(list(BEHALF)), WorkAct.by == Work.finished_by)
        .order_by(WorkAct.id)
    ).all()
    names = names_of(session, [row.receiver for row in found])
    return {
        row.task_id: Message(
            BEHALF[ActKind(row.kind)].template, {"name": names.get(row.receiver, (row.receiver, ""))[0]}
        )
        for row in found
    }
