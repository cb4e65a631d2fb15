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


def step_shown(actor: Actor) -> ColumnElement[bool]:
    """A condition on `Work` that holds where the reader is told the step and its date (`rows.is_hidden`).

    A little stricter for units: what is hidden while a case is open stays out of orders and filters when it is closed.
    """
    told = {""}
    if Permission.UNIT_ITEM_READ not in actor.permissions:
        told.add(OUTCOME)
    if reads_ratings(actor):
        told.add(RATING)
    own = or_(
        and_(Work.assignee.is_not(None), Work.assignee == actor.account),
        and_(Work.finished_by.is_not(None), Work.finished_by == actor.account),
    )
    return or_(Work.confidential.in_(sorted(told)), own)


def order_of(actor: Actor, sort: str, usual: Order) -> Order:
    """What to order by for a column's name, `-name` for the other direction; the usual order behind it."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        return usual
    column = _columns(actor)[name]
    chosen = column.desc() if sort.startswith("-") else column.asc()
    return (column.is_(None), chosen, *usual)


def usual_order(actor: Actor, *, finished: bool) -> Order:
    """What hurts first; of what is done, the newest first."""
    if finished:
        return (Work.finished_at.desc(), Work.task_id.desc())
    due = _columns(actor)["due"]
    return (due.is_(None), due, Work.opened_at, Work.task_id)


def _columns(actor: Actor) -> dict[str, ColumnElement[Any]]:
    shown = step_shown(actor)
    return {
        "due": case((shown, Work.due), else_=null()),
        "number": func.coalesce(Item.number, ""),
        "title": func.coalesce(Item.title, Work.subject),
        "step": case((shown, Work.step_name), else_=AFTER_ISSUE),
        "arrived": func.coalesce(Work.opened_at, null()),
        "returns": func.coalesce(Item.returns, 0),
        "finished": func.coalesce(Work.finished_at, null()),
    }
