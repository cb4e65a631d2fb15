"""Files that go in with a form: kept by the very transaction that submits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from engine.statements import Cursor, Statement
from tasks.attachments.models import Attachment
from tasks.database import table_of
from tasks.forms.schema import walk
from tasks.forms.views import ComponentType, Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from engine.views import Changes
    from tasks.forms.views import Form

_file = table_of(Attachment).c
_ANY = Statement(select(_file.id).where(_file.task_id == bindparam("task_id")))
"""Whether anything was added to a task's form at all: most tasks have no files."""


def file_options(session: Session, task_id: str) -> list[Option]:
    """The files that were added to a task's form, and those that went in with it."""
    if Cursor(session.connection()).one(_ANY, {"task_id": task_id}) is None:
        return []
    found = session.scalars(
        select(Attachment)
        .where(Attachment.task_id == task_id, Attachment.state != "removed")
        .order_by(Attachment.at, Attachment.id)
    )
    return [Option(file.id, file.name, size_words(file.size)) for file in found]


def chosen_files(form: Form, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the files in a form's values."""
    keys = [one.key for one in walk(form.components) if one.type is ComponentType.FILEPICKER and one.key]
    return tuple(file for key in keys for file in values.get(key) or ())


def keep_files(changes: Changes, task_id: str, files: Iterable[str]) -> None:
    """The chosen ones join the case; the others were laid aside."""
    connection, of_task = changes.connection, (Attachment.task_id == task_id, Attachment.state == "draft")
    chosen = list(files)
    connection.execute(
        update(Attachment).where(*of_task, Attachment.id.in_(chosen)).values(state="kept", submitted=True)
    )
    connection.execute(
        update(Attachment)
        .where(*of_task)
        .values(state="removed", removed_by=changes.actor or "", removed_at=changes.at)
    )


def size_words(size: int) -> str:
    """A size as people read it."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} KB"
