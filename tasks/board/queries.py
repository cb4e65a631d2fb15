"""The board in a few grouped queries: nothing is read for each case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal_column, or_, select

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import Permission
from tasks.board.views import BoardOfUnits, Cell, CellTasks, UnitLine
from tasks.cases.access import readable
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units
from tasks.handling.models import Assignment
from tasks.handling.parts import BESIDE
from tasks.register.models import Item
from tasks.supervision.lights import in_light
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.rows import task_rows
from tasks.worklist.tabs import in_order

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

STAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "sign_in": ("签收", ("sign_in", "endorse", "decide_objection", "leader_ruling", "consider_addition")),
    "consult": ("面商", ("plan", "consult", "consult_again", "visit")),
    "opinion": ("会办意见", ("opinion", "approve_opinion", "accept_opinion", "proceed")),
    "draft": ("拟写答复", ("draft",)),
    "own_review": ("单位审签", ("review",)),
    "review": ("答复审核", ("review",)),
    "issue": ("印发", ("issue",)),
    "after": ("公开、结案报告", ("publish", "closing_report", "hand_in")),
    "promises": ("跟踪承诺", ("progress", "fulfil", "sign_explanation", "confirm")),
}
"""Columns of the board: name, and the steps of the procedure that belong to it. A review is the unit's own or not."""
_STEPS = sorted({step for _, steps in STAGES.values() for step in steps})
PAGE_SIZE = 50
_WORST = (Light.OVERDUE, Light.URGENT, Light.NEAR)


def board_of_units(banli: Banli, actor: Actor, kind: str = "", *, key_only: bool = False) -> BoardOfUnits:
    """For each unit and stage how many tasks stand there, and the light of the worst one.

    Steps that tell of a rating are on no board. A review outside the unit counts where the reply comes from.
    """
    with banli.reading() as session:
        units = {unit.code: unit.short_name for unit in handling_units(session)}
        found = _standing(banli, session, _Wanted(actor, kind, key_only), _handling(session))
        returns = _returns(session, actor)
    lines = []
    for code, stages in found.items():
        if code in units:
            cells = {stage: _cell(count) for stage, count in stages.items()}
            late = sum(count[Light.OVERDUE] for count in stages.values())
            total = sum(cell.count for cell in cells.values())
            lines.append(UnitLine(code, units[code], cells, total, late, returns.get(code, 0)))
    lines.sort(key=lambda line: (-line.overdue, -line.total, line.name))
    everything = [count for stages in found.values() for count in stages.values()]
    return BoardOfUnits(
        stages=[(code, name) for code, (name, _) in STAGES.items()],
        lines=lines,
        quiet=len(units) - len(lines),
        totals={
            "open": sum(count.total() for count in everything),
            **{str(light): sum(count[light] for count in everything) for light in _WORST},
            "units": sum(line.overdue > 0 for line in lines),
        },
    )


def _standing(
    banli: Banli, session: Session, wanted: _Wanted, own: Collection[str]
) -> dict[str, dict[str, Counter[str]]]:
    """Tasks by unit, stage and light; under no unit what nobody leads.

    What a unit has itself is counted in the index of open tasks; only of what others have of its cases it is asked
    whose reply each is about.
    """
    groups = (Work.unit_code, Work.element_id, _light(banli))
    rows = session.execute(wanted.tasks(*groups, func.count()).where(Work.unit_code.in_(own)).group_by(*groups))
    found: dict[str, dict[str, Counter[str]]] = {}
    for unit, step, light, count in rows:
        found.setdefault(unit or "", {}).setdefault(_stage_of(step, own=True), Counter())[light] += count
    leads = _leads(session, wanted, own)
    for item, step, light in session.execute(wanted.tasks(Work.item_id, *groups[1:]).where(_elsewhere(own))):
        found.setdefault(leads.get(item, ""), {}).setdefault(_stage_of(step, own=False), Counter())[light] += 1
    return found


def tasks_behind(banli: Banli, actor: Actor, unit: str, stage: str = "", page: int = 1) -> CellTasks:
    """The tasks of one cell, or of a whole line, what hurts first.

    Raises:
        NotFound: no such unit or stage.
    """
    if stage and stage not in STAGES:
        raise NotFound(say("The board has no such column."))
    wanted = _Wanted(actor)
    with banli.reading() as session:
        name = session.scalar(select(Unit.short_name).where(Unit.code == unit))
        if name is None:
            raise NotFound(say("There is no unit “{code}”.", code=unit))
        behind = _behind(session, wanted, unit, stage)
        total = session.scalar(wanted.tasks(func.count()).where(behind)) or 0
        ids = session.scalars(
            wanted.tasks(Work.task_id)
            .where(behind)
            .order_by(Work.due.is_(None), Work.due, Work.task_id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()
        rows = task_rows(banli, session, actor, in_order(session, ids))
    return CellTasks(
        name, STAGES[stage][0] if stage else "", rows, total, page, max(1, -(-total // PAGE_SIZE))
    )


def _behind(session: Session, wanted: _Wanted, unit: str, stage: str) -> ColumnElement[bool]:
    """A condition on `Work`: counted with this unit, and at this stage."""
    own = _handling(session)
    leads = _leads(session, wanted, own)
    elsewhere = session.execute(wanted.tasks(Work.task_id, Work.item_id, Work.element_id).where(_elsewhere(own)))
    about = [
        task
        for task, item, step in elsewhere
        if leads.get(item) == unit and stage in ("", _stage_of(step, own=False))
    ]
    steps = [step for step in _STEPS if stage in ("", _stage_of(step, own=True))]
    hers = and_(Work.unit_code == unit, Work.element_id.in_(steps)) if unit in own else false()
    return or_(hers, Work.task_id.in_(about))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which tasks a board counts."""

    actor: Actor
    kind: str = ""
    key_only: bool = False

    def tasks(self, *columns: Any) -> Select[Any]:
        """Open tasks of the board's steps with these columns; items are looked at where a condition asks for them."""
        found = select(*columns).select_from(Work)
        found = found.where(IS_OPEN, Work.confidential == "", Work.element_id.in_(_STEPS), Work.item_id.is_not(None))
        if Permission.AREA_ITEM_READ in self.actor.permissions and not self.kind and not self.key_only:
            return found
        found = found.join(Item, Item.id == Work.item_id).where(readable(self.actor))
        if self.kind:
            found = found.where(Item.kind == self.kind)
        return found.where(Item.key.is_(True)) if self.key_only else found


def _handling(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Unit.code).where(Unit.kind == "handling")))


def _elsewhere(own: Collection[str]) -> ColumnElement[bool]:
    return or_(Work.unit_code.is_(None), Work.unit_code.not_in(own))


def _leads(session: Session, wanted: _Wanted, own: Collection[str]) -> dict[int, str]:
    """The unit whose reply each case is about that stands with somebody else: of several the first by its code."""
    items = wanted.tasks(Work.item_id).where(_elsewhere(own))
    rows = session.execute(
        select(Assignment.item_id, Assignment.role, Assignment.current, Unit.code)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id.in_(items))
    )
    found: dict[int, str] = {}
    for item, role, current, code in rows:
        if current and role not in BESIDE:
            found[item] = min(code, found.get(item, code))
    return found


def _stage_of(step: str, *, own: bool) -> str:
    """The column of a step; a review within the unit has one of its own."""
    return next(
        code for code, (_, steps) in STAGES.items() if step in steps and (own or code != "own_review")
    )


def _light(banli: Banli) -> ColumnElement[str]:
    reference, now = banli.reference(), banli.now()
    return case(
        *((in_light(reference, now, light), literal_column(f"'{light}'")) for light in _WORST),
        else_=literal_column(f"'{Light.NORMAL}'"),
    )


def _cell(counted: Counter[str]) -> Cell:
    for light in _WORST:
        if counted[light]:
            return Cell(counted.total(), light, counted[light])
    return Cell(counted.total(), Light.NORMAL, 0)


def _returns(session: Session, actor: Actor) -> dict[str, int]:
    """Returns of replies by lead unit, of all cases that count."""
    # The returned ones are found first, by their own index: said literally, else SQLite would not use it.
    returned = select(Item.id).where(readable(actor), Item.returns > literal_column("0"))
    rows = session.execute(
        select(Unit.code, func.sum(Item.returns))
        .select_from(Assignment)
        .join(Item, Item.id == Assignment.item_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.item_id.in_(returned), Assignment.current, Assignment.role.not_in(BESIDE))
        .group_by(Unit.code)
    )
    return {code: int(number or 0) for code, number in rows}
