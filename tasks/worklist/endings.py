"""What must be known of a task when it ends, in one look under the case's lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, exists, select

from engine.statements import Cursor, Statement
from tasks.attachments.models import Attachment
from tasks.countersigning.models import Countersignature
from tasks.database import table_of
from tasks.worklist.models import TaskDraft, Work

if TYPE_CHECKING:
    from engine.views import Changes

_work, _draft = table_of(Work).c, table_of(TaskDraft).c
_file, _asked = table_of(Attachment).c, table_of(Countersignature).c
_OPEN = (_asked.task_id == _work.task_id, _asked.closed_at.is_(None))
_ENDING = Statement(
    select(
        _work.assignee,
        exists().where(_file.task_id == _work.task_id),
        exists().where(_draft.task_id == _work.task_id, _draft.account == bindparam("account")),
        exists().where(*_OPEN),
        exists().where(*_OPEN, _asked.required),
    ).where(_work.task_id == bindparam("task_id"))
)


class Ending(NamedTuple):
    """A task that ends in this command."""

    holder: str | None
    has_files: bool
    """Files were added to its form, kept or not."""
    has_draft: bool
    """The actor had typed something."""
    is_asked: bool
    """A countersignature of it is open."""
    is_required: bool
    """One that must be there before the task may be finished."""


def endings(changes: Changes) -> dict[str, Ending]:
    """Every task that this command closes, by its id."""
    cursor = Cursor(changes.connection)
    found = {
        task.id: cursor.one(_ENDING, {"task_id": task.id, "account": changes.actor or ""}) for task in changes.closed
    }
    return {task_id: Ending(*row) for task_id, row in found.items() if row is not None}
