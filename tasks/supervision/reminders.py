"""Pressing who has an open task (催办): an act of the hub, kept with the task and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.cases.access import hidden_from, readable
from tasks.directory.queries import names_of
from tasks.forms.views import FieldError
from tasks.register.models import Item
from tasks.supervision.models import Reminder
from tasks.supervision.slips import may_supervise
from tasks.supervision.views import ReminderRecord
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LONGEST = 500


def remind(banli: Banli, actor: Actor, task_ids: Sequence[str], text: str) -> int:
    """Press who has these tasks, in bulk or one; answers how many were still open.

    Raises:
        FormInvalid: there is no text, or no task was chosen.
        NotAllowed: only the hub presses others.
    """
    if not may_supervise(actor):
        raise NotAllowed(say("Only the hub presses units and issues slips."))
    said = text.strip()
    errors = []
    if not said or len(said) > LONGEST:
        errors.append(FieldError("text", "催办内容", say("Write what is to be done, in at most {most} characters.",
                                                     most=LONGEST)))  # fmt: skip
    if not task_ids:
        errors.append(FieldError("task", "环节", say("Choose the tasks that are to be pressed.")))
    if errors:
        raise FormInvalid(tuple(errors))
    with banli.writing() as session:
        works = [work for work, item in _open(session, actor, task_ids) if not _hidden(work, item, actor)]
        session.add_all(pressed(work, "act", said, actor.account, banli.now()) for work in works)
    return len(works)


def pressed(
    work: Work, kind: str, text: str, by: str, at: object, *, mark: str | None = None, rule: str = ""
) -> Reminder:
    """A reminder to who has the task now."""
    return Reminder(
        item_id=work.item_id, task_id=work.task_id, unit_code=work.unit_code or "", kind=kind,
        receiver=work.assignee or "", text=text, mark=mark, rule=rule, by=by, at=at,
    )  # fmt: skip


def reminders_of_task(session: Session, task_id: str) -> list[ReminderRecord]:
    """The reminders of one task, newest first; who sees the task sees them."""
    return records_of(session, select(Reminder).where(Reminder.task_id == task_id, Reminder.kind != "bulletin"))


def reminders_of_item(session: Session, actor: Actor, item: Item) -> list[ReminderRecord]:
    """The reminders of one case that this reader may know, newest first.

    Those on steps that would tell of a rating are left out, as the steps themselves are.
    """
    hidden = hidden_from(actor, item)
    wanted = (
        select(Reminder)
        .join(Work, Work.task_id == Reminder.task_id)
        .where(Reminder.item_id == item.id, Work.confidential.not_in(hidden))
    )
    return records_of(session, wanted)


def records_of(session: Session, wanted: Select[Reminder]) -> list[ReminderRecord]:
    """The reminders that a query finds, newest first."""
    rows = session.scalars(wanted.order_by(Reminder.id.desc())).all()
    names = names_of(session, [name for row in rows for name in (row.by, row.receiver)])
    steps = dict(
        session.execute(
            select(Work.task_id, Work.step_name).where(Work.task_id.in_([row.task_id for row in rows]))
        ).all()
    )
    return [
        ReminderRecord(
            task_id=row.task_id,
            step_name=steps.get(row.task_id, ""),
            kind=row.kind,
            text=row.text,
            by=names.get(row.by, ("", ""))[0],
            receiver=names.get(row.receiver, ("", ""))[0],
            at=row.at,
        )
        for row in rows
    ]


def _open(session: Session, actor: Actor, task_ids: Sequence[str]) -> list[tuple[Work, Item]]:
    found = session.execute(
        select(Work, Item)
        .join(Item, Item.id == Work.item_id)
        .where(Work.task_id.in_(list(task_ids)), Work.state == "open", readable(actor))
    )
    return [(work, item) for work, item in found]


def _hidden(work: Work, item: Item, actor: Actor) -> bool:
    return work.confidential in hidden_from(actor, item)
