"""When the day comes until which a pause was expected to last, the hub is told once, and lists say so."""

from __future__ import annotations

import datetime as dt
from threading import Barrier, Thread

import pytest
from tests_support.people import hired, setting, submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import case, register
from tasks.demonstration.answers import Story
from tasks.notices.queries import notices
from tasks.notices.views import NoticeKind
from tasks.pausing.reminding import remind_of_ends
from tasks.pausing.service import pause, resume, resuming
from tasks.settings import BEIJING
from tasks.worker import Worker

WHY = {"kind": "litigation", "reason": "县人民法院正在审理"}


@pytest.fixture
def held(banli_on_both, clock):
    """A case whose clock stands still, presumably for ten days more."""
    play = submitted(banli_on_both, clock, Story("zjj"))
    play.do("assign")
    play.do_all("sign_in")
    pause(play.banli, hub(play), play.item_id, {**WHY, "expected": play.banli.today() + dt.timedelta(days=10)})
    return play


def hub(play):
    return actor_named(play.banli, "wangmin")


def told(play, account="wangmin"):
    rows = notices(play.banli, actor_named(play.banli, account)).rows
    return [row for row in rows if row.kind is NoticeKind.PAUSE_OVER]


def until(play, days, hour=9):
    """So many days after the pause, at this hour in Beijing."""
    day = (play.clock() + dt.timedelta(days=days)).astimezone(BEIJING)
    play.clock.now = day.replace(hour=hour, minute=0).astimezone(dt.UTC)


def shown_in_lists(play):
    page = case(play.banli, hub(play), play.item_id)
    return page.paused.over, register(play.banli, hub(play)).rows[0].pause_over


def test_the_day_before_nobody_is_told_and_no_list_says_so(held):
    until(held, 9)
    assert remind_of_ends(held.banli) == 0
    assert (told(held), shown_in_lists(held)) == ([], (False, False))


def test_on_the_day_the_hub_is_told_once_with_the_day_and_why(held):
    until(held, 10)
    assert (remind_of_ends(held.banli), remind_of_ends(held.banli)) == (1, 0)
    (notice,) = told(held)
    assert notice.item_id == held.item_id
    assert "县人民法院正在审理" in str(notice.sentence)
    assert shown_in_lists(held) == (True, True)
    until(held, 5)
    assert remind_of_ends(held.banli) == 0


def test_who_paused_and_every_officer_of_the_hub_are_told_and_no_unit(held):
    hired(held.banli, "mali", "马丽", "fb", "hub_officer")
    until(held, 10)
    remind_of_ends(held.banli)
    assert [len(told(held, account)) for account in ("wangmin", "mali", "jianglin", "linguoqiang")] == [1, 1, 0, 0]


def test_it_waits_for_the_hour_of_the_daily_reminders(held):
    setting(held.banli, "chasing_hour", 10)
    until(held, 10, hour=9)
    assert remind_of_ends(held.banli) == 0
    until(held, 0, hour=10)
    assert remind_of_ends(held.banli) == 1


def test_a_clock_that_runs_again_is_not_told_of(held):
    until(held, 9)
    resume(held.banli, hub(held), held.item_id, resuming(held.banli, hub(held), held.item_id).mark)
    until(held, 3)
    assert remind_of_ends(held.banli) == 0
    assert told(held) == []


def test_a_pause_without_an_expected_end_is_never_told_of(banli_on_both, clock):
    play = submitted(banli_on_both, clock, Story("zjj"))
    play.do("assign")
    play.do_all("sign_in")
    pause(play.banli, hub(play), play.item_id, WHY)
    until(play, 200)
    assert remind_of_ends(play.banli) == 0
    assert shown_in_lists(play) == (False, False)


def test_two_workers_tell_it_once(held):
    until(held, 10)
    begin = Barrier(2)

    def work():
        begin.wait()
        remind_of_ends(held.banli)

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told(held)) == 1


def test_the_worker_does_it_in_its_round(held):
    until(held, 10)
    Worker(held.banli).run_once()
    assert len(told(held)) == 1
