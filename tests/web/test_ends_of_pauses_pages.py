"""From the notice that a pause should be over, one click leads to where the clock is let run again."""

import datetime as dt
import re

from sqlalchemy import update
from tests_support.people import Play, Standing

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.pausing.models import ClockPause
from tasks.pausing.reminding import remind_of_ends
from tasks.pausing.service import pause


def over(banli):
    """The case's clock stands still, and this was the day on which it was expected to run again."""
    play = Play(banli, Standing(banli), 1, Story("zjj"))
    play.do("assign")
    play.do_all("sign_in")
    why = {"kind": "litigation", "reason": "县人民法院正在审理", "expected": banli.today() + dt.timedelta(days=1)}
    pause(banli, actor_named(banli, "wangmin"), 1, why)
    with banli.writing() as session:
        session.execute(update(ClockPause).values(expected=banli.today()))
    remind_of_ends(banli)


def test_the_notice_leads_to_the_page_on_which_the_clock_is_let_run(banli, visitor):
    over(banli)
    hub = visitor.be("wangmin")
    page = hub.read("/notices")
    assert "暂停计时预计到2026-05-07结束" in page
    button = re.search(r'data-notice="pause_over"><button name="notice" value="(\d+)"', page)[1]
    answer = hub.post("/notices/read", {"notice": button})
    assert answer.location.endswith("/cases/1/resume")
    assert "恢复计时" in hub.read("/cases/1/resume")


def test_the_case_and_the_register_say_that_the_expected_end_has_come(banli, visitor):
    over(banli)
    hub = visitor.be("wangmin")
    page = hub.read("/cases/1")
    assert "预计恢复日期已到" in page
    assert 'href="/cases/1/resume"' in page
    assert "暂停计时的预计恢复日期已到" in hub.read("/cases")
    assert "/cases/1/resume" not in visitor.be("jianglin").read("/cases/1")
