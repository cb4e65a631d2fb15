"""The page of one case; the other pages of cases stand beside it and are found here too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from tasks.cases.access import OUTCOME, hidden_from, is_proposer, may_read_ratings, readable_item
from tasks.cases.acts import acts_on
from tasks.cases.chains import review_chains
from tasks.cases.diagrams import live_diagram
from tasks.cases.headers import item_header, proposer_shown, with_people
from tasks.cases.holders import holders
from tasks.cases.home import home
from tasks.cases.portal import portal, portal_item
from tasks.cases.reasons import reasons
from tasks.cases.register import case_count, ledger, register
from tasks.cases.timeline import timeline
from tasks.cases.views import CasePage
from tasks.handling import queries as records
from tasks.handling.file import case_file
from tasks.pausing.queries import lasting
from tasks.worklist.models import Work
from tasks.worklist.paper_ratings import to_key_in
from tasks.worklist.queries import in_view
from tasks.worklist.rows import task_rows
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

__all__ = ["case", "case_count", "home", "ledger", "portal", "portal_item", "register"]


def case(banli: Banli, actor: Actor, item_id: int, instance_id: str | None = None) -> CasePage:
    """Everything that the page of one case shows to this reader, with the diagram of this instance of it.

    Raises:
        NotFound: there is no such item, or it is not one that the actor may read.
    """
    with banli.reading() as session:
        item = with_people(session, readable_item(session, actor, item_id))
        rated = may_read_ratings(actor, item)
        own = is_proposer(actor, item)
        replies = records.replies(session, item.id, issued_only=own)
        mine = session.scalars(
            select(Work).where(
                or_(in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE)), Work.item_id == item.id
            )
        ).all()
        return CasePage(
            item=item_header(banli, session, actor, item),
            holders=holders(banli, session, actor, item),
            why=reasons(banli, session, actor, item),
            chains=review_chains(banli, session, actor, item),
            timeline=timeline(banli, session, actor, item),
            measures=records.measures(item, replies),
            assignments=records.assignments(session, item.id),
            consultations=records.consultations(session, item.id, photos=not own),
            opinions=[] if own else records.opinions(session, item),
            replies=replies,
            ratings=records.ratings(session, item.id) if rated else None,
            instructions=records.instructions(session, item.id),
            file=case_file(
                session, item, outcome=OUTCOME not in hidden_from(actor, item), rated=rated,
                proposer=proposer_shown(actor, item),
            ),
            acts=acts_on(session, actor, item),
            paused=None if own else lasting(session, item.id, banli.today()),
            diagram=live_diagram(banli, session, actor, item, instance_id),
            my_tasks=task_rows(banli, session, actor, mine),
            paper_ratings=to_key_in(session, actor, item.id) if rated else (),
        )
