"""The acts of an office beside the diagram, through the pages: stand in, countersign, attach, sign on paper, keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import PHONE
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.demonstration.answers import Story

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TODAY = DAY.date().isoformat()
TITLE = "关于规范夜市占道经营的建议"
PDF = b"%PDF-1.7\nsigned\n%%EOF"


class StandingClock:
    """The county's clock stands still."""

    def __call__(self):
        return DAY

    def move(self, **_span):
        """No time passes."""


@pytest.fixture
def play(banli):
    return submitted(banli, StandingClock(), Story("cgj")).until("draft")


def violations(page):
    found = Axe().run(page, options=STANDARD).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def leaves(person, substitute):
    person.go("/absences")
    person.page.fill("#f-first_day", TODAY)
    person.page.fill("#f-last_day", TODAY)
    person.page.select_option("#f-substitute", substitute)
    person.page.get_by_role("button", name="设置").click()
    person.page.wait_for_selector(".note.good")


def asks(person, task, *accounts, question="请核对车位数"):
    person.go(f"/tasks/{task}/countersign")
    for account in accounts:
        person.page.check(f'[name=countersign_by][value="{account}"]')
    person.page.fill("#f-countersign_question", question)
    person.page.get_by_role("button", name="送会签").click()
    person.page.wait_for_selector(".note.good")


def test_a_substitute_completes_a_colleagues_task_and_the_case_tells_both_names(people, play):
    leaves(people["wufang"], "jianglin")
    substitute = people["jianglin"]
    substitute.go("/tasks")
    assert "今天为吴芳代办" in substitute.page.inner_text("header.bar")
    substitute.page.click("header.bar .standing")
    substitute.page.locator("a.title", has_text=TITLE).click()
    substitute.page.wait_for_selector("#task-form")
    assert "您正在为吴芳代办" in substitute.reads()
    story = {"body": "经研究，现答复如下：" + "已安排专人保洁。" * 20}
    for name, value in story.items():
        substitute.fills(**{name: value})
    for control in substitute.page.locator("#task-form select:visible").all():
        if not control.input_value():
            control.select_option(index=1)
    for group in substitute.page.locator("#task-form fieldset[role=radiogroup]:visible").all():
        if not group.locator("input:checked").count():
            group.locator("input").first.check()
    for box in substitute.page.locator("#task-form textarea:visible, #task-form input[type=text]:visible").all():
        if not box.input_value():
            box.fill("已落实")
    substitute.submits()
    substitute.go(f"/cases/{play.item_id}/timeline")
    assert "江琳（城管局） 代吴芳" in substitute.reads()
    assert not substitute.complaints


def test_a_countersignature_goes_round_and_comes_back(people, play):
    task = play.step("draft").task_id
    asks(people["wufang"], task, "jianglin")
    colleague = people["jianglin"]
    colleague.go("/tasks")
    colleague.page.locator("tr[data-countersign] a.title").click()
    colleague.page.check('[name=verdict][value="disagree"]')
    colleague.page.fill("#f-answer", "数字不实")
    colleague.page.get_by_role("button", name="提交").click()
    colleague.page.wait_for_selector(".note.good")
    people["wufang"].go(f"/tasks/{task}")
    assert "数字不实" in people["wufang"].page.inner_text("#f-countersign")


def test_a_leaders_signature_on_paper_is_recorded_with_its_scan(people, play):
    while "cgj:unit_head" not in (play.step("review").candidates if "review" in play.open() else []):
        play.do(play.open()[0])
    secretary = people["jianglin"]
    secretary.go("/tasks?view=on_paper")
    secretary.page.locator("a.title", has_text=TITLE).click()
    scan = {"name": "签批单.pdf", "mimeType": "application/pdf", "buffer": PDF}
    secretary.page.set_input_files('input[name="files:recorded_scan"]', scan)
    secretary.page.wait_for_selector('[name="recorded_scan"][value]')
    secretary.fills(verdict="pass").submits()
    secretary.go(f"/cases/{play.item_id}")
    assert "代孙涛（纸质签批）" in secretary.reads()
    assert "签批单.pdf" in secretary.reads()
    assert not secretary.complaints


def test_a_day_at_the_list_needs_no_mouse(people):
    hub = people["wangmin"]
    hub.go("/tasks?view=claimable")
    keyboard = hub.page.keyboard
    keyboard.press("?")
    assert hub.page.locator("#keys").is_visible()
    keyboard.press("Escape")
    keyboard.press("j")
    keyboard.press("j")
    keyboard.press("k")
    keyboard.press("x")
    assert hub.page.locator("tbody input:checked").count() == 1
    keyboard.press("c")
    hub.page.wait_for_selector(".note.good")
    hub.go("/tasks?view=mine")
    keyboard.press("j")
    keyboard.press("Enter")
    hub.page.wait_for_selector("#task-form")


def places(play):
    draft = play.step("draft").task_id
    return {
        "absences": ("wufang", "/absences"),
        "task": ("wufang", f"/tasks/{draft}"),
        "ask": ("wufang", f"/tasks/{draft}/countersign"),
        "answer": ("jianglin", "/countersignatures/1"),
        "asked": ("jianglin", "/tasks?view=mine"),
        "entrusted": ("jianglin", "/tasks?view=delegated"),
        "case": ("jianglin", f"/cases/{play.item_id}"),
        "register": ("wangmin", "/cases"),
        "portal": ("linguoqiang", f"/portal/{play.item_id}"),
    }


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(people, play, size):
    leaves(people["wufang"], "jianglin")
    asks(people["wufang"], play.step("draft").task_id, "jianglin")
    for place, (account, address) in places(play).items():
        person = people[account]
        if size == "phone":
            person.page.set_viewport_size(PHONE)
        person.go(address)
        assert (place, violations(person.page)) == (place, [])
        wide = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (place, wide) == (place, 0)
