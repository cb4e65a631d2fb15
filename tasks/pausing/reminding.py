"""On the day until which a pause was expected to last, the hub is told once that the clock still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from tasks.accounts.permissions import Role
from tasks.directory.queries import is_set_up, unit_of_kind
from tasks.notices.service import notify, people_of
from tasks.notices.views import NoticeKind
from tasks.pausing.models import ClockPause
from tasks.pausing.queries import why_of
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli


def remind_of_ends(banli: Banli) -> int:
    """Tell of every pause whose expected end has come, from the hour of the daily reminders on; how many there were.

    Who paused is told, and the hub's officers. Each pause is told of once, however many workers there are.
    """
    if not is_set_up(banli):
        return 0
    now = banli.now()
    if now.astimezone(BEIJING).hour < int(banli.reference().settings.get("chasing_hour", 8)):
        return 0
    come = (
        ClockPause.ended_at.is_(None),
        ClockPause.reminded_at.is_(None),
        ClockPause.expected <= banli.today(),
    )
    with banli.reading() as session:
        if session.scalar(select(ClockPause.id).where(*come).limit(1)) is None:
            return 0
    with banli.writing() as session:
        told = session.scalars(update(ClockPause).where(*come).values(reminded_at=now).returning(ClockPause)).all()
        officers = people_of(session, unit_of_kind(session, "hub").code, Role.HUB_OFFICER)
        for pause in told:
            notify(
                session, [pause.by, *officers], NoticeKind.PAUSE_OVER, now, pause.item_id,
                day=str(pause.expected), text=why_of(pause),
            )  # fmt: skip
    return len(told)


def over_of(banli: Banli, session: Session, items: Collection[int]) -> frozenset[int]:
    """Those of these items whose clock still stands though its expected end has come; one query for a page."""
    wanted = select(ClockPause.item_id).where(
        ClockPause.ended_at.is_(None), ClockPause.expected <= banli.today(), ClockPause.item_id.in_(items)
    )
    return frozenset(session.scalars(wanted)) if items else frozenset()
