"""The files of a case, as its reader may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.attachments.access import author_known, may_read
from tasks.attachments.models import Attachment
from tasks.attachments.service import may_remove
from tasks.attachments.views import AttachmentRow
from tasks.directory.queries import names_of
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.register.models import Item


SIGNED = "签名、盖章件"
"""What the scan of an item's signatures is called among the files."""


def named_files(session: Session, item_id: int, value: object) -> object:
    """A value of a file field as people read it: names for ids; every other value as it is."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        return value
    rows = session.execute(
        select(Attachment.id, Attachment.name).where(Attachment.item_id == item_id, Attachment.id.in_(value))
    )
    names: dict[str, str] = {row.id: row.name for row in rows}
    return "、".join(names[one] for one in value) if set(value) <= names.keys() else value


def file_names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Names of files that went in with a form, by their ids."""
    rows = session.execute(select(Attachment.id, Attachment.name).where(Attachment.id.in_(ids)))
    return dict(rows.all())


def attachments(session: Session, actor: Actor, item: Item) -> list[AttachmentRow]:
    """The newest first."""
    found = session.execute(
        select(Attachment, Work.step_name)
        .outerjoin(Work, Work.task_id == Attachment.task_id)
        .where(Attachment.item_id == item.id, Attachment.state == "kept")
        .order_by(Attachment.at.desc(), Attachment.id)
    ).all()
    readable = [(file, step) for file, step in found if may_read(actor, item, file)]
    names = names_of(session, [file.by for file, _ in readable])
    return [
        AttachmentRow(
            attachment_id=file.id,
            name=file.name,
            kind=file.kind,
            size=file.size,
            by_name=names.get(file.by, (file.by, ""))[0] if author_known(actor, item, file) else "",
            unit=names.get(file.by, ("", ""))[1],
            at=file.at,
            step_name=step or (SIGNED if file.id in item.signed_scan else ""),
            audience=file.audience,
            can_remove=may_remove(file, actor),
        )
        for file, step in readable
    ]
