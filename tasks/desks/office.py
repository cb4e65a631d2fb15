"""The desk of a unit's office: sign-ins, objections, issues, publications, and who of its people has how much.

Nothing here tells of a rating: steps that would are left out by their confidentiality, not by their name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, or_, select

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account
from tasks.accounts.permissions import Role
from tasks.desks.office_views import Load, Objection, OfficePage, PersonPage
from tasks.directory.models import Person, Unit
from tasks.directory.queries import people_with_role
from tasks.forms.views import Option
from tasks.handling.adjustment_records import asked_text
from tasks.handling.models import Adjustment, Assignment
from tasks.register.models import Item
from tasks.worklist.models import Work
from tasks.worklist.queries import in_view
from tasks.worklist.rows import Today, due_of, task_rows
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

SIGN_IN, ISSUE, PUBLISH = "sign_in", "issue", "publish"
_RULINGS = ("endorse", "decide_objection", "leader_ruling", "consider_addition")
NOBODY = "-"
"""In an address: the tasks that nobody of the unit has taken yet."""


def may_enter(actor: Actor) -> bool:
    """Whether this desk is the actor's: she works in the office of a unit."""
    return Role.UNIT_OFFICE in actor.roles and actor.unit_code is not None


def office(banli: Banli, actor: Actor) -> OfficePage:
    """Everything that the office must do today, what hurts first.

    Raises:
        NotAllowed: the desk is a unit office's.
    """
    unit = _unit(actor)
    with banli.reading() as session:
        works = session.scalars(
            select(Work).where(mine(actor)).order_by(Work.due.is_(None), Work.due, Work.opened_at)
        ).all()
        rows = task_rows(banli, session, actor, works)
        today = Today.of(banli)
        return OfficePage(
            unit=actor.unit_name,
            sign_ins=[row for row in rows if row.step == SIGN_IN],
            handlers=handlers(session, unit),
            objections=_objections(session, unit, today),
            issues=[row for row in rows if row.step == ISSUE],
            publications=[row for row in rows if row.step == PUBLISH],
            others=[row for row in rows if row.step not in (SIGN_IN, ISSUE, PUBLISH)],
            loads=_loads(session, unit, today),
            unclaimed=len(_open(session, unit, Work.assignee.is_(None))),
            overdue=len(_open(session, unit, Work.due < today.now)),
        )


def person(banli: Banli, actor: Actor, account: str) -> PersonPage:
    """What one of the unit's people has in hand; for `NOBODY` what nobody has taken yet.

    Raises:
        NotAllowed: the desk is a unit office's.
        NotFound: there is nobody of that name in the unit.
    """
    unit = _unit(actor)
    with banli.reading() as session:
        names = {found: name for found, name, _ in _people(session, unit)}
        if account != NOBODY and account not in names:
            raise NotFound(say("There is nobody of that name in your unit."))
        holder = Work.assignee.is_(None) if account == NOBODY else Work.assignee == account
        rows = task_rows(banli, session, actor, _open(session, unit, holder))
    return PersonPage(actor.unit_name, names.get(account, ""), rows)


def mine(actor: Actor) -> ColumnElement[bool]:
    """The tasks that the office itself has or may take."""
    taken = or_(in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE))
    return and_(taken, Work.confidential == "")


def handlers(session: Session, unit: str) -> list[Option]:
    """Whom a sign-in may name, as its own form offers them: handlers, or where there are none, the office."""
    people = people_with_role(session, unit, Role.UNIT_HANDLER) or people_with_role(session, unit, Role.UNIT_OFFICE)
    return [Option(account, name, phone) for account, name, phone in people]


def _unit(actor: Actor) -> str:
    if not may_enter(actor) or actor.unit_code is None:
        raise NotAllowed(say("This desk is for the office of a handling unit."))
    return actor.unit_code


def _open(session: Session, unit: str, *more: ColumnElement[bool]) -> Sequence[Work]:
    wanted = select(Work).where(Work.state == "open", Work.unit_code == unit, Work.confidential == "", *more)
    return session.scalars(wanted.order_by(Work.due.is_(None), Work.due, Work.opened_at)).all()


def _people(session: Session, unit: str) -> list[tuple[str, str, str]]:
    found = session.execute(
        select(Account.name, Person.name, Person.title)
        .join(Person, Person.id == Account.person_id)
        .join(Unit, Unit.id == Account.unit_id)
        .where(Unit.code == unit, ~Account.disabled)
        .order_by(Account.id)
    )
    return [(account, name, title) for account, name, title in found]


def _loads(session: Session, unit: str, today: Today) -> list[Load]:
    by_person: dict[str, list[Work]] = {}
    for work in _open(session, unit, Work.assignee.is_not(None)):
        by_person.setdefault(work.assignee or "", []).append(work)
    loads = []
    for account, name, title in _people(session, unit):
        works = by_person.get(account, [])
        late = sum(work.due is not None and work.due < today.now for work in works)
        loads.append(Load(account, name, title, len(works), late, due_of(today, works[0]) if works else None))
    return sorted(loads, key=lambda load: (-load.overdue, -load.open))


def _objections(session: Session, unit: str, today: Today) -> list[Objection]:
    found = session.execute(
        select(Adjustment, Item)
        .join(Assignment, Assignment.id == Adjustment.assignment_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .join(Item, Item.id == Adjustment.item_id)
        .where(Unit.code == unit, Adjustment.verdict == "")
        .order_by(Adjustment.at)
    ).all()
    waiting = _rulings(session, [item.id for _, item in found])
    return [_objection(session, asked, item, waiting.get(item.id), today) for asked, item in found]


def _rulings(session: Session, items: Sequence[int]) -> dict[int, Work]:
    works = session.scalars(
        select(Work).where(Work.state == "open", Work.item_id.in_(items), Work.element_id.in_(_RULINGS))
    )
    return {work.item_id: work for work in works if work.item_id is not None}


def _objection(session: Session, asked: Adjustment, item: Item, work: Work | None, today: Today) -> Objection:
    return Objection(
        item_id=item.id,
        kind=item.kind,
        number=item.number or "",
        title=item.title,
        asked=asked_text(session, asked),
        at=asked.at,
        decides=work.step_name if work is not None else "",
        due=due_of(today, work) if work is not None else None,
    )
