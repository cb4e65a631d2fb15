"""The observer that keeps the worklist: it writes rows inside the command that opens or closes a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, insert, or_, select, update

from engine.errors import Conflict
from engine.message import say
from engine.statements import Cursor, Insertion, Statement
from tasks.accounts.errors import NotAllowed
from tasks.attachments.submitting import keep_files
from tasks.countersigning.waiting import STILL_OPEN, settle
from tasks.database import table_of
from tasks.pausing.models import ClockPause
from tasks.pausing.steps import is_clocked
from tasks.worklist.acts import (
    ActKind,
    being_done,
    drop_draft,
    keep,
    keep_hand_over,
    keep_return,
    keep_withdrawal,
    refuse_when_overtaken,
    refuse_when_touched,
)
from tasks.worklist.endings import Ending, endings
from tasks.worklist.models import CaseHand, Work, WorkGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.views import Changes, UserTask

ITEM = "item"

RULE_STAGES = {"P10": "rehandling"}
"""A rule that has thresholds of its own, whatever the step's header says."""

FINISHING = frozenset({ActKind.COMPLETE, ActKind.SEND_BACK, ActKind.STAND_IN, ActKind.RECORD})
"""Acts that end the task which they name; it must still be with whom the actor saw it."""

TEXTS = ("why", "next", "next_detail", "return_to", "phase")
"""What a diagram tells people of a step: as a task header, or as an input mapping where it must be computed."""


def project(changes: Changes) -> None:
    """Bring the rows of this case's tasks up to what the command did."""
    if subject_of(changes.business_key) is None:
        return
    act = being_done()
    withdrawing = act if act is not None and act.kind is ActKind.WITHDRAW and changes.command == "move" else None
    if withdrawing is not None:
        refuse_when_touched(changes)
    ended = endings(changes)
    if act is not None and act.kind in FINISHING and act.task_id in {task.id for task in changes.closed}:
        ending = ended.get(act.task_id, _UNKNOWN)
        refuse_when_overtaken(act, ending.holder, changes)
        if act.kind is not ActKind.SEND_BACK:
            if ending.is_required:
                raise NotAllowed(STILL_OPEN)
            if ending.has_files:
                keep_files(changes, act.task_id, act.files)
            if ending.has_draft:
                drop_draft(act, changes)
        if act.kind in (ActKind.STAND_IN, ActKind.RECORD):
            keep(act, changes)
    asked = [task_id for task_id, ending in ended.items() if ending.is_asked]
    if asked:
        settle(changes, asked)
    _write(changes)
    for task in changes.updated:
        _update(task, changes)
    if withdrawing is not None:
        keep_withdrawal(withdrawing, changes)
    elif act is not None and act.kind is ActKind.SEND_BACK:
        keep_return(act, changes)


_WORK, _GROUPS, _HANDS = table_of(Work), table_of(WorkGroup), table_of(CaseHand)
_PAUSES = table_of(ClockPause)
_OPENED = (
    "task_id", "item_id", "subject_kind", "subject_key", "subject", "root_id", "element_id", "step_name", "form_id",
    "recorder", "state", "assignee", "candidates", "unit_code", "due", "due_notes", "light", "texts", "confidential",
    "sender", "opened_at",
)  # fmt: skip


def _suspended(parameter: Callable[[str], Any]) -> dict[str, Any]:
    """A step that opens while the clock of its case is paused begins with a clock that stands still."""
    paused = select(_PAUSES.c.at).where(_PAUSES.c.item_id == parameter("clocked_item"), _PAUSES.c.ended_at.is_(None))
    return {"suspended_at": paused.scalar_subquery()}


_INSERT_WORK = Insertion(_WORK, _OPENED, typed=True, computed=_suspended)
_INSERT_GROUP = Insertion(_GROUPS)
_DELETE_GROUPS = Statement(delete(_GROUPS).where(_GROUPS.c.task_id == bindparam("of_task")))
_CLOSE = Statement(
    update(_WORK)
    .where(_WORK.c.task_id == bindparam("of_task"))
    .values(
        state=bindparam("new_state"), finished_at=bindparam("new_finished_at"), finished_by=bindparam("new_finished_by")
    ),
    typed=True,
)
_ADD_HAND = Statement(
    insert(_HANDS).from_select(
        ["account", "root_id"],
        select(bindparam("by", type_=_HANDS.c.account.type), bindparam("of_root", type_=_HANDS.c.root_id.type)).where(
            ~exists().where(_HANDS.c.account == bindparam("by"), _HANDS.c.root_id == bindparam("of_root"))
        ),
    )
)
_DELETE_HANDS = Statement(delete(_HANDS).where(_HANDS.c.root_id == bindparam("of_root")))
_UNKNOWN = Ending(None, has_files=False, has_draft=False, is_asked=False, is_required=False)


def _write(changes: Changes) -> None:
    """Close what is over, so that nobody may claim it any more, and add what was opened."""
    over = [
        {
            "of_task": closed.id,
            "new_state": "completed" if closed.state == "completed" else "cancelled",
            "new_finished_at": changes.at,
            "new_finished_by": closed.by,
        }
        for closed in changes.closed
    ]
    groups = [
        {"task_id": task.id, "name": group}
        for task in changes.opened
        for group in dict.fromkeys(task.candidate_groups)
    ]
    hands = {row["new_finished_by"] for row in over if row["new_state"] == "completed" and row["new_finished_by"]}
    is_over = any(instance.id == changes.root_id for instance in changes.ended)
    cursor = Cursor(changes.connection)
    with cursor.together():
        cursor.run_many(_CLOSE, over)
        cursor.run_many(_DELETE_GROUPS, [{"of_task": row["of_task"]} for row in over])
        cursor.insert_many(_INSERT_WORK, [_row(task, changes) for task in changes.opened])
        cursor.insert_many(_INSERT_GROUP, groups)
        if is_over:
            cursor.run(_DELETE_HANDS, {"of_root": changes.root_id})
        else:
            cursor.run_many(_ADD_HAND, [{"by": account, "of_root": changes.root_id} for account in sorted(hands)])


def subject_of(business_key: str | None) -> tuple[str, str] | None:
    """What a case is about by its business key: `("item", "17")`, `("evaluation", "2026:zjj")`, or nothing of ours."""
    key = business_key or ""
    if key.isdigit():
        return ITEM, key
    kind, colon, rest = key.partition(":")
    return (kind, rest) if kind and colon and rest else None


def _update(task: UserTask, changes: Changes) -> None:
    # Two people may claim at once: the second finds the first one's name, not an empty place.
    # A leader takes it from the person whom she saw it with, and from nobody else.
    act = being_done()
    handing = act if act is not None and act.task_id == task.id else None
    owner = changes.actor if handing is None else handing.holder
    free = or_(Work.assignee.is_(None), Work.assignee == task.assignee, Work.assignee == owner)
    changed = changes.connection.execute(
        update(Work)
        .where(Work.task_id == task.id, free)
        .values(assignee=task.assignee, due=task.due, due_notes=reckonings(task))
    )
    if changed.rowcount == 0:
        holder = changes.connection.execute(select(Work.assignee).where(Work.task_id == task.id)).scalar()
        raise Conflict(say("{who} has claimed this task already.", who=holder), by=holder)
    if handing is not None and handing.kind is ActKind.HAND_OVER:
        keep_hand_over(handing, changes)
    elif handing is not None and handing.kind is ActKind.STAND_IN:
        keep(handing, changes)


def reckonings(task: UserTask) -> list[dict[str, Any]]:
    """What the functions in the due date's expression noted, in the order they were called."""
    return [note for step in task.due_notes for note in step.get("notes", ())]


def _row(task: UserTask, changes: Changes) -> dict[str, Any]:
    first_group = task.candidate_groups[0] if task.candidate_groups else None
    notes = reckonings(task)
    rules = [note.get("rule") for note in notes]
    stage = next((RULE_STAGES[rule] for rule in rules if rule in RULE_STAGES), None)
    told = {**task.headers, **task.inputs}
    recorder = str(told.get("recorder") or "")
    texts = {name: str(told[name]) for name in TEXTS if told.get(name)}
    clocked = task.due is not None and is_clocked(recorder, texts, notes)
    done = [closed.id for closed in changes.closed if closed.state == "completed"]
    kind, key = subject_of(task.business_key or changes.business_key) or (ITEM, "0")
    return {
        "task_id": task.id,
        "item_id": int(key) if kind == ITEM else None,
        "subject_kind": kind,
        "subject_key": "" if kind == ITEM else key,
        "subject": str(told.get("subject") or ""),
        "root_id": task.root_id,
        "element_id": task.element_id,
        "step_name": task.name,
        "form_id": task.form_id,
        "recorder": recorder,
        "state": "open",
        "assignee": task.assignee,
        "candidates": list(dict.fromkeys(task.candidate_groups)),
        "unit_code": first_group.split(":", 1)[0] if first_group else None,
        "due": task.due,
        "due_notes": notes,
        "light": stage or task.headers.get("light") or "default",
        "texts": {**texts, "follows": done[0]} if done else texts,
        "confidential": task.headers.get("confidential", ""),
        "clocked_item": int(key) if clocked and kind == ITEM else None,
        "sender": changes.actor or "",
        "opened_at": task.created,
    }
