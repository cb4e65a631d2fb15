"""From the projection's rows to the lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import Message, say
from tasks.cases.access import guesses, hidden_from
from tasks.cases.headers import units_of
from tasks.cases.views import ItemState
from tasks.deadlines.explanation import describe, settled
from tasks.directory.queries import names_of
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.acts import ActKind, handed_to_holder
from tasks.worklist.tabs import in_order
from tasks.worklist.views import TaskRow
from tasks.worklist.withdrawal import withdrawable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData
    from tasks.deadlines.views import Due
    from tasks.worklist.models import Work, WorkAct

REVIEW = "review"
"""Recorder of the steps of a review chain."""
AFTER_ISSUE = "评价与结案"
"""What a reader without a permission on ratings sees of every step between issue and closing."""


def task_rows(banli: Banli, session: Session, actor: Actor, works: Sequence[Work]) -> list[TaskRow]:
    """Lines in the order of the tasks; a handful of queries, however many there are."""
    ids = {work.item_id for work in works if work.item_id is not None}
    items = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(ids)))}
    units = units_of(session, items.values())
    handed = handed_to_holder(session, [work.task_id for work in works])
    names = names_of(
        session,
        [account for work in works for account in (work.assignee, work.sender)] + [act.by for act in handed.values()],
    )
    mine_to_take_back = withdrawable(session, actor, works)
    today = Today.of(banli)
    return [
        _row(
            today,
            actor,
            work,
            items[work.item_id] if work.item_id is not None else None,
            lead_unit=units.get(work.item_id, ("", []))[0] if work.item_id is not None else "",
            names=names,
            handed=handed.get(work.task_id),
            can_withdraw=work.task_id in mine_to_take_back,
        )
        for work in works
    ]


def rows_together(
    banli: Banli, session: Session, actor: Actor, lists: Mapping[str, Sequence[str]]
) -> dict[str, list[TaskRow]]:
    """The lines of several lists of one page by the ids of their tasks: read once for all of them."""
    works = in_order(session, list(dict.fromkeys(task_id for ids in lists.values() for task_id in ids)))
    rows = dict(zip((work.task_id for work in works), task_rows(banli, session, actor, works), strict=True))
    return {name: [rows[task_id] for task_id in ids] for name, ids in lists.items()}


def _row(
    today: Today,
    actor: Actor,
    work: Work,
    item: Item | None,
    *,
    lead_unit: str,
    names: dict[str, tuple[str, str]],
    handed: WorkAct | None,
    can_withdraw: bool,
) -> TaskRow:
    hidden = is_hidden(work, item, actor)
    return TaskRow(
        task_id=work.task_id,
        item_id=work.item_id,
        kind=item.kind if item is not None else work.subject_kind,
        number=(item.number or "") if item is not None else "",
        title=item.title if item is not None else work.subject or work.step_name,
        key=item is not None and item.key,
        round=item.round if item is not None else 0,
        why=_why(work, item, actor, names, handed),
        step="" if hidden else work.element_id,
        step_name=AFTER_ISSUE if hidden else work.step_name,
        lead_unit=lead_unit,
        returns=item.returns if item is not None else 0,
        arrived=work.opened_at,
        due=None if hidden else due_of(today, work),
        assignee=None if hidden else work.assignee,
        assignee_name="" if hidden or not work.assignee else names.get(work.assignee, (work.assignee, ""))[0],
        finished=work.finished_at,
        can_withdraw=can_withdraw,
        subject_key=work.subject_key,
        reviews=not hidden and work.recorder == REVIEW,
    )


def _why(
    work: Work, item: Item | None, actor: Actor, names: dict[str, tuple[str, str]], handed: WorkAct | None
) -> Message:
    """Why the task is there, as this reader may know it.

    What concerns no item is read by who has the task: a unit that waits must not read why its scores came back.
    """
    if is_hidden(work, item, actor):
        return say("The proposer rates the reply.")
    hers = actor.account in {work.assignee, work.finished_by} or bool(actor.groups.intersection(work.candidates))
    if item is None and not hers:
        return say("Since {day}: {asked}", day=work.opened_at.astimezone(BEIJING).date(), asked=work.step_name)
    return why(work, names, handed)


def steps_seen(works: Iterable[Work], item: Item, actor: Actor) -> list[str]:
    """Names of the open steps, as this reader may know them.

    A unit reads the same from the issue to the closing, whatever is open: whether somebody studies a rating, and
    since when nobody does, would tell it.
    """
    if not guesses(actor):
        return [AFTER_ISSUE if is_hidden(work, item, actor) else work.step_name for work in works]
    seen = [work.step_name for work in works if not is_hidden(work, item, actor)]
    return [*seen, AFTER_ISSUE] if item.state == ItemState.REPLIED else seen


def is_hidden(work: Work, item: Item | None, actor: Actor) -> bool:
    """Whether this step would tell the actor something about a rating that she must not know."""
    if item is None or actor.account in {work.assignee, work.finished_by}:
        return False
    return work.confidential in hidden_from(actor, item)


@dataclass(frozen=True, slots=True)
class Today:
    """What lights are reckoned against, read once for a page."""

    reference: ReferenceData
    now: dt.datetime

    @classmethod
    def of(cls, banli: Banli) -> Today:
        """The rules in force and the moment."""
        return cls(banli.reference(), banli.now())


def due_of(today: Today, work: Work) -> Due | None:
    """The task's date with its reckoning, against the calendar of today."""
    if work.due is None:
        return None
    due = describe(today.reference, work.due, work.due_notes, work.light, today.now, work.suspended_at)
    if work.finished_at is None:
        return due
    # What was finished while its clock stood still was in time.
    return settled(due, work.finished_at if work.suspended_at is None else min(work.finished_at, work.due))


def why(work: Work, names: dict[str, tuple[str, str]], handed: WorkAct | None = None) -> Message:
    """One line: who sent it, when, and what the diagram asks for; or who handed it over, and why."""
    if handed is not None and handed.kind == ActKind.SEND_BACK:
        name = names.get(handed.by, (handed.by, ""))[0]
        since = handed.at.astimezone(BEIJING).date()
        return say("Sent back by {name}, {day}: {remark}", name=name, day=since, remark=handed.remark)
    if handed is not None and handed.receiver == work.assignee:
        name = names.get(handed.by, (handed.by, ""))[0]
        since = handed.at.astimezone(BEIJING).date()
        return say("Handed over by {name}, {day}: {remark}", name=name, day=since, remark=handed.remark)
    asked = work.texts.get("why", work.step_name)
    day = work.opened_at.astimezone(BEIJING).date()
    if not work.sender:
        return say("Since {day}: {asked}", day=day, asked=asked)
    name, unit = names.get(work.sender, (work.sender, ""))
    if not unit:
        return say("From {name}, {day}: {asked}", name=name, day=day, asked=asked)
    return say("From {unit} {name}, {day}: {asked}", unit=unit, name=name, day=day, asked=asked)
