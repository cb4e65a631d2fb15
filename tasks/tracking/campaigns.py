"""Look-back campaigns: which closed items are visited again, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.cases.access import readable
from tasks.cases.views import ItemState
from tasks.deadlines.functions import day_end
from tasks.directory.models import Sitting, Term, Unit
from tasks.forms.views import FieldError
from tasks.handling.models import Reply
from tasks.register.intake import case_variables
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.models import LookBack, LookBackVisit
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

PROCESS = "look_back"
SCOPES = ("year", "term")
_ORGANISERS = (Role.HUB_OFFICER, Role.NPC_REVIEWER, Role.CPPCC_REVIEWER)


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a campaign asks."""

    name: str
    scope: str
    """`year`: items closed this year; `term`: items of the current terms."""
    units: Sequence[str]
    """Codes of the units it asks; empty: all."""
    due: dt.date | None
    checklist: str


def may_organise(actor: Actor) -> bool:
    """The hub's and the committees' desks run campaigns."""
    return organiser_of(actor) is not None


def organiser_of(actor: Actor) -> str | None:
    """The group that confirms what units find; None for who runs no campaigns."""
    return next((group for role in _ORGANISERS for group in sorted(actor.groups) if group.endswith(f":{role}")), None)


def open_campaign(banli: Banli, actor: Actor, new: NewCampaign) -> int:
    """Begin a campaign: one task for each unit of each closed item; answers its id.

    Raises:
        FormInvalid: a field must be corrected, or nothing is in its scope.
        NotAllowed: only the hub and the committees run campaigns.
    """
    organiser = organiser_of(actor)
    if organiser is None:
        raise NotAllowed(say("Only the hub and the committees run look-back campaigns."))
    _refuse_errors(_errors(banli, new))
    with banli.writing() as session:
        found = _in_scope(banli, session, actor, new)
        if not found:
            _refuse_errors([FieldError("scope", "范围", say("No closed item is in this scope."))])
        row = LookBack(
            name=new.name.strip(), scope=new.scope, units=list(new.units), checklist=new.checklist.strip(),
            due=new.due, by=actor.account, at=banli.now(),
            visits=[
                LookBackVisit(item_id=item, unit_id=unit, class_before=letter) for item, unit, letter in found
            ],
        )  # fmt: skip
        session.add(row)
        session.flush()
        campaign = row.id
    start_visits(banli, campaign, organiser, actor.account)
    return campaign


def start_visits(banli: Banli, campaign_id: int, organiser: str, actor: str | None) -> None:
    """Start the process of every line; a line that has one already keeps it."""
    with banli.reading() as session:
        campaign = session.get_one(LookBack, campaign_id)
        starts = []
        for visit in campaign.visits:
            item = session.get_one(Item, visit.item_id)
            starts.append(
                (
                    visit.id,
                    item.id,
                    {
                        **case_variables(session, item),
                        "filed": True,
                        "visit": visit.id,
                        "unit": visit.unit.code,
                        "campaign": campaign.name,
                        "organiser": organiser,
                        "look_back_due": day_end(banli.reference(), campaign.due),
                        "round": item.round,
                    },
                )
            )
    for visit_id, item_id, variables in starts:
        banli.engine.start(
            PROCESS, variables, business_key=str(item_id), request_id=f"look_back:{visit_id}", actor=actor
        )


def _errors(banli: Banli, new: NewCampaign) -> list[FieldError]:
    errors = []
    if not new.name.strip():
        errors.append(FieldError("name", "名称", say("Name the campaign.")))
    if new.scope not in SCOPES:
        errors.append(FieldError("scope", "范围", say("Choose the scope.")))
    if new.due is None or new.due <= banli.today():
        errors.append(FieldError("due", "完成时间", say("The units need a date after today.")))
    return errors


def _refuse_errors(errors: Sequence[FieldError]) -> None:
    if errors:
        raise FormInvalid(tuple(errors))


def _in_scope(banli: Banli, session: Session, actor: Actor, new: NewCampaign) -> list[tuple[int, int, str]]:
    """Closed items with the units that replied, and the class of each reply."""
    newest = (
        select(func.max(Reply.id))
        .where(Reply.state == "issued")
        .group_by(Reply.item_id, Reply.unit_id)
        .scalar_subquery()
    )
    wanted = (
        select(Item.id, Reply.unit_id, Reply.result_class)
        .join(Reply, and_(Reply.item_id == Item.id, Reply.id.in_(newest)))
        .where(readable(actor), Item.state == ItemState.CLOSED)
        .order_by(Item.id, Reply.unit_id)
    )
    if new.units:
        wanted = wanted.join(Unit, Unit.id == Reply.unit_id).where(Unit.code.in_(list(new.units)))
    if new.scope == "year":
        begun = dt.datetime(banli.today().year, 1, 1, tzinfo=BEIJING)
        wanted = wanted.where(Item.closed_at >= begun)
    else:  # the newest term of each body: congress and CPPCC change at different times
        newest_terms = select(func.max(Term.id)).group_by(Term.body)
        wanted = wanted.join(Sitting, Sitting.id == Item.sitting_id).where(Sitting.term_id.in_(newest_terms))
    return [(item, unit, letter) for item, unit, letter in session.execute(wanted).all()]
