"""The board in a few grouped queries: nothing is read for each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, case, func, literal, literal_column, select

from engine.errors import NotFound
from engine.message import say
from tasks.board.views import BoardOfUnits, Cell, CellTasks, UnitLine
from tasks.cases.access import readable
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units
from tasks.handling.models import Assignment
from tasks.handling.parts import BESIDE
from tasks.register.models import Item
from tasks.supervision.lights import in_light
from tasks.worklist.models import Work
from tasks.worklist.rows import task_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

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
PAGE_SIZE = 50
_WORST = (Light.OVERDUE, Light.URGENT, Light.NEAR)


def board_of_units(banli: Banli, actor: Actor, kind: str = "", *, key_only: bool = False) -> BoardOfUnits:
    """For each unit and stage how many tasks stand there, and the light of the worst one.

    Steps that tell of a rating are on no board. A review outside the unit counts where the reply comes from.
    """
    reference, now = banli.reference(), banli.now()
    owner, stage = _owner(), _stage()
    lights = [func.sum(case((in_light(reference, now, light), 1), else_=0)) for light in _WORST]
    with banli.reading() as session:
        units = {unit.code: unit.short_name for unit in handling_units(session)}
        found = session.execute(
            select(owner, stage, func.count(), *lights)
            .select_from(Work)
            .join(Item, Item.id == Work.item_id)
            .where(*_counted(actor, kind, key_only=key_only), stage.is_not(None))
            .group_by(owner, stage)
        ).all()
        returns = _returns(session, actor)
    cells: dict[str, dict[str, Cell]] = {}
    worst: dict[str, int] = {}
    for code, name, count, *burning in found:
        if code not in units:
            continue
        cells.setdefault(code, {})[name] = _cell(count, burning)
        worst[code] = worst.get(code, 0) + int(burning[0] or 0)
    lines = [
        UnitLine(
            code, units[code], cells[code], sum(cell.count for cell in cells[code].values()), worst[code],
            returns.get(code, 0),
        )
        for code in cells
    ]  # fmt: skip
    lines.sort(key=lambda line: (-line.overdue, -line.total, line.name))
    sums = [sum(int(row[3 + index] or 0) for row in found) for index in range(3)]
    return BoardOfUnits(
        stages=[(code, name) for code, (name, _) in STAGES.items()],
        lines=lines,
        quiet=len(units) - len(lines),
        totals={
            "open": sum(row[2] for row in found),
            "overdue": sums[0],
            "urgent": sums[1],
            "near": sums[2],
            "units": sum(line.overdue > 0 for line in lines),
        },
    )


def tasks_behind(banli: Banli, actor: Actor, unit: str, stage: str = "", page: int = 1) -> CellTasks:
    """The tasks of one cell, or of a whole line, what hurts first.

    Raises:
        NotFound: no such unit or stage.
    """
    if stage and stage not in STAGES:
        raise NotFound(say("The board has no such column."))
    conditions = [*_counted(actor, "", key_only=False), _owner() == unit]
    conditions.append(_stage() == stage if stage else _stage().is_not(None))
    with banli.reading() as session:
        name = session.scalar(select(Unit.short_name).where(Unit.code == unit))
        if name is None:
            raise NotFound(say("There is no unit “{code}”.", code=unit))
        wanted = select(Work).join(Item, Item.id == Work.item_id).where(*conditions)
        total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        works = session.scalars(
            wanted.order_by(Work.due.is_(None), Work.due, Work.task_id).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
        ).all()
        rows = task_rows(banli, session, actor, works)
    return CellTasks(
        name, STAGES[stage][0] if stage else "", rows, total, page, max(1, -(-total // PAGE_SIZE))
    )


def _counted(actor: Actor, kind: str, *, key_only: bool) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Work.state == "open", Work.confidential == "", readable(actor)]
    if kind:
        conditions.append(Item.kind == kind)
    if key_only:
        conditions.append(Item.key.is_(True))
    return conditions


def _owner() -> ColumnElement[str]:
    """The unit that a task is counted with: its own, or the one whose reply it is about."""
    own = select(Unit.code).where(Unit.code == Work.unit_code, Unit.kind == "handling").scalar_subquery()
    leads = (
        select(func.min(Unit.code))
        .join(Assignment, Assignment.unit_id == Unit.id)
        .where(Assignment.item_id == Work.item_id, Assignment.current, Assignment.role.not_in(BESIDE))
        .scalar_subquery()
    )
    return func.coalesce(own, leads)


def _stage() -> ColumnElement[str]:
    handling = select(Unit.code).where(Unit.kind == "handling")
    whens: list[tuple[ColumnElement[bool], ColumnElement[str]]] = []
    for code, (_, steps) in STAGES.items():
        condition: ColumnElement[bool] = Work.element_id.in_(steps)
        if code == "own_review":
            condition = and_(condition, Work.unit_code.in_(handling))
        whens.append((condition, literal(code)))
    return case(*whens, else_=None)


def _cell(count: int, burning: Sequence[int | None]) -> Cell:
    for light, number in zip(_WORST, burning, strict=True):
        if number:
            return Cell(count, light, int(number))
    return Cell(count, Light.NORMAL, 0)


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
