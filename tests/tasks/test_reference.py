"""Reference data is frozen in versions: a case keeps the rules it started with."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from engine import NotFound
from tasks.deadlines.library import freeze_today
from tasks.deadlines.models import CalendarDay, CalendarYear, Parameter
from tasks.demonstration.answers import Story
from tasks.settings import BEIJING
from tasks.worker import Worker

SOLE = Story("cgj")


def set_parameter(banli, code, amount, effective_from):
    with banli.writing() as session:
        old = session.scalars(select(Parameter).where(Parameter.code == code)).first()
        session.add(
            Parameter(
                area_id=old.area_id,
                code=code,
                name=old.name,
                amount=amount,
                unit=old.unit,
                counts_from=old.counts_from,
                source="本县通知〔2026〕3号",
                effective_from=effective_from,
            )
        )


def test_a_running_case_keeps_its_rules_and_a_new_one_gets_the_changed_ones(banli, clock):
    running = submitted(banli, clock, SOLE)
    set_parameter(banli, "P7", 10, dt.date(2026, 3, 1))
    freeze_today(banli)
    later = submitted(banli, clock, SOLE, title="关于增设夜间公交的建议")
    running.until("consult")
    later.until("consult")
    assert running.step("consult").due_notes[-1]["amount"] == "20个工作日"
    assert later.step("consult").due_notes[-1]["amount"] == "10个工作日"
    assert later.step("consult").due_notes[-1]["source"] == "本县通知〔2026〕3号"


def test_freezing_without_a_change_makes_no_version(banli):
    assert freeze_today(banli) == freeze_today(banli) == banli.reference().version


def test_a_parameter_comes_into_force_on_its_day(banli, clock):
    set_parameter(banli, "P3", 3, dt.date(2026, 4, 1))
    worker = Worker(banli)
    worker.run_once()
    assert banli.reference().rule("P3").amount == 5
    clock.now = dt.datetime(2026, 3, 31, 16, 5, tzinfo=dt.UTC)  # five past midnight in Beijing
    worker.run_once()
    assert banli.reference().rule("P3").amount == 3


def test_publishing_a_years_holidays_takes_the_provisional_mark_away(banli, clock):
    clock.now = dt.datetime(2026, 11, 30, 1, 0, tzinfo=dt.UTC)
    before = submitted(banli, clock, SOLE).until("consult")
    assert before.step("consult").due_notes[-1]["provisional"] is False
    with banli.writing() as session:
        year = session.scalars(select(CalendarYear).where(CalendarYear.year == 2027)).one()
        year.published = True
        session.add(CalendarDay(area_id=year.area_id, on=dt.date(2027, 3, 1), kind="local", name="县庆"))
    freeze_today(banli)
    after = submitted(banli, clock, SOLE, title="关于增设夜间公交的建议")
    clock.now = dt.datetime(2026, 11, 30, 1, 0, tzinfo=dt.UTC) - dt.timedelta(days=1)
    after.do("assign")
    after.until("draft")
    draft = after.step("draft")
    assert draft.due_notes[-1]["provisional"] is False
    assert draft.due.astimezone(BEIJING).date() == dt.date(2027, 3, 2), "28 February rests, 1 March is a local holiday"


def test_a_version_that_never_was_is_not_found(banli):
    with pytest.raises(NotFound):
        banli.reference("no such version")
