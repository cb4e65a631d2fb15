"""The bell and its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.message import Message
from tasks.cases.access import readable
from tasks.notices.models import Notice
from tasks.notices.views import SENTENCES, NoticeKind, NoticePage, NoticeRow
from tasks.register.models import Item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

MOST = 100


def unread(banli: Banli, actor: Actor) -> int:
    """How many notices she has not read."""
    with banli.reading() as session:
        return _unread(session, actor)


def notices(banli: Banli, actor: Actor) -> NoticePage:
    """Her newest notices; of a case that she may not read any more only the sentence is left."""
    with banli.reading() as session:
        rows = session.scalars(
            select(Notice).where(Notice.account == actor.account).order_by(Notice.id.desc()).limit(MOST)
        ).all()
        concerned = {row.item_id for row in rows if row.item_id is not None}
        titles = dict(session.execute(select(Item.id, Item.title).where(Item.id.in_(concerned), readable(actor))).all())
        return NoticePage([_row(row, titles) for row in rows], _unread(session, actor))


def _row(row: Notice, titles: dict[int, str]) -> NoticeRow:
    kind = NoticeKind(row.kind)
    known = row.item_id if row.item_id in titles else None
    return NoticeRow(
        notice_id=row.id,
        kind=kind,
        sentence=Message(SENTENCES[kind].template, row.facts),
        item_id=known,
        title=titles[known] if known is not None else "",
        request_id=row.facts.get("request_id"),
        at=row.at,
        read=row.read_at is not None,
    )


def _unread(session: Session, actor: Actor) -> int:
    wanted = select(func.count()).select_from(Notice)
    return session.scalar(wanted.where(Notice.account == actor.account, Notice.read_at.is_(None))) or 0
