"""Adding a file to a case or to a form, taking it away, reading it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.attachments.access import Audience, chosen, may_read
from tasks.attachments.content import MIME, AttachmentRefused, clean_name, kind_of
from tasks.attachments.models import Attachment
from tasks.attachments.storage import keep, place_of
from tasks.attachments.views import Download
from tasks.cases.access import readable_item
from tasks.cases.headers import with_people
from tasks.register.models import Item
from tasks.worklist.access import may_complete, may_record, visible_work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.attachments.views import Upload
    from tasks.bootstrap import Banli
    from tasks.worklist.models import Work

MOST_OF_A_TASK = 50
"""Files that one form may collect before it is submitted."""


def add_to_case(
    banli: Banli, actor: Actor, item_id: int, upload: Upload, *, audience: str = "", task_id: str | None = None
) -> str:
    """Keep a file with a case, or with one of its tasks; answers its id.

    Raises:
        NotFound: no such case or task for this actor.
        AttachmentRefused: the file is not one that is taken.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id) if task_id else None
        item_id = readable_item(session, actor, item_id).id
        if work is not None and work.item_id != item_id:
            raise NotFound(say("There is no such task, or it is not one of yours."))
    added = new_file(banli, actor, upload, chosen(actor, audience), work)
    added.item_id, added.state = item_id, "kept"
    return _store(banli, added)


def add_to_form(banli: Banli, actor: Actor, task_id: str, upload: Upload) -> str:
    """Keep a file for a form that is being filled in; it joins the case when the form is submitted with it.

    Raises:
        NotAllowed: the task is not the actor's to work on, or has collected too many files.
        AttachmentRefused: the file is not one that is taken.
    """
    with banli.reading() as session:
        work = visible_work(session, actor, task_id)
        if not (may_complete(work, actor) or may_record(work, actor)):
            raise NotAllowed(say("This task is not yours to work on."))
        waiting = session.query(Attachment).filter_by(task_id=task_id, state="draft").count()
    if waiting >= MOST_OF_A_TASK:
        raise AttachmentRefused(say("A task takes at most {n} files.", n=MOST_OF_A_TASK))
    usual = Audience.OFFICE if work.candidates else Audience.ALL
    return _store(banli, new_file(banli, actor, upload, usual, work))


def read(banli: Banli, actor: Actor, attachment_id: str) -> Download:
    """The file, for a reader who may have it; for others it is as good as absent."""
    with banli.reading() as session:
        attachment = readable_attachment(session, actor, attachment_id)
    return Download(attachment.name, MIME[attachment.kind], place_of(banli.settings, attachment.sha256))


def remove(banli: Banli, actor: Actor, attachment_id: str) -> Attachment:
    """Take a file away that the actor added herself; what was submitted with a form stays."""
    with banli.writing() as session:
        attachment = readable_attachment(session, actor, attachment_id)
        if not may_remove(attachment, actor):
            raise NotAllowed(say("Only who added a file can take it away, and not once it was submitted with a form."))
        attachment.state, attachment.removed_by, attachment.removed_at = "removed", actor.account, banli.now()
        return attachment


def may_remove(attachment: Attachment, actor: Actor) -> bool:
    """Whether the actor may take the file away."""
    return attachment.by == actor.account and not attachment.submitted and attachment.state != "removed"


def readable_attachment(session: Session, actor: Actor, attachment_id: str) -> Attachment:
    """The row, if the actor may read it.

    Raises:
        NotFound: it does not exist, was taken away, or is not for this actor.
    """
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or not _is_readable(session, actor, attachment):
        raise NotFound(say("There is no such file, or it is not for you."))
    return attachment


def _is_readable(session: Session, actor: Actor, attachment: Attachment) -> bool:
    if attachment.state == "removed":
        return False
    if attachment.state == "draft" or attachment.item_id is None:
        if attachment.task_id is None:  # it waits for an item that is being written
            return attachment.by == actor.account
        work = _work(session, actor, attachment.task_id)
        if work is None:
            return False
        return attachment.by == actor.account or attachment.state == "kept" or may_complete(work, actor)
    try:
        item = readable_item(session, actor, attachment.item_id)
    except NotFound:
        # Who stands in from another unit reads what belongs to the task that she does.
        item = session.get_one(Item, attachment.item_id)
        if _work(session, actor, attachment.task_id) is None:
            return False
    return may_read(actor, with_people(session, item), attachment)


def _work(session: Session, actor: Actor, task_id: str | None) -> Work | None:
    try:
        return visible_work(session, actor, task_id or "")
    except NotFound:
        return None


def new_file(banli: Banli, actor: Actor, upload: Upload, audience: Audience, work: Work | None) -> Attachment:
    """The row of a file whose content is taken and kept; not yet in the database.

    Raises:
        AttachmentRefused: the file is not one that is taken.
    """
    kind = kind_of(upload.content, upload.name)
    return Attachment(
        id=uuid.uuid4().hex,
        item_id=work.item_id if work is not None else None,
        task_id=work.task_id if work is not None else None,
        name=clean_name(upload.name, kind),
        kind=kind,
        size=len(upload.content),
        sha256=keep(banli.settings, upload.content),
        audience=audience,
        confidential=work.confidential if work is not None else "",
        unit_code=actor.unit_code or "",
        state="draft",
        submitted=False,
        by=actor.account,
        at=banli.now(),
    )


def _store(banli: Banli, attachment: Attachment) -> str:
    with banli.writing() as session:
        session.add(attachment)
        session.flush()
        return attachment.id
