"""Look-back campaigns as pages show them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.cases.access import readable
from tasks.directory.queries import names_of
from tasks.register.models import Item, ItemProposer
from tasks.tracking.models import LookBack, LookBackVisit
from tasks.tracking.queries import PAGE_SIZE, unit_names
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
        found = _verdicts(session, actor, [row.id for row in rows])
        return [_row(session, row, found[row.id]) for row in rows]


def campaign(banli: Banli, actor: Actor, campaign_id: int, page: int | None = 1) -> CampaignPage:
    """One campaign with a page of the table of its items; None: with all of it."""
    with banli.reading() as session:
        row = session.get(LookBack, campaign_id)
        if row is None:
            raise NotFound(say("There is no such campaign."))
        verdicts = _verdicts(session, actor, [row.id])[row.id]
        total = verdicts.total()
        return CampaignPage(
            campaign=_row(session, row, verdicts),
            page=page or 1,
            pages=1 if page is None else max(1, -(-total // PAGE_SIZE)),
            total=total,
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
                for visit, item in _visits(session, actor, row.id, page)
            ],
        )


def _visits(
    session: Session, actor: Actor, campaign_id: int, page: int | None
) -> list[tuple[LookBackVisit, Item]]:
    wanted = (
        select(LookBackVisit, Item)
        .join(Item, Item.id == LookBackVisit.item_id)
        .where(readable(actor), LookBackVisit.campaign_id == campaign_id)
        .options(
            joinedload(LookBackVisit.unit),
            joinedload(Item.sitting),
            selectinload(Item.proposers).joinedload(ItemProposer.person),
        )
        .order_by(LookBackVisit.id)
    )
    if page is not None:
        wanted = wanted.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return [(visit, item) for visit, item in session.execute(wanted)]


def _verdicts(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, Counter[str]]:
    """What was found in each campaign; empty stands for what waits."""
    counted = (
        select(LookBackVisit.campaign_id, LookBackVisit.verdict, func.count())
        .join(Item, Item.id == LookBackVisit.item_id)
        .where(readable(actor), LookBackVisit.campaign_id.in_(list(ids)))
        .group_by(LookBackVisit.campaign_id, LookBackVisit.verdict)
    )
    found: dict[int, Counter[str]] = {one: Counter() for one in ids}
    for campaign_id, verdict, count in session.execute(counted):
        found[campaign_id][verdict] = count
    return found


def _row(session: Session, row: LookBack, verdicts: Counter[str]) -> CampaignRow:
    return CampaignRow(
        id=row.id,
        name=row.name,
        scope=row.scope,
        units=unit_names(session, row.units),
        due=row.due,
        total=verdicts.total(),
        done=verdicts.total() - verdicts[""],
        solved=verdicts["solved"],
        relapsed=verdicts["relapsed"],
        checklist=row.checklist,
        by=names_of(session, [row.by]).get(row.by, (row.by, ""))[0],
        at=row.at,
    )
