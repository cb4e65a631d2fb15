"""The years that have items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, select, true

from tasks.register.models import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def years_with_items(session: Session, among: ColumnElement[bool] | None = None) -> Sequence[int]:
    """The newest first. Each is looked up in the index below the one before: PostgreSQL would read all items for it.

    Args:
        session: a reading one.
        among: a condition on `Item`; without one, all items.
    """
    chosen = true() if among is None else among
    found = select(func.max(Item.year).label("year")).where(chosen).cte("found", recursive=True)
    before = select(func.max(Item.year)).where(chosen, Item.year < found.c.year).scalar_subquery()
    found = found.union_all(select(before).where(found.c.year.is_not(None)))
    return session.scalars(select(found.c.year).where(found.c.year.is_not(None))).all()
