"""Numbers: gapless within an area, a subject and a year, written by a pattern that the area chooses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import EngineError
from engine.message import say
from tasks.register.models import NumberSequence

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PLACE = re.compile(r"\{(?P<name>[a-z]+)(?::0(?P<width>[1-9]))?\}")


class PatternRefused(EngineError):
    """A pattern of numbers names something that is not known."""


def allot(session: Session, area_id: int, subject: str, year: int) -> int:
    """Take the next number; the row stays locked until the transaction that uses the number is over."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Two first submissions of a year may come at once: the row is made by whoever is first, and counted by both.
    session.execute(
        insert(NumberSequence).values(area_id=area_id, subject=subject, year=year, next=1).on_conflict_do_nothing()
    )
    following = session.execute(
        update(NumberSequence)
        .where(
            NumberSequence.area_id == area_id,
            NumberSequence.subject == subject,
            NumberSequence.year == year,
        )
        .values(next=NumberSequence.next + 1)
        .returning(NumberSequence.next)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return following - 1


def preview(session: Session, area_id: int, subject: str, year: int) -> int:
    """The number that would be allotted next."""
    following = session.scalar(
        select(NumberSequence.next).where(
            NumberSequence.area_id == area_id,
            NumberSequence.subject == subject,
            NumberSequence.year == year,
        )
    )
    return following or 1


def written(pattern: str, **places: object) -> str:
    """A number in its pattern: `{year}{seq:03}` with year and seq. Nothing but named places is understood."""

    def fill(match: re.Match[str]) -> str:
        name, width = match["name"], match["width"]
        if name not in places:
            known = ", ".join(sorted(places))
            raise PatternRefused(say("The pattern “{pattern}” may use {known}.", pattern=pattern, known=known))
        return str(places[name]).zfill(int(width)) if width else str(places[name])

    return _PLACE.sub(fill, pattern)
