"""What must hold for an absence: its days, no overlap, no circle, no endless chain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select

from engine.message import Message, say
from tasks.absences.models import Absence
from tasks.absences.standing_in import MOST_LINKS
from tasks.accounts.permissions import Permission, Role, granted
from tasks.forms.views import FieldError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tasks.absences.views import AbsenceWish
    from tasks.accounts.models import Account

LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day of an absence; both belong to it."""

    first: dt.date
    last: dt.date


def window_of(wish: AbsenceWish, today: dt.date) -> tuple[Window | None, list[FieldError]]:
    """The days that were typed, and what is wrong with them."""
    first, last = _day(wish.first_day), _day(wish.last_day)
    errors = []
    if first is None:
        errors.append(FieldError("first_day", "开始日期", say("Enter the first day of the absence.")))
    if last is None:
        errors.append(FieldError("last_day", "结束日期", say("Enter the last day of the absence.")))
    if first is None or last is None:
        return None, errors
    if last < first:
        errors.append(FieldError("last_day", "结束日期", say("The last day lies before the first.")))
    elif last < today:
        errors.append(FieldError("last_day", "结束日期", say("These days are over already.")))
    elif last - first > LONGEST or first - today > LONGEST:
        errors.append(FieldError("last_day", "结束日期", say("An absence is set for a year at most.")))
    return Window(first, last), errors


def serves(account: Account) -> bool:
    """Whether this account does the work of an office at all: a deputy rates for herself, or not at all."""
    roles = frozenset(Role(grant.role) for grant in account.grants)
    return not account.disabled and Permission.GROUP_TASK_CLAIM in granted(roles)


def unit_of(account: Account) -> str | None:
    """Code of the unit to which the account belongs."""
    return account.unit.code if account.unit is not None else None


def overlap(session: Session, account: str, window: Window) -> Absence | None:
    """An absence of the same person that shares a day with this window."""
    return session.scalars(select(Absence).where(Absence.account == account, _meets(window)).limit(1)).first()


def chain_error(session: Session, account: str, substitute: str, window: Window) -> Message | None:
    """Why this substitute cannot be: the chain comes back to the person, or grows too long; None where she can."""
    after = _reach(session, substitute, window, forwards=True)
    if account in after:
        return say("In these days she leaves her own work to you, directly or through others: choose somebody else.")
    before = _reach(session, account, window, forwards=False)
    links = max(before.values(), default=0) + 1 + max(after.values(), default=0)
    if links > MOST_LINKS:
        return say("The work would pass through {n} hands; at most {most} are allowed.", n=links, most=MOST_LINKS)
    return None


def _reach(session: Session, start: str, window: Window, *, forwards: bool) -> dict[str, int]:
    """Who is reached from an account along absences that touch these days, and in how many links.

    Forwards: who does the work of `start` in the end; backwards: whose work comes to `start`.
    """
    here, there = (Absence.account, Absence.substitute) if forwards else (Absence.substitute, Absence.account)
    found: dict[str, int] = {}
    nearest = {start}
    for distance in range(1, MOST_LINKS + 2):
        ends = set(session.scalars(select(there).where(_meets(window), here.in_(nearest))))
        nearest = ends - found.keys()
        if not nearest:
            break
        found |= dict.fromkeys(nearest, distance)
    return found


def _meets(window: Window) -> ColumnElement[bool]:
    return and_(Absence.ended_at.is_(None), Absence.first_day <= window.last, Absence.last_day >= window.first)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
