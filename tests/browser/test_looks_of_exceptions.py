"""The pages for what goes another way are readable for everybody, on a desk and on a narrow phone."""

import datetime as dt

import pytest
from pictures import seen
from sqlalchemy import select, update
from test_looks import violations
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.handling.extensions import ask
from tasks.handling.item_withdrawals import withdraw_item
from tasks.handling.key_items import Designation, make_key
from tasks.pausing.service import pause
from tasks.supervision.slips import NewSlip, issue
from tasks.worklist.models import Work

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
TWO = Story("zjj", ("jjdd",), mode="separate")
MORE_TIME = {"kind": "hard", "reason": "需要协调省属单位。", "plan": "先完成勘测。", "told_by": "phoned",
             "told_on": DAY.date(), "wanted": DAY.date() + dt.timedelta(days=120)}  # fmt: skip


@pytest.fixture
def places(banli, standing):
    """Every page, and who looks at it: an item of two units, one that waits for the meeting, one withdrawn."""
    two = submitted(banli, standing, TWO, title="关于整治农贸市场周边秩序的建议")
    two.do("assign")
    for unit in ("zjj", "jjdd"):
        two.do("sign_in", unit)
        two.do("consult", unit)
    designation = Designation("congress", supervisor="县人大城环工委督办", reason="多名代表关注")
    make_key(banli, actor_named(banli, "sunjie"), two.item_id, designation)
    ask(banli, actor_named(banli, "zhaoqian"), two.item_id, MORE_TIME)
    triaged = submitted(banli, standing, TWO, title="关于整治河道乱象的建议")
    waiting = submitted(banli, standing, Story("cgj"), title="关于增设路灯的建议")
    banli.engine.set_variables(waiting.step("assign").root_id, {"timing": "in_session"}, "test", "test")
    waiting.do("assign")
    resting = submitted(banli, standing, TWO, title="关于修缮老县衙旧址的建议")
    resting.do("assign")
    pause(banli, actor_named(banli, "wangmin"), resting.item_id, {"kind": "superior", "reason": "等待省文物局批复"})
    with banli.writing() as session:
        session.execute(update(Work).where(Work.unit_code == "zjj").values(due=DAY - dt.timedelta(days=2)))
    pair = NewSlip((two.item_id, resting.item_id), "zjj", "orange", "逾期没有答复", "三日内书面说明")
    slip = issue(banli, actor_named(banli, "wangmin"), pair)
    with banli.reading() as session:
        explain = session.scalars(select(Work.task_id).where(Work.subject_kind == "slip")).one()
    gone = submitted(banli, standing, Story("cgj"), title="关于疏通雨水井的建议").until("consult")
    withdraw_item(banli, actor_named(banli, "linguoqiang"), gone.item_id, "问题已经解决。")
    return {
        "board": ("wangmin", "/board"),
        "board of a unit": ("wangmin", "/board/zjj"),
        "dispatch": ("wangmin", "/dispatch"),
        "dispatch, to be approved": ("zhoukai", "/dispatch"),
        "file": ("zhaoqian", f"/cases/{two.item_id}/file"),
        "file of a withdrawn item": ("wangmin", f"/cases/{gone.item_id}/file"),
        "overview": ("wangmin", f"/cases/{two.item_id}"),
        "withdrawn": ("wufang", f"/cases/{gone.item_id}"),
        "extension": ("helei", f"/cases/{two.item_id}/extension"),
        "pause": ("wangmin", f"/cases/{two.item_id}/pause"),
        "paused": ("wangmin", f"/cases/{resting.item_id}"),
        "resume": ("wangmin", f"/cases/{resting.item_id}/resume"),
        "supervision of a unit": ("wangmin", "/supervision?unit=zjj"),
        "one slip to a unit": ("wangmin", "/supervision/units/zjj/slip"),
        "slip about several": ("qianlei", f"/supervision/slips/{slip}"),
        "explaining it": ("qianlei", f"/tasks/{explain}"),
        "key": ("sunjie", f"/cases/{triaged.item_id}/key"),
        "withdraw": ("linguoqiang", f"/portal/{triaged.item_id}/withdraw"),
        "decision on more time": ("wangmin", f"/tasks/{two.step('hub_extension').task_id}"),
        "part": ("zhaoqian", f"/tasks/{two.step('draft', 'zjj').task_id}"),
        "triage": ("wangmin", f"/tasks/{triaged.step('assign').task_id}"),
    }


def wider_than_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(people, places, size):
    wrong = []
    for place, (account, address) in places.items():
        person = people[account]
        person.page.set_viewport_size(SIZES[size])
        answer = person.go(address)
        assert answer.status == 200, place
        seen(person.page, f"{place} {size}")
        found, wider = violations(person.page), wider_than_the_window(person.page)
        if found or wider > 0:
            wrong.append((place, found, wider))
    assert wrong == []


@pytest.mark.parametrize(
    ("place", "button"),
    [("extension", "button.primary"), ("pause", "button.primary"), ("key", "button.primary"),
     ("withdraw", "button.danger")],
)  # fmt: skip
def test_axe_finds_nothing_in_a_form_with_errors(people, places, place, button):
    account, address = places[place]
    person = people[account]
    person.page.set_viewport_size(SIZES["phone"])
    person.go(address)
    person.page.click(f".dock {button}")
    person.page.wait_for_selector("[data-first-error]")
    assert violations(person.page) == []
    assert wider_than_the_window(person.page) <= 0


def test_each_wide_table_scrolls_in_a_frame_of_its_own(people, places):
    hub = people["wangmin"]
    hub.page.set_viewport_size(SIZES["phone"])
    for place in ("board", "dispatch"):
        hub.go(places[place][1])
        frames = hub.page.locator("main .scroll")
        assert frames.count() > 0, place
        for frame in frames.all():
            assert frame.get_attribute("tabindex") == "0", f"{place}: reached by the keyboard"
            assert frame.evaluate("f => f.getBoundingClientRect().right <= window.innerWidth"), place
