"""Telling people, in the transaction of what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from tasks.accounts.models import Account, RoleGrant
from tasks.deadlines.sections import settings_of
from tasks.directory.models import Unit
from tasks.notices.models import Notice
from tasks.register.models import ItemProposer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.notices.views import NoticeKind
    from tasks.register.models import Item


def notify(
    session: Session,
    accounts: Iterable[str],
    kind: NoticeKind,
    at: dt.datetime,
    item_id: int | None = None,
    **facts: Any,
) -> None:
    """Tell these people; whoever is named twice is told once.

    Args:
        session: of the transaction in which it happened.
        accounts: who is told; empty names are left out.
        kind: of what.
        at: the moment, aware.
        item_id: the case that it concerns.
        facts: what the sentence names; plain values that JSON can hold.
    """
    told = [
        {"account": account, "kind": str(kind), "item_id": item_id, "facts": facts, "at": at, "read_at": None}
        for account in sorted({account for account in accounts if account})
    ]
    if told:
        session.execute(insert(Notice), told)


def read(banli: Banli, actor: Actor, notice_id: int | None = None) -> None:
    """She has read this notice, or all of hers; doing it twice changes nothing."""
    chosen = [Notice.id == notice_id] if notice_id is not None else []
    with banli.writing() as session:
        session.execute(
            update(Notice)
            .where(Notice.account == actor.account, Notice.read_at.is_(None), *chosen)
            .values(read_at=banli.now())
        )


def receivers_of_reply(session: Session, item: Item) -> list[str]:
    """Accounts of who signed an item; of the lead proposer only where the area sends replies to her alone (P12)."""
    wanted = (
        select(Account.name)
        .join(ItemProposer, ItemProposer.person_id == Account.person_id)
        .where(ItemProposer.item_id == item.id, ~Account.disabled)
    )
    lead_only = settings_of(session, item.area_id).get("reply_to", "every") == "lead"
    return list(session.scalars(wanted.where(ItemProposer.position == 0) if lead_only else wanted))


def people_of(session: Session, unit_code: str, *roles: str) -> list[str]:
    """Accounts of a unit that hold one of these roles."""
    return list(
        session.scalars(
            select(Account.name)
            .join(RoleGrant, RoleGrant.account_id == Account.id)
            .join(Unit, Unit.id == RoleGrant.unit_id)
            .where(Unit.code == unit_code, RoleGrant.role.in_(roles), ~Account.disabled)
        )
    )
