"""The daily round: what the table of lights asks for every open task (handbook §4.3), once for each light."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.feel import Evaluation
from tasks.deadlines.explanation import describe
from tasks.deadlines.views import Light
from tasks.directory.models import Unit
from tasks.directory.queries import is_set_up
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.supervision.models import ChasingRound, Reminder, Slip, SlipItem
from tasks.supervision.reminders import pressed
from tasks.supervision.slips import NewSlip, begin
from tasks.worklist.models import IS_OPEN, RUNNING, Work

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData
    from tasks.deadlines.views import Due

DECISION = "chasing"


@dataclass(frozen=True, slots=True)
class Chased:
    """What one round did."""

    reminders: int = 0
    slips: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the table asks for one open task."""

    work: Work
    due: Due
    action: str
    basis: str
    rule: str
    unit: Unit | None

    @property
    def mark(self) -> str:
        """One action is taken once for a task, however often the round goes."""
        return self.action


def daily_round(banli: Banli) -> bool:
    """The round of today, at the hour that the area sets; whether it went now. Two workers make one round."""
    if not is_set_up(banli):
        return False
    now = banli.now().astimezone(BEIJING)
    if now.hour < int(banli.reference().settings.get("chasing_hour", 8)):
        return False
    insert = postgresql.insert if banli.database.dialect.name == "postgresql" else sqlite.insert
    with banli.writing() as session:
        begun = session.execute(
            insert(ChasingRound)
            .values(on=now.date(), at=banli.now(), reminders=0, slips=0)
            .on_conflict_do_nothing()
            .returning(ChasingRound.on)
        ).scalar()
    if begun is None:
        return False
    done = chase(banli)
    with banli.writing() as session:
        row = session.get_one(ChasingRound, now.date())
        row.reminders, row.slips = done.reminders, done.slips
    return True


def chase(banli: Banli) -> Chased:
    """Go through all open tasks now. What was done for a task before is not done again."""
    done = Chased()
    with banli.reading() as session:
        asked = _asked(banli, session)
    for one in asked:
        unit = one.unit.code if one.unit is not None and one.unit.kind == "handling" else None
        # A slip goes to a handling unit; everybody else is reminded.
        if one.action in {"letter", "orange", "red"} and unit is not None and not one.work.confidential:
            done = Chased(done.reminders, done.slips + _slip(banli, one, unit))
        else:
            done = Chased(done.reminders + _remind(banli, one), done.slips)
    return done


def _asked(banli: Banli, session: Session) -> list[Asked]:
    done = _done(session)
    found = asked_for(banli, session)
    return [one for one in found if one.action != "none" and (one.work.task_id, one.mark) not in done]


def asked_for(banli: Banli, session: Session, *conditions: ColumnElement[bool]) -> list[Asked]:
    """What the table asks for each open task whose light has turned, by their dates; `conditions` on `Work` and `Item`.

    Actions that were taken already are in it, and those where the table asks for nothing.
    """
    reference, now = banli.reference(), banli.now()
    _, model = banli.engine.decision_model(DECISION)
    units = {unit.code: unit for unit in session.scalars(select(Unit))}
    works = session.scalars(
        select(Work)
        .join(Item, Item.id == Work.item_id)
        .where(*conditions, IS_OPEN, RUNNING, Work.due.is_not(None), Work.due < _horizon(now))
        .order_by(Work.due, Work.item_id, Work.element_id, Work.unit_code, Work.task_id)
    ).all()
    slips = _slips(session)
    asked = []
    for work in works:
        due = _due(reference, work, now)
        facts = {
            "stage": work.light,
            "light": due.light.value,
            "days_over": max((now.astimezone(BEIJING).date() - due.at.date()).days, 0),
            "slips": slips.get((work.item_id or 0, work.unit_code or ""), 0),
        }
        if due.light is Light.NORMAL:
            continue
        answer = model.evaluate(DECISION, facts, context=Evaluation(clock=banli.now, reference=reference)).value
        unit = units.get(work.unit_code or "")
        asked.append(Asked(work, due, answer["action"], answer["basis"], answer["row"], unit))
    return asked


def _horizon(now: dt.datetime) -> dt.datetime:
    """No threshold reaches further ahead than this; lights of later tasks are not computed."""
    return now + dt.timedelta(days=45)


def _due(reference: ReferenceData, work: Work, now: dt.datetime) -> Due:
    at: Any = work.due
    return describe(reference, at, work.due_notes, work.light, now)


def _slips(session: Session) -> dict[tuple[int, str], int]:
    """How many 督办单 an item's unit has had; a letter is not yet one."""
    rows = session.execute(
        select(SlipItem.item_id, Unit.code, func.count())
        .join(Slip, Slip.id == SlipItem.slip_id)
        .join(Unit, Unit.id == Slip.unit_id)
        .where(Slip.level != "letter", Slip.state != "refused")
        .group_by(SlipItem.item_id, Unit.code)
    )
    return {(item, unit): count for item, unit, count in rows}


def _done(session: Session) -> set[tuple[str, str]]:
    """Which action was taken for which task."""
    taken = {(task, mark) for task, mark in session.execute(select(Reminder.task_id, Reminder.mark)) if mark}
    return taken | {(task, mark) for task, mark in session.execute(select(Slip.task_id, Slip.mark)) if task and mark}


def _remind(banli: Banli, one: Asked) -> int:
    kind = "bulletin" if one.action == "bulletin" else "round"
    text = f"{one.work.step_name}：{one.basis}"
    with banli.writing() as session:
        session.add(pressed(one.work, kind, text, "", banli.now(), mark=one.mark, rule=one.rule))
    return 1


def _slip(banli: Banli, one: Asked, unit: str) -> int:
    local = one.due.at
    day = f"{local.year}年{local.month}月{local.day}日"
    told = f"应于{day}完成，至今没有完成" if one.due.light is Light.OVERDUE else f"将于{day}到期"
    problem = f"其中“{one.work.step_name}”{told}。"
    begin(
        banli,
        NewSlip(
            items=(int(one.work.item_id or 0),), unit_code=unit, level=one.action, problem=problem,
            requirement="请抓紧办理，书面说明情况和完成时间。", task_id=one.work.task_id, mark=one.mark, rule=one.rule,
        ),
        None,
    )  # fmt: skip
    return 1
