"""The desks as they look: accessible, and whole on a narrow phone; a leader signs with the thumb."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import PHONE
from tests_support.people import Play, Standing

from tasks.demonstration.answers import Story

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DESKS = {
    "office": ("qianlei", "/office"),
    "nobody's": ("qianlei", "/office/people/-"),
    "signing": ("wubin", "/sign"),
    "committee": ("sunjie", "/desk"),
}
WIDTHS = (1366, 360)


@pytest.fixture
def at_work(banli):
    """A sign-in for the office, a review for its deputy, a rating for the committee to wait for."""
    plays = [Play(banli, Standing(banli), item, Story("zjj")) for item in (1, 2, 3)]
    for play, step in zip(plays, ("sign_in", "review", "rate"), strict=True):
        play.until(step)
    plays[1].do("review")


def faults(page):
    found = Axe().run(page, options=STANDARD).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found], max(wider, 0)


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize("width", WIDTHS)
def test_the_desks_are_accessible_and_do_not_scroll_sideways(people, width):
    for account, address in DESKS.values():
        person = people[account]
        person.page.set_viewport_size({"width": width, "height": 760})
        person.go(address)
        assert faults(person.page) == ([], 0), address


@pytest.mark.usefixtures("at_work")
def test_a_leader_reads_and_passes_on_a_phone(people):
    leader = people.newcomer("wubin", viewport=PHONE, has_touch=True)
    leader.go("/sign")
    leader.page.locator(".sign-cards a.btn").first.tap()
    leader.page.wait_for_selector(".letter")
    assert faults(leader.page) == ([], 0)
    button = leader.page.locator('.dock button[value="pass"]')
    box = button.bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= PHONE["height"], "under the thumb without scrolling"
    button.tap()
    leader.page.wait_for_selector(".note.good")
    assert "没有待签的事项" in leader.reads()
    leader.page.context.close()


@pytest.mark.usefixtures("at_work")
def test_an_office_signs_in_by_the_keyboard(people):
    office = people["qianlei"]
    office.go("/office")
    office.page.locator(".signing input[type=checkbox]").first.focus()
    assert office.page.locator(".signing input[type=checkbox]").first.is_checked(), "one handler: nothing to choose"
    office.page.locator(".pick button").focus()
    office.page.keyboard.press("Enter")
    office.page.wait_for_selector(".note.good")
    assert "都已签收" in office.reads()


@pytest.mark.usefixtures("at_work")
def test_a_date_says_its_reason_to_who_points_at_it(people):
    office = people["qianlei"]
    office.go("/office")
    date = office.page.locator("details.due").first
    date.locator("summary").hover()
    assert date.locator("summary").get_attribute("title") == date.locator(".explain > p").text_content()
