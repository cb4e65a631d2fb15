"""What people do of their own accord, beside the tasks on their desks: withdraw, ask for time, set a key flag late."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.cases.views import ItemState
from tasks.handling.extensions import ask
from tasks.handling.item_withdrawals import withdraw_item
from tasks.handling.key_items import Designation, make_key
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from tasks.simulation.acting import Course
    from tasks.simulation.year import Year

HUB_OFFICER = "wangmin"
WITHDRAWING = (3, 60)
"""Days after the common assignment."""
_HANDLED = frozenset({ItemState.HANDLING, ItemState.IN_REVIEW})


def happen(year: Year, day: dt.date) -> None:
    """Whatever is to happen on this day."""
    for item_id, course in year.courses.items():
        tale = course.tale
        if tale.withdrawn and day == _withdrawal_day(year, course):
            _withdraw(year, item_id, course)
        if tale.extension or tale.key_late:
            _at_draft(year, item_id, course, day)


def _withdrawal_day(year: Year, course: Course) -> dt.date:
    random = Random(f"{course.seed}:{course.tale.number}:withdrawal")  # noqa: S311 - no secret
    return year.seasons[-1].meeting + dt.timedelta(days=random.randint(*WITHDRAWING))


def _withdraw(year: Year, item_id: int, course: Course) -> None:
    """The lead proposer asks, the other agrees; who has an answer already leaves it."""
    if _state(year, item_id) not in _HANDLED:
        return
    tale = course.tale
    year.attempt("撤案", tale, lambda: withdraw_item(year.banli, year.actor(tale.account), item_id, "问题已经解决。"))
    if tale.cosigner and _state(year, item_id) != ItemState.WITHDRAWN:
        year.attempt("撤案", tale, lambda: withdraw_item(year.banli, year.actor(tale.cosigner), item_id, ""))


def _at_draft(year: Year, item_id: int, course: Course, day: dt.date) -> None:
    """While the lead unit writes, once in the life of a case."""
    if course.asked or day <= year.seasons[0].meeting:
        return
    with year.banli.reading() as session:
        draft = session.scalar(
            select(Work).where(Work.item_id == item_id, Work.state == "open", Work.element_id == "draft").limit(1)
        )
    if draft is None or draft.due is None or draft.assignee is None:
        return
    course.asked = True
    handler, due = draft.assignee, draft.due.astimezone(BEIJING).date()
    if course.tale.extension and due > day and _state(year, item_id) in _HANDLED:
        values = {
            "kind": "hard", "reason": "需要协调省属单位。", "plan": "先完成勘测。", "told_by": "phoned",
            "wanted": due + dt.timedelta(days=60), "told_on": day,
        }  # fmt: skip
        year.attempt("申请延期", course.tale, lambda: ask(year.banli, year.actor(handler), item_id, values))
    if course.tale.key_late:
        year.attempt(
            "列为重点件", course.tale,
            lambda: make_key(
                year.banli, year.actor(HUB_OFFICER), item_id,
                Designation("leader", "刘正副县长领办", reason="多名代表关注"),
            ),
        )  # fmt: skip


def _state(year: Year, item_id: int) -> str:
    """The item's state; empty once a reply of it is out, since then nobody withdraws it."""
    with year.banli.reading() as session:
        item = session.get_one(Item, item_id)
        return "" if item.result_class else item.state
