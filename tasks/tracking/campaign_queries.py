"""Look-back campaigns as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.cases.access import readable
from tasks.directory.queries import names_of
from tasks.register.models import Item, ItemProposer
from tasks.tracking.models import LookBack, LookBackVisit
from tasks.tracking.queries import unit_names
from tasks.tracking.views import CampaignPage, CampaignRow, VisitRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli


def campaigns(banli: Banli, actor: Actor) -> list[CampaignRow]:
    """All campaigns, newest first, counting only the items that this actor may read."""
    with banli.reading() as session:
        rows = session.scalars(select(LookBack).order_by(LookBack.id.desc())).all()
        visits = _visits(session, actor, [row.id for row in rows])
        return [_row(session, row, [visit for visit, _ in visits if visit.campaign_id == row.id]) for row in rows]


def campaign(banli: Banli, actor: Actor, campaign_id: int) -> CampaignPage:
    """One campaign with the table of its items."""
    with banli.reading() as session:
        row = session.get(LookBack, campaign_id)
        if row is None:
            raise NotFound(say("There is no such campaign."))
        visits = _visits(session, actor, [row.id])
        return CampaignPage(
            campaign=_row(session, row, [visit for visit, _ in visits]),
            rows=[
                VisitRow(
                    item_id=item.id,
                    kind=item.kind,
                    number=item.number or "",
                    session_name=item.sitting.name,
                    title=item.title,
                    proposer=item.proposers[0].person.name if item.proposers else "",
                    unit=visit.unit.short_name,
                    class_before=visit.class_before,
                    class_now=visit.class_now,
                    verdict=visit.verdict,
                    explanation=visit.explanation,
                    reopened=bool(visit.former_instance_id),
                )
                for visit, item in visits
            ],
        )


def _visits(session: Session, actor: Actor, ids: Sequence[int]) -> list[tuple[LookBackVisit, Item]]:
    found = session.execute(
        select(LookBackVisit, Item)
        .join(Item, Item.id == LookBackVisit.item_id)
        .where(readable(actor), LookBackVisit.campaign_id.in_(list(ids)))
        .options(
            joinedload(LookBackVisit.unit),
            joinedload(Item.sitting),
            selectinload(Item.proposers).joinedload(ItemProposer.person),
        )
        .order_by(LookBackVisit.id)
    )
    return [(visit, item) for visit, item in found]


def _row(session: Session, row: LookBack, visits: Sequence[LookBackVisit]) -> CampaignRow:
    return CampaignRow(
        id=row.id,
        name=row.name,
        scope=row.scope,
        units=unit_names(session, row.units),
        due=row.due,
        total=len(visits),
        done=sum(bool(visit.verdict) for visit in visits),
        solved=sum(visit.verdict == "solved" for visit in visits),
        relapsed=sum(visit.verdict == "relapsed" for visit in visits),
        checklist=row.checklist,
        by=names_of(session, [row.by]).get(row.by, (row.by, ""))[0],
        at=row.at,
    )
