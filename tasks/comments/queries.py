"""What people added to a case beside its procedure, as its reader may know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.attachments.access import audiences, author_known, may_read
from tasks.attachments.queries import attachments
from tasks.cases.access import readable_item
from tasks.cases.headers import with_people
from tasks.comments.models import Comment
from tasks.comments.views import CommentRow, Remarks
from tasks.directory.queries import names_of
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.register.models import Item


def remarks(banli: Banli, actor: Actor, item_id: int) -> Remarks:
    """Comments and files of a case.

    Raises:
        NotFound: there is no such item, or it is not one that the actor may read.
    """
    with banli.reading() as session:
        item = with_people(session, readable_item(session, actor, item_id))
        return remarks_on(session, actor, item)


def remarks_on(session: Session, actor: Actor, item: Item) -> Remarks:
    """The same for an item that is at hand, with its people."""
    return Remarks(item.id, _comments(session, actor, item), attachments(session, actor, item), audiences(actor))


def _comments(session: Session, actor: Actor, item: Item) -> list[CommentRow]:
    found = session.execute(
        select(Comment, Work.step_name)
        .outerjoin(Work, Work.task_id == Comment.task_id)
        .where(Comment.item_id == item.id, Comment.removed_at.is_(None))
        .order_by(Comment.at.desc(), Comment.id.desc())
    ).all()
    readable = [(comment, step) for comment, step in found if may_read(actor, item, comment)]
    names = names_of(session, [comment.by for comment, _ in readable])
    return [
        CommentRow(
            comment_id=comment.id,
            text=comment.text,
            by_name=names.get(comment.by, (comment.by, ""))[0] if author_known(actor, item, comment) else "",
            unit=names.get(comment.by, ("", ""))[1],
            at=comment.at,
            step_name=step or "",
            audience=comment.audience,
            can_remove=comment.by == actor.account,
        )
        for comment, step in readable
    ]
