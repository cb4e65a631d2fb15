"""The desk of a unit's office: sign-ins, objections, issues, publications, and who of its people has how much.

Nothing here tells of a rating: steps that would are left out by their confidentiality, not by their name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, case, func, or_, select

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
from tasks.supervision.lights import late as is_late
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.rows import Today, due_of, rows_together, task_rows
from tasks.worklist.tabs import count_by_step, first_ids, first_of, in_view
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

SIGN_IN, ISSUE, PUBLISH = "sign_in", "issue", "publish"
_RULINGS = ("endorse", "decide_objection", "leader_ruling", "consider_addition")
SHOWN = 12
"""So many lines of each kind are shown, what hurts first; the figures count them all, and the worklist has them all."""
PAGE_SIZE = 50
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
        steps = count_by_step(session, mine(actor))
        today = Today.of(banli)
        parts = {
            "sign_ins": Work.element_id == SIGN_IN,
            "issues": Work.element_id == ISSUE,
            "publications": Work.element_id == PUBLISH,
            "others": Work.element_id.not_in((SIGN_IN, ISSUE, PUBLISH)),
        }
        lists = {name: first_ids(session, and_(mine(actor), part), SHOWN) for name, part in parts.items()}
        waiting = and_(_open(unit), Work.assignee.is_(None))
        return OfficePage(
            unit=actor.unit_name,
            **rows_together(banli, session, actor, lists),
            handlers=handlers(session, unit),
            objections=_objections(session, unit, today),
            totals={
                "sign_ins": steps[SIGN_IN],
                "issues": steps[ISSUE],
                "publications": steps[PUBLISH],
                "others": steps.total() - steps[SIGN_IN] - steps[ISSUE] - steps[PUBLISH],
            },
            loads=_loads(session, unit, today),
            unclaimed=count_by_step(session, waiting).total(),
            overdue=count_by_step(session, and_(_open(unit), is_late(today.now))).total(),
        )


def person(banli: Banli, actor: Actor, account: str, page: int = 1) -> PersonPage:
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
        held = and_(_open(unit), holder)
        total = count_by_step(session, held).total()
        rows = task_rows(banli, session, actor, first_of(session, held, PAGE_SIZE, (page - 1) * PAGE_SIZE))
    return PersonPage(actor.unit_name, names.get(account, ""), rows, page, max(1, -(-total // PAGE_SIZE)), total)


def mine(actor: Actor) -> ColumnElement[bool]:
    """The tasks that the office itself has or may take."""
    taken = or_(in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE))
    return and_(IS_OPEN, taken, Work.confidential == "")


def handlers(session: Session, unit: str) -> list[Option]:
    """Whom a sign-in may name, as its own form offers them: handlers, or where there are none, the office."""
    people = people_with_role(session, unit, Role.UNIT_HANDLER) or people_with_role(session, unit, Role.UNIT_OFFICE)
    return [Option(account, name, phone) for account, name, phone in people]


def _unit(actor: Actor) -> str:
    if not may_enter(actor) or actor.unit_code is None:
        raise NotAllowed(say("This desk is for the office of a handling unit."))
    return actor.unit_code


def _open(unit: str) -> ColumnElement[bool]:
    return and_(IS_OPEN, Work.unit_code == unit, Work.confidential == "")


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
    late = func.sum(case((is_late(today.now), 1), else_=0))
    held = select(Work.assignee, func.count(), late).where(_open(unit), Work.assignee.is_not(None))
    rows = session.execute(held.group_by(Work.assignee))
    by_person = {account: (count, int(number)) for account, count, number in rows}
    loads = []
    for account, name, title in _people(session, unit):
        count, number = by_person.get(account, (0, 0))
        first = first_of(session, and_(_open(unit), Work.assignee == account), 1) if count else []
        loads.append(Load(account, name, title, count, number, due_of(today, first[0]) if first else None))
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
        select(Work).where(IS_OPEN, Work.item_id.in_(items), Work.element_id.in_(_RULINGS))
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
