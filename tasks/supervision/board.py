"""The board of lights, the slips and the reminders, as far as a reader may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable, readable_item
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import handling_units, names_of, unit_of_kind
from tasks.forms.views import Option
from tasks.register.models import Item
from tasks.supervision.inspections import KINDS, inspections
from tasks.supervision.lights import in_light
from tasks.supervision.models import Reminder, Slip
from tasks.supervision.reminders import records_of
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
    """One slip, for who may read its item; a unit reads its own slips only.

    Raises:
        NotFound: there is no such slip for this reader.
    """
    with banli.reading() as session:
        row = session.get(Slip, slip_id)
        if row is None or (_of_unit_only(actor) and row.unit.code != actor.unit_code):
            raise NotFound(say("There is no such slip, or it is not one of yours."))
        readable_item(session, actor, row.item_id)
        return _records(session, [row])[0]


def slips_of_item(session: Session, item_id: int) -> list[SlipRecord]:
    """The issued slips about one item, newest first."""
    rows = session.scalars(
        select(Slip).where(Slip.item_id == item_id, Slip.number.is_not(None)).order_by(Slip.id.desc())
    ).all()
    return _records(session, rows)


def _of_unit_only(actor: Actor) -> bool:
    return not actor.permissions & {Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ}


def _open(actor: Actor) -> ColumnElement[bool]:
    return and_(IS_OPEN, Work.confidential == "", readable(actor))


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    wanted = select(func.count()).select_from(Work).join(Item, Item.id == Work.item_id).where(*conditions)
    return session.scalar(wanted) or 0


def _rows(banli: Banli, session: Session, actor: Actor, works: Sequence[Work]) -> list[BoardRow]:
    tasks = [work.task_id for work in works]
    pressed = _counted(session, Reminder.task_id.expression, Reminder.task_id.in_(tasks))
    slips = _counted(session, Slip.item_id.expression, Slip.item_id.in_([work.item_id for work in works]))
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
    wanted = (
        select(Slip)
        .join(Item, Item.id == Slip.item_id)
        .join(Unit, Unit.id == Slip.unit_id)
        .where(readable(actor), *([Unit.code == unit] if unit else []))
        .options(joinedload(Slip.unit))
        .order_by(Slip.id.desc())
        .limit(_MOST)
    )
    return _records(session, session.scalars(wanted).all())


def _records(session: Session, rows: Sequence[Slip]) -> list[SlipRecord]:
    items = {
        item.id: item
        for item in session.scalars(
            select(Item).where(Item.id.in_([row.item_id for row in rows])).options(joinedload(Item.sitting))
        )
    }
    names = names_of(session, [one for row in rows for one in (row.by, row.signer, row.explained_by, row.judged_by)])
    hub = unit_of_kind(session, "hub").name
    return [
        SlipRecord(
            id=row.id,
            item_id=row.item_id,
            kind=items[row.item_id].kind,
            item_number=items[row.item_id].number or "",
            title=items[row.item_id].title,
            session_name=items[row.item_id].sitting.name,
            unit_code=row.unit.code,
            unit=row.unit.short_name,
            unit_full_name=row.unit.name,
            hub=hub,
            level=row.level,
            number=row.number or "",
            state=row.state,
            problem=row.problem,
            requirement=row.requirement,
            reply_by=row.reply_by,
            issued_on=row.issued_on,
            signer=names.get(row.signer, ("", ""))[0],
            previous=_before(session, row),
            explanation=row.explanation,
            promised_on=row.promised_on,
            explained_by=names.get(row.explained_by, ("", ""))[0],
            explained_at=row.explained_at,
            judgement=row.judgement,
            judged_by=names.get(row.judged_by, ("", ""))[0],
            by=names.get(row.by, ("", ""))[0],
            rule=row.rule,
            at=row.at,
        )
        for row in rows
    ]


def _before(session: Session, row: Slip) -> list[str]:
    numbers = []
    former = session.get(Slip, row.previous_id) if row.previous_id is not None else None
    while former is not None:
        if former.number:
            numbers.append(former.number)
        former = session.get(Slip, former.previous_id) if former.previous_id is not None else None
    return numbers
