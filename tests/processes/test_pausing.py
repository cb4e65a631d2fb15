"""The clock of a case is paused by hand for a reason, and runs again after the list of what moves was read."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import setting, submitted

from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.board.queries import board_of_units
from tasks.cases.queries import case, register
from tasks.cases.views import RegisterFilters
from tasks.deadlines.views import Light
from tasks.demonstration.answers import Story
from tasks.handling.extensions import ask
from tasks.handling.models import Assignment
from tasks.notices.queries import notices
from tasks.pausing.service import pause, resume, resuming
from tasks.settings import BEIJING
from tasks.watch.queries import cases_at, watch
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work

JOINT = Story("zjj", ("jjdd",))
WHY = {"kind": "litigation", "reason": "县人民法院正在审理"}


@pytest.fixture
def handled(banli_on_both, clock):
    """A case whose units have signed in: consultation and opinion are open."""
    play = submitted(banli_on_both, clock, JOINT)
    play.do("assign")
    play.do_all("sign_in")
    assert play.open() == ["consult", "opinion"]
    return play


def hub(play):
    return actor_named(play.banli, "wangmin")


def paused(play, **changes):
    pause(play.banli, hub(play), play.item_id, {**WHY, **changes})


def resumed(play):
    shown = resuming(play.banli, hub(play), play.item_id)
    resume(play.banli, hub(play), play.item_id, shown.mark)
    return shown


def page_of(play, account="wangmin"):
    return case(play.banli, actor_named(play.banli, account), play.item_id)


def parts(play):
    with play.banli.reading() as session:
        rows = session.scalars(select(Assignment).where(Assignment.item_id == play.item_id, Assignment.current))
        return {part.role: part for part in rows}


def day_of(instant):
    return instant.astimezone(BEIJING).date()


def later(play, due, days):
    """So many working days after a date."""
    day, calendar = day_of(due), play.banli.reference().calendar
    while days:
        day += dt.timedelta(days=1)
        days -= calendar.is_working(day)
    return day


def waited(play, begun):
    return play.banli.reference().calendar.working_days_between(begun, day_of(play.clock()))


def said(play, account="wangmin"):
    return [(str(entry.what), entry.who, entry.text) for entry in page_of(play, account).timeline]


def reminders(play):
    return parts(play)["co"].reminded


def test_the_light_says_paused_on_the_case_and_in_lists_and_nothing_is_late(handled):
    paused(handled)
    begun = day_of(handled.clock())
    handled.clock.move(days=300)
    handled.banli.engine.run_due()
    due = page_of(handled).item.reply_due
    assert (due.light, due.words.values) == (Light.PAUSED, {"day": begun})
    assert {holder.due.light for holder in page_of(handled).holders if holder.due} == {Light.PAUSED}
    assert register(handled.banli, hub(handled), RegisterFilters(only="overdue")).total == 0
    assert board_of_units(handled.banli, hub(handled)).totals["overdue"] == 0
    standing = watch(handled.banli, hub(handled), "co_opinion")
    assert (standing.standing, standing.overdue) == (1, 0)
    assert not [one for one in cases_at(handled.banli, hub(handled), "co_opinion", "opinion").rows if one.overdue]
    assert reminders(handled) == 0, "no reminder while the clock stands still"


def test_the_case_says_since_when_by_whom_why_and_until_when_presumably(handled):
    end = day_of(handled.clock()) + dt.timedelta(days=60)
    paused(handled, expected=end)
    record = page_of(handled).paused
    assert (record.by, record.kind, record.reason, record.expected) == (
        "王敏", "涉及诉讼、仲裁或者审计", "县人民法院正在审理", end)  # fmt: skip
    assert (f"paused the clock of the case, presumably until {end}", "王敏",
            "涉及诉讼、仲裁或者审计：县人民法院正在审理") in said(handled)  # fmt: skip
    told = notices(handled.banli, actor_named(handled.banli, "qianlei")).rows[0]
    assert "县人民法院正在审理" in told.sentence.values["text"]


def test_every_date_moves_by_the_working_days_and_the_list_says_so_before(handled):
    before = parts(handled)
    steps = {name: handled.step(name).due for name in ("consult", "opinion")}
    timers = {one.element_id: one.due for one in handled.banli.engine.timers(handled.step("opinion").root_id)}
    paused(handled)
    begun = day_of(handled.clock())
    handled.clock.move(days=20)
    days = waited(handled, begun)
    assert days > 10
    shown = resumed(handled)
    after = parts(handled)
    assert {role: day_of(part.due) for role, part in after.items()} == {
        role: later(handled, part.due, days) for role, part in before.items()
    }
    assert {name: day_of(handled.step(name).due) for name in steps} == {
        name: later(handled, due, days) for name, due in steps.items()
    }
    assert handled.step("opinion").due == after["co"].due
    moved = {one.element_id: one.due for one in handled.banli.engine.timers(handled.step("opinion").root_id)}
    assert moved["opinion_overdue"] == after["co"].due
    assert moved["opinion_near"] == after["co"].due - dt.timedelta(days=7)
    assert moved["too_late"] > timers["too_late"]
    listed = {(str(one.what), one.who, one.by_system): (one.before, one.after, one.rule) for one in shown.moves}
    assert listed[("Reply of the unit", "住建局", False)] == (before["lead"].due, after["lead"].due, "P8 答复（普通）")
    assert listed[("撰写会办意见", "交警大队", False)] == (steps["opinion"], after["co"].due, "P5 会办意见")
    assert ("逾期", "交警大队", True) in listed
    assert len(listed) == 2 + len(steps) + len(timers)
    assert page_of(handled).item.reply_due.light is not Light.PAUSED
    entry = next(one for one in said(handled) if "runs again" in one[0])
    assert entry[1] == "王敏"
    assert f"住建局：{day_of(before['lead'].due)}→{day_of(after['lead'].due)}" in entry[2]


def test_steps_that_open_afterwards_are_due_by_the_moved_date_and_follow_a_changed_rule(handled):
    paused(handled)
    handled.clock.move(days=20)
    resumed(handled)
    moved = parts(handled)["lead"].due
    handled.until("draft")
    assert handled.step("draft").due == moved


def test_a_step_that_opens_during_the_pause_stands_still_too_and_moves_by_all_of_it(handled):
    paused(handled)
    begun = day_of(handled.clock())
    handled.clock.move(days=5)
    handled.until("draft")
    assert handled.step("draft").suspended_at is not None
    handled.clock.move(days=20)
    days, before = waited(handled, begun), handled.step("draft").due
    resumed(handled)
    assert day_of(handled.step("draft").due) == later(handled, before, days)
    assert handled.step("draft").due == parts(handled)["lead"].due


def test_a_review_moves_by_the_days_since_it_was_sent_up(handled):
    handled.until("review")
    opened, before = day_of(handled.step("review").opened_at), handled.step("review").due
    paused(handled)
    handled.clock.move(days=20)
    days = waited(handled, max(opened, day_of(handled.step("review").suspended_at)))
    resumed(handled)
    review = handled.step("review")
    assert day_of(review.due) == later(handled, before, days)
    assert [note["waits"][-1]["why"] for note in review.due_notes if "waits" in note] == [
        "涉及诉讼、仲裁或者审计：县人民法院正在审理"
    ]


@pytest.mark.parametrize("first_to_end", ["objection", "pause"])
def test_with_two_reasons_the_clock_runs_when_the_last_one_ends(banli_on_both, clock, first_to_end):
    setting(banli_on_both, "pause_policy", value=True)
    play = submitted(banli_on_both, clock, JOINT)
    play.do("assign")
    before = parts(play)["lead"].due
    play.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    begun = day_of(clock())
    clock.move(days=3)
    paused(play)
    clock.move(days=7)
    if first_to_end == "objection":
        play.do("decide_objection", ruling="refuse")
    else:
        assert resumed(play).goes_on_waiting == ["住建局", "交警大队"]
    assert page_of(play).item.reply_due.light is Light.PAUSED
    assert parts(play)["lead"].due == before
    clock.move(days=7)
    if first_to_end == "objection":
        resumed(play)
    else:
        play.do("decide_objection", ruling="refuse")
    lead = parts(play)["lead"]
    assert page_of(play).item.reply_due.light is not Light.PAUSED
    assert day_of(lead.due) == later(play, before, waited(play, begun)), "each day counts once"
    why = lead.due_notes[-1]["waits"][-1]["why"]
    assert "等待裁定" in why
    assert "审理" in why


def test_a_reply_that_is_issued_meanwhile_ends_the_pause_and_was_in_time(handled):
    handled.until("issue")
    paused(handled)
    handled.clock.move(days=300)
    handled.do("issue")
    assert page_of(handled).paused is None
    assert parts(handled)["lead"].due > handled.clock()


def test_the_days_for_silence_stand_still_too(banli_on_both, clock):
    play = submitted(banli_on_both, clock, JOINT)
    play.do("assign")
    paused(play)
    clock.move(days=60)
    banli_on_both.engine.run_due()
    assert play.open() == ["sign_in", "sign_in"], "nobody counts as having accepted"
    resumed(play)
    clock.move(days=60)
    banli_on_both.engine.run_due()
    assert "sign_in" not in play.open()


def test_a_unit_added_meanwhile_stands_still_from_its_first_day(banli_on_both, clock):
    play = submitted(banli_on_both, clock, Story("zjj"))
    play.do("assign")
    play.do("sign_in", "zjj", answer="add", suggests=("jjdd",))
    paused(play)
    clock.move(days=3)
    play.do_all("consider_addition")
    assert parts(play)["co"].suspended_at is not None


def test_a_day_that_was_agreed_on_is_not_paused(handled):
    handled.until("draft")
    wanted = day_of(parts(handled)["lead"].due) + dt.timedelta(days=30)
    ask(handled.banli, actor_named(handled.banli, "qianlei"), handled.item_id,
        {"kind": "hard", "reason": "跨部门", "plan": "先完成勘测", "wanted": wanted, "told_by": "met",
         "told_on": day_of(handled.clock())})
    handled.do("hub_extension")
    handled.do("approve_extension")
    with pytest.raises(NotAllowed, match="agreed on"):
        paused(handled)


def test_a_reason_is_needed_and_the_expected_end_lies_ahead(handled):
    with pytest.raises(FormInvalid) as refused:
        paused(handled, kind="", reason=" ", expected=day_of(handled.clock()))
    assert [error.key for error in refused.value.errors] == ["kind", "reason", "expected"]


def test_it_is_paused_once_by_the_hub_while_something_runs(handled):
    with pytest.raises(NotAllowed, match="Only the hub"):
        pause(handled.banli, actor_named(handled.banli, "qianlei"), handled.item_id, WHY)
    paused(handled)
    with pytest.raises(NotAllowed, match="paused already, since"):
        paused(handled)
    resumed(handled)
    with pytest.raises(NotAllowed, match="not paused"):
        resume(handled.banli, hub(handled), handled.item_id, "")


def test_before_the_assignment_nothing_runs(banli_on_both, clock):
    play = submitted(banli_on_both, clock, JOINT)
    with pytest.raises(NotAllowed, match="Nothing runs"):
        paused(play)


def test_another_list_than_the_one_that_was_read_is_not_carried_out(handled):
    paused(handled)
    handled.clock.move(days=10)
    mark = resuming(handled.banli, hub(handled), handled.item_id).mark
    handled.clock.move(days=10)
    with pytest.raises(FormInvalid):
        resume(handled.banli, hub(handled), handled.item_id, mark)
    assert page_of(handled).paused is not None


def test_looking_at_the_list_changes_nothing(handled):
    paused(handled)
    handled.clock.move(days=20)
    before = {name: handled.step(name).due for name in handled.open()}
    resuming(handled.banli, hub(handled), handled.item_id)
    assert {name: handled.step(name).due for name in handled.open()} == before
    with handled.banli.reading() as session:
        assert session.scalar(select(Work.suspended_at).where(Work.task_id == handled.step("consult").task_id))


def test_a_request_that_is_sent_twice_counts_once(handled):
    for _ in range(2):
        pause(handled.banli, hub(handled), handled.item_id, WHY, request_id="p")
    handled.clock.move(days=3)
    mark = resuming(handled.banli, hub(handled), handled.item_id).mark
    for _ in range(2):
        resume(handled.banli, hub(handled), handled.item_id, mark, request_id="r")
    assert page_of(handled).paused is None
