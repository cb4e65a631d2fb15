"""Supervision on the spot, by telephone, announced or not: findings become rectifications (handbook §3.2b)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable, readable_item
from tasks.directory.queries import unit_by_code
from tasks.forms.views import FieldError
from tasks.register.models import Item
from tasks.supervision.models import Inspection, Rectification
from tasks.supervision.slips import may_supervise
from tasks.supervision.views import InspectionRecord, RectificationRecord
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

KINDS = {
    "joint_visit": "三办联合走访",
    "on_site": "现场督查",
    "phone": "电话督查",
    "spot": "抽查",
    "regular": "定期检查",
    "unannounced": "暗访",
    "deputies": "代表视察",
    "team": "督导组督导",
}
"""Kinds of supervision in the handbook's seeds (§3.2b)."""


@dataclass(frozen=True, slots=True)
class NewInspection:
    """What was inspected, and what has to be put right until when."""

    kind: str
    unit_code: str
    item_id: int | None
    on: dt.date | None
    people: str
    findings: str
    rectifications: Sequence[tuple[str, dt.date | None]]


def record(banli: Banli, actor: Actor, new: NewInspection) -> int:
    """Keep an inspection with its rectifications; answers its id.

    Raises:
        FormInvalid: a field must be corrected.
        NotAllowed: only the hub and the committees keep such records.
    """
    if not _may_record(actor):
        raise NotAllowed(say("Only the hub and the committees keep records of supervision."))
    errors = _errors(banli, new)
    if errors:
        raise FormInvalid(tuple(errors))
    with banli.writing() as session:
        if new.item_id is not None:
            readable_item(session, actor, new.item_id)
        row = Inspection(
            kind=new.kind, unit_id=unit_by_code(session, new.unit_code).id, item_id=new.item_id, on=new.on,
            people=new.people.strip(), findings=new.findings.strip(), by=actor.account, at=banli.now(),
            rectifications=[Rectification(text=text.strip(), due=due) for text, due in new.rectifications],
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def settle(banli: Banli, actor: Actor, rectification_id: int, *, result: str, done_on: dt.date | None) -> None:
    """Tick a rectification off, with its result.

    Raises:
        FormInvalid: no result, or a day to come.
        NotFound: there is no such rectification.
    """
    if not _may_record(actor):
        raise NotAllowed(say("Only the hub and the committees keep records of supervision."))
    if not result.strip() or done_on is None or done_on > banli.today():
        raise FormInvalid(
            (FieldError("result", "整改结果", say("Write what was done, and on which day until today.")),)
        )
    with banli.writing() as session:
        row = session.get(Rectification, rectification_id)
        if row is None:
            raise NotFound(say("There is no such rectification."))
        row.result, row.done_on, row.by = result.strip(), done_on, actor.account


def inspections(banli: Banli, actor: Actor, item_id: int | None = None) -> list[InspectionRecord]:
    """Records of supervision, newest first: of a case, or all; nobody but hub and committees reads all.

    A committee reads those of units, and those of cases of its own body.
    """
    if item_id is None and not _may_record(actor):
        return []
    today = banli.today()
    wanted = (
        select(Inspection, Item)
        .outerjoin(Item, Item.id == Inspection.item_id)
        .where(or_(Inspection.item_id.is_(None), readable(actor)))
        .options(joinedload(Inspection.unit), selectinload(Inspection.rectifications))
        .order_by(Inspection.on.desc(), Inspection.id.desc())
        .limit(100)
    )
    if item_id is not None:
        wanted = wanted.where(Inspection.item_id == item_id)
    with banli.reading() as session:
        if item_id is not None:
            readable_item(session, actor, item_id)
        return [
            InspectionRecord(
                id=row.id,
                kind_name=KINDS.get(row.kind, row.kind),
                unit=row.unit.short_name,
                item_id=row.item_id,
                title=item.title if item is not None else "",
                on=row.on,
                people=row.people,
                findings=row.findings,
                rectifications=[
                    RectificationRecord(
                        one.id, one.text, one.due, one.result, one.done_on, one.done_on is None and one.due < today
                    )
                    for one in row.rectifications
                ],
            )
            for row, item in session.execute(wanted)
        ]


def _may_record(actor: Actor) -> bool:
    return may_supervise(actor) or Permission.BODY_ITEM_READ in actor.permissions


def _errors(banli: Banli, new: NewInspection) -> list[FieldError]:
    errors = []
    if new.kind not in KINDS:
        errors.append(FieldError("kind", "方式", say("Choose the kind of supervision.")))
    if not new.unit_code:
        errors.append(FieldError("unit", "单位", say("Choose the unit.")))
    if new.on is None or new.on > banli.today():
        errors.append(FieldError("on", "日期", say("Enter the day, today or before.")))
    if not new.findings.strip():
        errors.append(FieldError("findings", "发现的问题", say("Write what was found.")))
    if any(not text.strip() or due is None for text, due in new.rectifications):
        errors.append(FieldError("rectifications", "整改", say("Each rectification needs a text and a date.")))
    return errors
