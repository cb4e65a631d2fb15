"""The administrator's room is readable for everybody, on a desk and on a narrow phone."""

import pytest
from test_administration import NOTICE_2027
from test_looks import violations
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.changes import service
from tasks.changes.service import Part
from tasks.demonstration.answers import Story

SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 360, "height": 740}}
PAGES = (
    "/admin", "/admin/changes", "/admin/changes/1", "/admin/changes/1/take-back", "/admin/deadlines", "/admin/presets",
    "/admin/presets/chongqing", "/admin/holidays", "/admin/review-chain?try=1&key=leader",
    "/admin/review-chain/review_chain_row_4", "/admin/review-chain/new", "/admin/settings/deadline/P5",
    "/admin/settings/deadline/new", "/admin/settings/light", "/admin/settings/list/origins",
    "/admin/settings/category", "/admin/settings/category/城建交通",
    "/admin/settings/result_class/B", "/admin/settings/numbering/numbering", "/admin/settings/unit",
    "/admin/settings/unit/zjj", "/admin/settings/unit/zjj/remove", "/admin/settings/account",
    "/admin/settings/account/zhaoqian", "/admin/accounts/zhaoqian/password", "/admin/settings/membership",
    "/admin/settings/sitting", "/admin/roles?may=area:item:read&who=wangmin", "/admin/halted", "/admin/sheets/unit",
)  # fmt: skip


def wider_than_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def judged(person, place):
    found, wider = violations(person.page), wider_than_the_window(person.page)
    return [(place, found, wider)] if found or wider > 0 else []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(banli, standing, people, size):
    submitted(banli, standing, Story("zjj", ("jjdd",)), title="关于停车的建议").until("opinion")
    light = {**service.contents(banli, "light")["reply"], "near": 40}
    service.change(banli, actor_named(banli, "chenli"), [Part("light", "reply", light)], "县府办通知")
    chenli = people["chenli"]
    chenli.page.set_viewport_size(SIZES[size])
    wrong = []
    for address in PAGES:
        answer = chenli.go(address)
        assert answer.status == 200, address
        wrong += judged(chenli, address)
    chenli.go("/admin/holidays")
    chenli.fills(notice=NOTICE_2027)
    chenli.page.get_by_role("button", name="读取通知").click()
    chenli.page.wait_for_selector("[data-day]")
    wrong += judged(chenli, "days of the notice")
    chenli.go("/admin/settings/deadline/P5")
    chenli.fills(amount="60", unit="wd", effective_from=DAY.date().isoformat(), reach="running", why="通知")
    chenli.page.get_by_role("button", name="修改", exact=True).last.click()
    chenli.page.wait_for_selector("[data-moves]")
    wrong += judged(chenli, "dates that move")
    chenli.go("/admin/settings/deadline/P5")
    chenli.fills(amount="many", why="")
    chenli.page.get_by_role("button", name="修改", exact=True).last.click()
    chenli.page.wait_for_selector("[data-first-error]")
    wrong += judged(chenli, "a form with mistakes")
    assert "\n".join(map(str, wrong)) == ""
    assert [one for one in chenli.complaints if "422" not in one] == []


def test_a_change_is_made_by_the_keyboard_alone(people):
    chenli = people["chenli"]
    chenli.go("/admin/settings/light/reply")
    chenli.page.focus("#f-near")
    chenli.page.keyboard.press("Control+a")
    chenli.page.keyboard.type("45")
    chenli.page.keyboard.press("Tab")
    chenli.page.keyboard.press("Tab")
    chenli.page.keyboard.type("县府办通知")
    chenli.page.keyboard.press("Enter")
    chenli.page.wait_for_selector(".note.good")
    assert "45" in chenli.reads()
