"""Pressing units: reminders, slips, the table of lights and the daily round (handbook §3.2 step 19, §4.3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update
from tests_support.filing import before_filing
from tests_support.tracking import answered, track
from tests_support.walking import told, walked

from engine.dmn import load_model
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.settings import BEIJING
from tasks.supervision.chasing import chase, daily_round
from tasks.supervision.models import ChasingRound, Reminder, Slip
from tasks.supervision.reminders import remind, reminders_of_task
from tasks.supervision.slips import NewSlip, issue
from tasks.worker import Worker
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.service import open_task

TABLE = Path(__file__).parents[2] / "processes" / "handling" / "chasing.dmn"


@pytest.fixture
def play(banli, clock):
    """A case of the housing bureau whose promise asks for a report."""
    started = answered(banli, clock, {"zjj": [dt.date(2026, 6, 30)]})
    track(started)
    at(started, dt.date(2026, 5, 14))
    assert started.open() == ["progress"]
    return started


def at(play, day: dt.date, hour: int = 9) -> None:
    play.clock.now = dt.datetime.combine(day, dt.time(hour, 0), BEIJING)
    play.banli.engine.run_due()


def telling(play, **words: str):
    return replace(play, story=replace(play.story, words=words))


def slips(play) -> list[Slip]:
    with play.banli.reading() as session:
        return list(session.scalars(select(Slip).order_by(Slip.id)))


def reminders(play) -> list[Reminder]:
    with play.banli.reading() as session:
        return list(session.scalars(select(Reminder).order_by(Reminder.id)))


def hub(play):
    return actor_named(play.banli, "wangmin")


def slip(play, level: str = "orange") -> int:
    new = NewSlip((play.item_id,), "zjj", level, "半程反馈没有按期报送", "三日内书面说明")
    return issue(play.banli, hub(play), new)


@pytest.mark.parametrize(
    ("stage", "light", "days_over", "earlier", "action"),
    [
        ("sign_in", "near", 0, 0, "reminder"),
        ("sign_in", "overdue", 1, 0, "none"),
        ("objection", "overdue", 3, 0, "reminder"),
        ("review", "near", 0, 0, "reminder"),
        ("review", "overdue", 1, 0, "letter"),
        ("reply", "near", 0, 0, "reminder"),
        ("reply", "urgent", 0, 0, "letter"),
        ("reply", "overdue", 1, 0, "orange"),
        ("reply", "overdue", 2, 1, "none"),
        ("reply", "overdue", 4, 1, "red"),
        ("opinion", "overdue", 11, 1, "bulletin"),
        ("rehandling", "overdue", 5, 2, "bulletin"),
        ("commitment", "urgent", 0, 0, "letter"),
        ("reply", "normal", 0, 0, "none"),
    ],
)
def test_what_a_light_asks_for_is_a_table(stage, light, days_over, earlier, action):
    facts = {"stage": stage, "light": light, "days_over": days_over, "slips": earlier}
    assert load_model(TABLE.read_bytes()).decide("催办督办", facts)["action"] == action


def test_the_hub_presses_who_has_a_task(play):
    task = play.step("progress").task_id
    assert remind(play.banli, hub(play), [task], "请本周内报送进展。") == 1
    with play.banli.reading() as session:
        [kept] = reminders_of_task(session, task)
    assert (kept.text, kept.by, kept.receiver) == ("请本周内报送进展。", "王敏", "赵倩")


def test_several_tasks_are_pressed_at_once_and_finished_ones_are_left_out(play):
    other = before_filing(play.banli, play.clock)
    tasks = [play.step("progress").task_id, other.step("first_review").task_id]
    other.do("first_review")
    assert remind(play.banli, hub(play), tasks, "请抓紧。") == 1


def test_units_press_nobody(play):
    with pytest.raises(NotAllowed):
        remind(play.banli, actor_named(play.banli, "zhengtao"), [play.step("progress").task_id], "请抓紧。")
    with pytest.raises(NotAllowed):
        issue(play.banli, actor_named(play.banli, "zhengtao"), NewSlip((play.item_id,), "zjj", "orange", "一", "二"))


def test_a_reminder_needs_words(play):
    with pytest.raises(FormInvalid):
        remind(play.banli, hub(play), [play.step("progress").task_id], "  ")


def test_a_step_that_tells_of_a_rating_is_not_pressed_by_the_hub(play):
    task = play.step("progress").task_id
    with play.banli.writing() as session:
        session.execute(update(Work).where(Work.task_id == task).values(confidential="rating"))
    assert remind(play.banli, hub(play), [task], "请抓紧。") == 0


def test_an_orange_slip_is_numbered_and_goes_to_the_unit(play):
    slip(play)
    [row] = slips(play)
    assert (row.number, row.state) == ("督办单〔2026〕1号", "issued")
    assert play.step("explain").unit_code == "zjj"
    play.do("explain")
    assert slips(play)[0].state == "explained"
    page = open_task(play.banli, hub(play), play.step("judge").task_id)
    assert "因人员调整延误" in page.values["explained"]
    play.do("judge")
    assert slips(play)[0].state == "accepted"
    assert "judge" not in play.open()


def test_letters_and_slips_are_numbered_apart(play):
    for level in ("letter", "orange", "orange"):
        slip(play, level)
    assert [row.number for row in slips(play)] == ["提醒函〔2026〕1号", "督办单〔2026〕1号", "督办单〔2026〕2号"]


def test_a_red_slip_is_signed_by_the_leader_first(play):
    slip(play, "red")
    assert slips(play)[0].number is None
    assert play.do("sign_slip").account == "zhoukai"
    assert slips(play)[0].signer == "zhoukai"
    assert "explain" in play.open()


def test_what_the_leader_does_not_sign_is_dropped(play):
    slip(play, "red")
    telling(play, slip_signature="refuse").do("sign_slip")
    assert (slips(play)[0].state, slips(play)[0].number) == ("refused", None)


def test_a_weak_explanation_is_asked_for_again(play):
    slip(play)
    play.do("explain")
    telling(play, judgement="insufficient").do("judge")
    page = open_task(play.banli, actor_named(play.banli, "qianlei"), play.step("explain").task_id)
    assert page.values["remarked"] == "请写明责任人和时间。"


def test_silence_goes_to_the_hub_and_an_ignored_slip_is_escalated(play):
    slip(play)
    play.clock.move(days=10)
    play.banli.engine.run_due()
    assert slips(play)[0].state == "overdue"
    telling(play, judgement="escalate").do("judge")
    former, sharper = slips(play)
    assert (former.state, sharper.level, sharper.previous_id) == ("escalated", "red", former.id)
    assert "sign_slip" in play.open(), "a red slip needs the leader"


def test_the_round_presses_once_for_each_light(play):
    due = play.step("progress").due.astimezone(BEIJING).date()
    at(play, due)
    assert (chase(play.banli).slips, len(slips(play))) == (1, 1)
    assert slips(play)[0].level == "letter"
    assert chase(play.banli).slips == 0, "it was said already"


def test_the_round_climbs_from_letter_to_bulletin(play):
    due = play.step("progress").due.astimezone(BEIJING).date()
    levels = []
    for days in (0, 1, 2, 5, 12):
        at(play, due + dt.timedelta(days=days))
        chase(play.banli)
        levels.append([row.level for row in slips(play)])
    first, second, third = ["letter"], ["letter", "orange"], ["letter", "orange", "red"]
    assert levels == [first, second, second, third, third]
    assert [row.kind for row in reminders(play) if row.task_id == play.step("progress").task_id] == ["bulletin"]


def test_who_is_no_handling_unit_is_only_reminded(banli, clock):
    play = before_filing(banli, clock)
    clock.now = play.step("first_review").due
    chase(banli)
    assert slips(play) == []
    assert [row.unit_code for row in reminders(play)] == ["rd"]


def test_the_worker_makes_one_round_a_day_at_eight(play):
    due = play.step("progress").due.astimezone(BEIJING).date()
    at(play, due, hour=7)
    assert not daily_round(play.banli)
    at(play, due, hour=8)
    Worker(play.banli).run_once()
    with play.banli.reading() as session:
        [made] = session.scalars(select(ChasingRound)).all()
    assert (made.on, made.slips) == (due, 1)
    assert not daily_round(play.banli)
    Worker(play.banli).run_once()
    assert len(slips(play)) == 1


def test_every_flow_of_a_slip_is_walked(play):
    slip(play, "letter")
    play.do("explain")
    telling(play, judgement="insufficient").do("judge")
    play.clock.move(days=10)
    play.banli.engine.run_due()
    for _ in range(2):
        telling(play, judgement="escalate").do("judge")
        if "sign_slip" in play.open():
            play.do("sign_slip")
        play.do("explain")
    play.do("judge")
    slip(play, "red")
    telling(play, slip_signature="refuse").do("sign_slip")
    with play.banli.reading() as session:
        slip_steps = Work.element_id.in_(["explain", "sign_slip"])
        roots = set(session.scalars(select(Work.root_id).where(Work.item_id == play.item_id, slip_steps)))
    taken, there = walked(play.banli, roots)
    print(told("slip", taken["slip"], there["slip"]))  # noqa: T201 - the coverage is to be read
    assert taken["slip"] == there["slip"]
