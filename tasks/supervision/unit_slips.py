"""One slip to a unit about several of its cases: those whose light has turned, the late ones chosen by the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import extract, func, select

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.cases.access import readable
from tasks.directory.models import Unit
from tasks.register.models import Item
from tasks.supervision.chasing import asked_for
from tasks.supervision.models import Slip, SlipItem
from tasks.supervision.slips import LEVELS, may_supervise
from tasks.supervision.views import UnitCase, UnitSlipPage
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli


def unit_slip(banli: Banli, actor: Actor, code: str) -> UnitSlipPage:
    """The form's cases, each once with the step that presses most, what is due first before the others.

    Raises:
        NotAllowed: only the hub issues slips.
        NotFound: there is no such handling unit.
    """
    if not may_supervise(actor):
        raise NotAllowed(say("Only the hub presses units and issues slips."))
    with banli.reading() as session:
        unit = session.scalar(select(Unit).where(Unit.code == code, Unit.kind == "handling"))
        if unit is None:
            raise NotFound(say("There is no unit “{code}”.", code=code))
        cases = _cases(banli, session, actor, unit)
        asked = [one.asked for one in cases if one.asked]
        sharpest = max(asked, key=list(LEVELS).index) if asked else "letter"
        before = select(Slip.number).where(
            Slip.unit_id == unit.id, Slip.number.is_not(None), extract("year", Slip.issued_on) == banli.today().year
        )
        numbers = [number for number in session.scalars(before.order_by(Slip.id.desc())) if number]
    return UnitSlipPage(unit.code, unit.short_name, cases, sharpest, numbers)


def _cases(banli: Banli, session: Session, actor: Actor, unit: Unit) -> list[UnitCase]:
    asked = asked_for(banli, session, Work.unit_code == unit.code, Work.confidential == "", readable(actor))
    items = {
        item.id: item for item in session.scalars(select(Item).where(Item.id.in_([one.work.item_id for one in asked])))
    }
    had = dict(
        session.execute(
            select(SlipItem.item_id, func.count())
            .join(Slip, Slip.id == SlipItem.slip_id)
            .where(Slip.unit_id == unit.id, Slip.number.is_not(None), SlipItem.item_id.in_(list(items)))
            .group_by(SlipItem.item_id)
        ).all()
    )
    found: dict[int, UnitCase] = {}
    for one in asked:  # by their dates: of several steps of a case the first one counts
        item = items[int(one.work.item_id or 0)]
        wanted = one.action if one.action in LEVELS else ""
        former = found.get(item.id)
        if former is None or (wanted and not former.asked):
            found[item.id] = UnitCase(
                item.id, item.kind, item.number or "", item.title, one.work.step_name, one.due, had.get(item.id, 0),
                wanted, one.rule if wanted else "",
            )  # fmt: skip
    return list(found.values())
