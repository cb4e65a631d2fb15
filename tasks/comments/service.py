"""Writing a comment, and taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import NotFound
from engine.message import say
from tasks.attachments.access import chosen
from tasks.cases.access import readable_item
from tasks.comments.models import Comment
from tasks.forms.views import FieldError
from tasks.worklist.access import visible_work
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LONGEST = 2_000


def write(
    banli: Banli,
    actor: Actor,
    item_id: int,
    text: str,
    *,
    audience: str = "",
    task_id: str | None = None,
    request_id: str | None = None,
) -> int:
    """Write beside a case, or beside one of its tasks; answers the comment's id. Sent twice it is written once.

    Raises:
        FormInvalid: nothing was written, or too much.
        NotFound: no such case or task for this actor.
    """
    said = text.strip()
    if not said:
        raise FormInvalid([FieldError("comment", "留言", say("Write something first."))])
    if len(said) > LONGEST:
        raise FormInvalid([FieldError("comment", "留言", say("At most {n} characters.", n=LONGEST))])
    own_request = f"{actor.account}:{request_id}" if request_id else None
    with banli.writing() as session:
        item = readable_item(session, actor, item_id)
        work = visible_work(session, actor, task_id) if task_id else None
        if work is not None and work.item_id != item.id:
            raise NotFound(say("There is no such task, or it is not one of yours."))
        known = session.scalar(select(Comment.id).where(Comment.request_id == own_request)) if own_request else None
        if known is not None:
            return known
        comment = Comment(
            item_id=item.id,
            task_id=work.task_id if work is not None else None,
            text=said,
            audience=chosen(actor, audience),
            confidential=work.confidential if work is not None else "",
            unit_code=actor.unit_code or "",
            by=actor.account,
            at=banli.now(),
            request_id=own_request,
        )
        session.add(comment)
        session.flush()
        return comment.id


def remove(banli: Banli, actor: Actor, comment_id: int) -> Comment:
    """Take away what one has written oneself."""
    with banli.writing() as session:
        comment = session.get(Comment, comment_id)
        if comment is None or comment.by != actor.account:
            raise NotFound(say("There is no such comment, or it is not yours."))
        comment.removed_at = comment.removed_at or banli.now()
        return comment
