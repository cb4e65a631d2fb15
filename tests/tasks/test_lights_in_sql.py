"""A board counts lights in the database; they are the lights that every task shows."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.filing import before_filing

from tasks.deadlines.explanation import describe
from tasks.deadlines.views import Light
from tasks.settings import BEIJING
from tasks.supervision.lights import in_light
from tasks.worklist.models import Work

STAGES = ("default", "reply", "sign_in", "opinion", "unknown")


@pytest.fixture
def tasks(banli, clock):
    """One task for each stage and each of many days around the May holiday."""
    clock.now = dt.datetime(2026, 4, 29, 15, 0, tzinfo=BEIJING)
    play = before_filing(banli, clock)
    with banli.writing() as session:
        first = session.scalars(select(Work).where(Work.item_id == play.item_id)).one()
        for stage in STAGES:
            for days in range(-3, 45):
                due = dt.datetime(2026, 4, 29, 23, 59, 59, tzinfo=BEIJING) + dt.timedelta(days=days)
                facts = {
                    column.name: getattr(first, column.name)
                    for column in Work.__table__.columns
                    if column.name not in {"task_id", "due", "light"}
                }
                session.add(Work(task_id=f"{stage}:{days}", due=due, light=stage, **facts))
    return banli


@pytest.mark.parametrize("light", [light for light in Light if light is not Light.PAUSED])
def test_the_condition_finds_the_tasks_that_show_this_light(tasks, light):
    reference, now = tasks.reference(), tasks.now()
    with tasks.reading() as session:
        works = session.scalars(select(Work)).all()
        found = set(session.scalars(select(Work.task_id).where(in_light(reference, now, light))))
    shown = {
        work.task_id
        for work in works
        if describe(reference, work.due, work.due_notes, work.light, now).light is light
    }
    assert found == shown
    assert shown


def test_a_task_never_stands_still(tasks):
    with tasks.reading() as session:
        assert session.scalars(select(Work).where(in_light(tasks.reference(), tasks.now(), Light.PAUSED))).all() == []
