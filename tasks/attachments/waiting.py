"""Files of an item that is still being written: they wait for it, and go in with the transaction that registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from engine.message import say
from tasks.attachments.access import Audience
from tasks.attachments.content import AttachmentRefused
from tasks.attachments.models import Attachment
from tasks.attachments.service import new_file
from tasks.attachments.submitting import size_words
from tasks.forms.views import Option

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.attachments.views import Upload
    from tasks.bootstrap import Banli

MOST_WAITING = 50
"""Files that wait for one person's submissions; one more, and the oldest is laid aside: it was forgotten."""


def add_waiting(banli: Banli, actor: Actor, upload: Upload) -> str:
    """Keep a file for what the actor is writing; answers its id. Who reads the item later reads the file.

    Raises:
        AttachmentRefused: the file is not one that is taken.
    """
    added = new_file(banli, actor, upload, Audience.ALL, None)
    with banli.writing() as session:
        newest = select(Attachment.id).where(*_waiting(actor.account)).order_by(Attachment.at.desc(), Attachment.id)
        lay_aside(session, actor.account, session.scalars(newest.offset(MOST_WAITING - 1)).all(), added.at)
        session.add(added)
        session.flush()
        return added.id


def waiting_files(session: Session, account: str) -> list[Option]:
    """What this person may name in what she submits."""
    found = session.scalars(select(Attachment).where(*_waiting(account)).order_by(Attachment.at, Attachment.id))
    return [Option(file.id, file.name, size_words(file.size)) for file in found]


def join_item(session: Session, account: str, item_id: int, files: Collection[str]) -> None:
    """The named files become the item's, in the caller's transaction.

    Raises:
        AttachmentRefused: one of them no longer waits.
    """
    if not files:
        return
    named = set(files)
    joined = session.scalars(
        update(Attachment)
        .where(*_waiting(account), Attachment.id.in_(named))
        .values(item_id=item_id, state="kept", submitted=True)
        .returning(Attachment.id)
    ).all()
    if len(joined) != len(named):
        raise AttachmentRefused(say("One of these files has gone in with another item. Add it again."))


def lay_aside(session: Session, account: str, files: Collection[str], at: dt.datetime) -> None:
    """Take away what this person will not submit after all."""
    if files:
        session.execute(
            update(Attachment)
            .where(*_waiting(account), Attachment.id.in_(files))
            .values(state="removed", removed_by=account, removed_at=at)
        )


def _waiting(account: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Attachment.item_id.is_(None),
        Attachment.task_id.is_(None),
        Attachment.state == "draft",
        Attachment.by == account,
    )
