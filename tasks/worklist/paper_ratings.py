"""Ratings that a proposer gave on paper: which wait to be keyed in, and the scans of those that were (§2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.attachments.models import Attachment
from tasks.directory.queries import names_of
from tasks.forms.views import Option
from tasks.worklist.access import RATED_BY_HERSELF, may_record
from tasks.worklist.models import IS_OPEN, Work

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor


def to_key_in(session: Session, actor: Actor, item_id: int) -> Sequence[str]:
    """The open ratings of an item that this actor may key in from paper."""
    works = session.scalars(select(Work).where(Work.item_id == item_id, IS_OPEN, Work.recorder == RATED_BY_HERSELF))
    return [work.task_id for work in works if may_record(work, actor)]


def papers_of(session: Session, item_id: int) -> dict[tuple[str, dt.datetime], tuple[str, list[Option]]]:
    """By who keyed a rating in, and when: her name and the files. Only for readers who may know ratings."""
    rows = session.execute(
        select(Work.finished_by, Work.finished_at, Attachment.id, Attachment.name)
        .outerjoin(Attachment, (Attachment.task_id == Work.task_id) & (Attachment.state == "kept"))
        .where(Work.item_id == item_id, Work.recorder == RATED_BY_HERSELF, Work.finished_at.is_not(None))
        .order_by(Attachment.at, Attachment.id)
    ).all()
    names = names_of(session, [row.finished_by for row in rows if row.finished_by])
    found: dict[tuple[str, dt.datetime], tuple[str, list[Option]]] = {}
    for by, at, file, name in rows:
        if by is None or at is None:
            continue
        _, files = found.setdefault((by, at), (names.get(by, (by, ""))[0], []))
        files += [Option(file, name)] if file is not None else []
    return found
