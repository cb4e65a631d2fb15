"""Whose clock stands still, since when, by whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.directory.queries import names_of
from tasks.pausing.models import ClockPause
from tasks.pausing.views import KINDS, PauseRecord

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


def open_pause(session: Session, item_id: int) -> ClockPause | None:
    """The pause that lasts; found along an index of few rows."""
    return session.scalar(select(ClockPause).where(ClockPause.item_id == item_id, ClockPause.ended_at.is_(None)))


def pauses(session: Session, item_id: int) -> list[ClockPause]:
    """All pauses of a case, the oldest first."""
    return list(session.scalars(select(ClockPause).where(ClockPause.item_id == item_id).order_by(ClockPause.id)))


def why_of(pause: ClockPause) -> str:
    """Why the clock stands still, in the language of the data."""
    return f"{KINDS.get(pause.kind, pause.kind)}：{pause.reason.rstrip('。；')}"


def lasting(session: Session, item_id: int, today: dt.date) -> PauseRecord | None:
    """The pause that lasts, for the page of its case."""
    row = open_pause(session, item_id)
    if row is None:
        return None
    name, unit = names_of(session, [row.by]).get(row.by, (row.by, ""))
    return PauseRecord(row.at, name, unit, KINDS.get(row.kind, row.kind), row.reason, row.expected,
                       row.expected is not None and row.expected <= today)  # fmt: skip
