"""Lights as conditions on dates, so that a board counts and pages them in the database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_

from tasks.deadlines.calendar import DAY
from tasks.deadlines.counting import PeriodUnit
from tasks.deadlines.views import Light
from tasks.settings import BEIJING
from tasks.worklist.models import RUNNING, Work

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from tasks.deadlines.reference import ReferenceData
    from tasks.deadlines.rules import Thresholds


def last_day(reference: ReferenceData, today: dt.date, unit: PeriodUnit, left: int) -> dt.date:
    """The last day of which at most so many days are left today; rest days after it count as none."""
    if unit is not PeriodUnit.WORKING_DAYS:
        return today + DAY * left
    day = today
    while left or not reference.calendar.is_working(day + DAY):
        day += DAY
        left -= reference.calendar.is_working(day)
    return day


def in_light(reference: ReferenceData, now: dt.datetime, light: Light) -> ColumnElement[bool]:
    """A condition on `Work` that holds for tasks with this light (as `tasks.deadlines.explanation` computes it)."""
    if light is Light.OVERDUE:
        return late(now)
    if light is Light.PAUSED:
        return and_(Work.due.is_not(None), Work.suspended_at.is_not(None))
    known = reference.lights
    stages = [
        and_(Work.light == stage, _between(reference, now, thresholds, light)) for stage, thresholds in known.items()
    ]
    other = and_(Work.light.not_in(list(known)), _between(reference, now, known["default"], light))
    return and_(Work.due >= now, RUNNING, or_(*stages, other))


def late(now: dt.datetime) -> ColumnElement[bool]:
    """A condition on `Work` that holds for tasks past their date; nothing is late while its clock stands still."""
    return and_(Work.due < now, RUNNING)


def _between(reference: ReferenceData, now: dt.datetime, thresholds: Thresholds, light: Light) -> ColumnElement[bool]:
    today = now.astimezone(BEIJING).date()
    near = _end(last_day(reference, today, thresholds.unit, thresholds.near))
    urgent = _end(last_day(reference, today, thresholds.unit, thresholds.urgent))
    if light is Light.URGENT:
        return Work.due < urgent
    if light is Light.NEAR:
        return and_(Work.due >= urgent, Work.due < near)
    return and_(Work.due >= urgent, Work.due >= near)


def _end(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + DAY, dt.time(), BEIJING)
