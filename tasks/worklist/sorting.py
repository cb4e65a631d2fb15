"""The order of a list, by its columns; a reader learns nothing from it that the column does not show her."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, null, or_

from tasks.accounts.permissions import Permission
from tasks.cases.access import OUTCOME, RATING, reads_ratings
from tasks.register.models import Item
from tasks.worklist.models import Work
from tasks.worklist.rows import AFTER_ISSUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import InstrumentedAttribute

    from tasks.accounts.views import Actor

    Order = Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]]

SORTS = ("due", "number", "title", "step", "arrived", "returns", "finished")
"""Columns by which a list can be sorted; a minus before the name turns the order round."""


def step_shown(actor: Actor, work: type[Work] = Work, *, finished: bool) -> ColumnElement[bool]:
    """A condition on tasks, all finished or all open: the reader is told the step and its date (`rows.is_hidden`).

    A little stricter for units: what is hidden while a case is open stays out of orders and filters when it is closed.
    """
    told = {""}
    if Permission.UNIT_ITEM_READ not in actor.permissions:
        told.add(OUTCOME)
    if reads_ratings(actor):
        told.add(RATING)
    own = and_(work.assignee.is_not(None), work.assignee == actor.account)
    if finished:
        own = or_(own, and_(work.finished_by.is_not(None), work.finished_by == actor.account))
    return or_(work.confidential.in_(sorted(told)), own)


def order_of(actor: Actor, sort: str, work: type[Work] = Work, *, finished: bool) -> Order:
    """What to order by for a column's name, `-name` for the other direction; the usual order behind it."""
    usual = usual_order(actor, work, finished=finished)
    name = sort.removeprefix("-")
    if name not in SORTS:
        return usual
    column = _columns(actor, work, finished=finished)[name]
    chosen = column.desc() if sort.startswith("-") else column.asc()
    return (column.is_(None), chosen, *usual)


def usual_order(actor: Actor, work: type[Work] = Work, *, finished: bool) -> Order:
    """What hurts first; of what is done, the newest first."""
    if finished:
        return (work.finished_at.desc(), work.task_id.desc())
    due = _columns(actor, work, finished=False)["due"]
    return (due.is_(None), due, work.opened_at, work.task_id)


def _columns(actor: Actor, work: type[Work], *, finished: bool) -> dict[str, ColumnElement[Any]]:
    shown = step_shown(actor, work, finished=finished)
    return {
        "due": case((shown, work.due), else_=null()),
        "number": func.coalesce(Item.number, ""),
        "title": func.coalesce(Item.title, work.subject),
        "step": case((shown, work.step_name), else_=AFTER_ISSUE),
        "arrived": func.coalesce(work.opened_at, null()),
        "returns": func.coalesce(Item.returns, 0),
        "finished": func.coalesce(work.finished_at, null()),
    }
