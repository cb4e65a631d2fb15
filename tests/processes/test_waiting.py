"""The clock of the reply stands still while the hub decides on an objection, where the area says so."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import setting, submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import case, register
from tasks.cases.views import RegisterFilters
from tasks.deadlines.views import Light
from tasks.demonstration.answers import Story
from tasks.handling.models import Assignment
from tasks.handling.waiting import WHY
from tasks.notices.queries import notices
from tasks.settings import BEIJING
from tasks.worklist.service import open_task

JOINT = Story("zjj", ("jjdd",))


@pytest.fixture
def assigned(banli_on_both, clock):
    """A case that has just been given to a lead unit and a co-handling one."""
    setting(banli_on_both, "pause_policy", value=True)
    play = submitted(banli_on_both, clock, JOINT)
    play.do("assign")
    return play


def page_of(play, account="wangmin"):
    return case(play.banli, actor_named(play.banli, account), play.item_id)


def parts(play):
    with play.banli.reading() as session:
        rows = session.scalars(select(Assignment).where(Assignment.item_id == play.item_id, Assignment.current))
        return {part.role: part for part in rows}


def said(play, account="wangmin"):
    return [(str(entry.what), entry.text) for entry in page_of(play, account).timeline]


def waited(play, begun):
    """Working days from this day until today."""
    reference = play.banli.reference()
    return reference.calendar.working_days_between(begun, play.clock().astimezone(BEIJING).date())


def later(play, due, days):
    """So many working days after a date."""
    day = due.astimezone(BEIJING).date()
    calendar = play.banli.reference().calendar
    while days:
        day += dt.timedelta(days=1)
        days -= calendar.is_working(day)
    return day


def day_of(instant):
    return instant.astimezone(BEIJING).date()


def test_the_light_says_that_the_clock_stands_still_and_nothing_is_late(assigned):
    assigned.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    begun = day_of(assigned.clock())
    assigned.clock.move(days=300)
    due = page_of(assigned).item.reply_due
    assert (due.light, due.words.values) == (Light.PAUSED, {"day": begun})
    hub = actor_named(assigned.banli, "wangmin")
    assert register(assigned.banli, hub, RegisterFilters(only="overdue")).total == 0
    assert ("The time of the reply stands still", WHY) in said(assigned)


def test_all_dates_of_the_answer_move_by_the_working_days_waited(assigned):
    before = parts(assigned)
    assigned.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    begun = day_of(assigned.clock())
    assigned.clock.move(days=9)
    assigned.do("decide_objection", ruling="refuse")
    days = waited(assigned, begun)
    assert days > 5
    after = parts(assigned)
    assert {role: day_of(part.due) for role, part in after.items()} == {
        role: later(assigned, part.due, days) for role, part in before.items()
    }
    due = page_of(assigned).item.reply_due
    assert due.light is not Light.PAUSED
    assert [(wait.first, wait.last, wait.days) for wait in due.waits] == [(begun, day_of(assigned.clock()), days)]
    listed = [text for what, text in said(assigned) if "runs again" in what]
    told = [f"{name}：{day_of(before[role].due)}→{day_of(after[role].due)}"
            for name, role in (("住建局", "lead"), ("交警大队", "co"))]  # fmt: skip
    assert listed == ["；".join((WHY, *told))]


def test_the_steps_that_follow_are_due_by_the_moved_dates(assigned):
    assigned.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    assigned.clock.move(days=9)
    assigned.do("decide_objection")
    assigned.do("sign_in", "jtys")
    assigned.do("sign_in", "jjdd")
    moved = parts(assigned)
    assert assigned.step("opinion").due == moved["co"].due
    consult = assigned.step("consult")
    assert [note["waits"][0]["why"] for note in consult.due_notes if "waits" in note] == [WHY]
    assigned.until("draft")
    assert assigned.step("draft").due == moved["lead"].due, "the successor has the moved date"


def test_the_hub_reads_what_will_move_above_its_decision_and_the_unit_what_has_moved(assigned):
    assigned.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    assigned.clock.move(days=9)
    step = assigned.step("decide_objection")
    asked = open_task(assigned.banli, actor_named(assigned.banli, "wangmin"), step.task_id).values["asked"]
    assert "暂停计时" in asked
    assert "住建局答复" in asked
    assert "交警大队会办意见" in asked
    assigned.do("decide_objection", ruling="refuse")
    told = notices(assigned.banli, actor_named(assigned.banli, "qianlei")).rows[0]
    assert f"→{day_of(parts(assigned)['lead'].due)}" in told.sentence.values["text"]


def test_while_another_objection_waits_the_clock_goes_on_standing_still(assigned):
    before = parts(assigned)["lead"].due
    assigned.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    begun = day_of(assigned.clock())
    assigned.do("sign_in", "jjdd", answer="object", suggests=("cgj",))
    assigned.clock.move(days=5)
    assigned.do("decide_objection", ruling="refuse")
    assert page_of(assigned).item.reply_due.light is Light.PAUSED
    assigned.clock.move(days=5)
    assigned.do("decide_objection", ruling="refuse")
    assert day_of(parts(assigned)["lead"].due) == later(assigned, before, waited(assigned, begun))


def test_a_second_request_waits_from_the_signature_of_the_units_head(assigned):
    assigned.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    assigned.do("decide_objection", ruling="refuse")
    assigned.do("sign_in", "zjj", answer="again", suggests=("jtys",))
    assert page_of(assigned).item.reply_due.light is not Light.PAUSED, "it is with the unit's own head"
    assigned.do("endorse")
    assert page_of(assigned).item.reply_due.light is Light.PAUSED


def test_where_the_area_does_not_say_so_the_clock_runs_on(banli_on_both, clock):
    play = submitted(banli_on_both, clock, JOINT)
    play.do("assign")
    before = {role: part.due for role, part in parts(play).items()}
    play.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    assert page_of(play).item.reply_due.light is not Light.PAUSED
    clock.move(days=9)
    play.do("decide_objection", ruling="refuse")
    assert {role: part.due for role, part in parts(play).items()} == before


def test_a_co_handling_successor_is_not_due_before_the_date_that_its_part_had_with_the_wait(assigned_before_holidays):
    play = assigned_before_holidays
    part = parts(play)["co"]
    play.do("sign_in", "jjdd", answer="object", suggests=("cgj",))
    begun = day_of(play.clock())
    play.clock.move(days=7)
    play.do("decide_objection")
    successor = parts(play)["co"]
    assert successor.unit_id != part.unit_id
    assert day_of(successor.due) == later(play, part.due, waited(play, begun)), "as the lead unit's successor"
    play.do("sign_in", "zjj")
    play.do("sign_in", "cgj")
    assert play.step("opinion").due == successor.due


@pytest.fixture
def assigned_before_holidays(banli_on_both, clock):
    """Assigned on 31 August: the opinion is due before the National Day, and what is moved by working days after it."""
    setting(banli_on_both, "pause_policy", value=True)
    clock.now = dt.datetime(2026, 8, 28, 2, 0, tzinfo=dt.UTC)
    play = submitted(banli_on_both, clock, JOINT)
    clock.now = dt.datetime(2026, 8, 30, 2, 0, tzinfo=dt.UTC)
    play.do("assign")
    return play
