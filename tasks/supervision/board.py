"""The board of lights, the slips and the reminders, as far as a reader may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from engine.errors import NotFound
from engine.message import say
from tasks.cases.access import readable
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units
from tasks.forms.views import Option
from tasks.register.models import Item
from tasks.supervision.inspections import KINDS, inspections
from tasks.supervision.lights import in_light
from tasks.supervision.models import Reminder, Slip, SlipItem
from tasks.supervision.reminders import records_of
from tasks.supervision.slip_records import of_unit_only, slip_records
from tasks.supervision.slips import may_supervise
from tasks.supervision.views import BoardPage, BoardRow, SlipRecord
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.rows import task_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

PAGE_SIZE = 40
_MOST = 100
LIGHTS = (Light.OVERDUE, Light.URGENT, Light.NEAR)
"""The lights that the board shows, what hurts first."""


def board(banli: Banli, actor: Actor, light: str = "", unit: str = "", page: int = 1) -> BoardPage:
    """Open tasks whose light is not green, the newest slips, what is due for the bulletin, inspections.

    Steps that tell of a rating are on no board: their dates are hidden from most of its readers.
    """
    reference, now = banli.reference(), banli.now()
    asked = [_open(actor), *([Work.unit_code == unit] if unit else [])]
    turned = {one: in_light(reference, now, one) for one in LIGHTS}
    shown = turned[Light(light)] if light in set(LIGHTS) else or_(*turned.values())
    with banli.reading() as session:
        counted = {str(one): _count(session, *asked, condition) for one, condition in turned.items()}
        found = counted[light] if light in counted else sum(counted.values())
        works = session.scalars(
            select(Work)
            .join(Item, Item.id == Work.item_id)
            .where(*asked, shown)
            .order_by(Work.due, Work.task_id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()
        rows = _rows(banli, session, actor, works)
        slips = _slips(session, actor, unit)
        bulletin = select(Reminder).join(Work, Work.task_id == Reminder.task_id).join(Item, Item.id == Work.item_id)
        named = records_of(session, bulletin.where(Reminder.kind == "bulletin", _open(actor)).limit(_MOST))
        units = [Option(one.code, one.short_name) for one in handling_units(session)]
    return BoardPage(
        rows=rows,
        page=page,
        pages=max(1, -(-found // PAGE_SIZE)),
        total=found,
        counts={**counted, "slips": len(slips), "bulletin": len(named)},
        slips=slips,
        bulletin=named,
        inspections=inspections(banli, actor),
        units=units,
        kinds=[Option(code, name) for code, name in KINDS.items()],
        may=may_supervise(actor),
    )


def slip(banli: Banli, actor: Actor, slip_id: int) -> SlipRecord:
    """One slip with those of its items that this reader may read; a unit reads its own slips only.

    Raises:
        NotFound: there is no such slip for this reader.
    """
    with banli.reading() as session:
        row = session.get(Slip, slip_id)
        if row is None or (of_unit_only(actor) and row.unit.code != actor.unit_code):
            raise NotFound(say("There is no such slip, or it is not one of yours."))
        record = slip_records(session, actor, [row])[0]
        if not record.items:
            raise NotFound(say("There is no such slip, or it is not one of yours."))
        return record


def slips_of_item(session: Session, actor: Actor, item_id: int) -> list[SlipRecord]:
    """The issued slips about one item, newest first; of a unit's reader only those to her unit."""
    rows = session.scalars(
        select(Slip)
        .join(SlipItem, SlipItem.slip_id == Slip.id)
        .join(Unit, Unit.id == Slip.unit_id)
        .where(SlipItem.item_id == item_id, Slip.number.is_not(None))
        .where(*([Unit.code == actor.unit_code] if of_unit_only(actor) else []))
        .order_by(Slip.id.desc())
    ).all()
    return slip_records(session, actor, rows)


def _open(actor: Actor) -> ColumnElement[bool]:
    return and_(IS_OPEN, Work.confidential == "", readable(actor))


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    wanted = select(func.count()).select_from(Work).join(Item, Item.id == Work.item_id).where(*conditions)
    return session.scalar(wanted) or 0


def _rows(banli: Banli, session: Session, actor: Actor, works: Sequence[Work]) -> list[BoardRow]:
    tasks = [work.task_id for work in works]
    pressed = _counted(session, Reminder.task_id.expression, Reminder.task_id.in_(tasks))
    slips = _counted(session, SlipItem.item_id.expression, SlipItem.item_id.in_([work.item_id for work in works]))
    names = {unit.code: unit.short_name for unit in session.scalars(select(Unit))}
    rows = []
    for work, row in zip(works, task_rows(banli, session, actor, works), strict=True):
        holder = " ".join(part for part in (names.get(work.unit_code or "", ""), row.assignee_name) if part)
        rows.append(
            BoardRow(row, holder, work.unit_code or "", pressed.get(work.task_id, 0), slips.get(work.item_id, 0))
        )
    return rows


def _counted(session: Session, column: ColumnElement[Any], condition: ColumnElement[bool]) -> dict[Any, int]:
    return dict(session.execute(select(column, func.count()).where(condition).group_by(column)).all())


def _slips(session: Session, actor: Actor, unit: str) -> list[SlipRecord]:
    about = select(SlipItem.slip_id).join(Item, Item.id == SlipItem.item_id).where(readable(actor))
    wanted = (
        select(Slip)
        .join(Unit, Unit.id == Slip.unit_id)
        .where(Slip.id.in_(about), *([Unit.code == unit] if unit else []))
        .options(joinedload(Slip.unit))
        .order_by(Slip.id.desc())
        .limit(_MOST)
    )
    return slip_records(session, actor, session.scalars(wanted).all())
