"""Who gets a copy of a reply (抄送; handbook §3.2, step 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.directory.models import Membership, Term, Unit
from tasks.directory.queries import BODY_OF_KIND, COMMITTEE_OF_KIND, unit_of_kind
from tasks.register.models import ItemProposer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


def usual_receivers(session: Session, kind: str, facts: Mapping[str, Any]) -> list[str]:
    """Committee, hub and co-handling units by their names."""
    body, _ = COMMITTEE_OF_KIND[kind]
    codes = [unit_of_kind(session, body).code, unit_of_kind(session, "hub").code, *(facts.get("co_units") or [])]
    rows = session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes)))
    names: dict[str, str] = dict(rows.all())
    return [names[code] for code in dict.fromkeys(codes) if code in names]


def receivers(session: Session, item_id: int | None, kind: str, facts: Mapping[str, Any]) -> list[str]:
    """Everybody who may get one: the usual ones, and the unit that elected the lead proposer (Zhejiang)."""
    electing = session.scalars(
        select(Membership.delegation)
        .join(Term, Term.id == Membership.term_id)
        .join(ItemProposer, ItemProposer.person_id == Membership.person_id)
        .where(ItemProposer.item_id == item_id, ItemProposer.position == 0, Term.body == BODY_OF_KIND[kind])
        .order_by(Term.ordinal.desc())
        .limit(1)
    ).all()
    return list(dict.fromkeys([*usual_receivers(session, kind, facts), *(name for name in electing if name)]))
