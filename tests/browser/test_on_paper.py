"""What comes out of the printer: whose list it is and of which day, no buttons, nothing cut off, white paper."""

import pytest
from tests_support.people import Play, submitted

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.supervision.slips import NewSlip, issue

PRINTED = {
    "workbench": ("wangmin", "/"),
    "worklist": ("wangmin", "/tasks?view=claimable"),
    "register": ("wangmin", "/cases?kind=suggestion"),
    "case": ("wangmin", "/cases/1"),
    "course": ("wangmin", "/cases/1/timeline"),
    "replies": ("wangmin", "/cases/1/replies"),
    "board": ("wangmin", "/board"),
    "supervision": ("wangmin", "/supervision"),
    "statistics": ("wangmin", "/statistics"),
    "dispatch": ("wangmin", "/dispatch"),
    "portal": ("linguoqiang", "/portal"),
}
TO_CLICK = (
    ".btn:not(.seg .primary), .rail, .tabbar, .bar, .dock, details form, "
    "textarea, input[type=file], input[type=checkbox]"
)
UPRIGHT, ACROSS = {"width": 695, "height": 1000}, {"width": 1024, "height": 670}
"""The part of a page of A4 inside its margins, in pixels."""


@pytest.fixture
def on_paper(open_house):
    """Opens a page as it would be printed."""
    printed = []

    def open_page(account, address):
        person = open_house[account]
        person.go(address)
        lying = person.page.locator("main.across").count()
        person.page.set_viewport_size(ACROSS if lying else UPRIGHT)
        person.page.emulate_media(media="print")
        printed.append(person)
        return person.page

    yield open_page
    for person in printed:
        person.page.emulate_media(media="screen")
        person.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("place", PRINTED)
def test_a_printed_page_says_whose_it_is_and_has_nothing_to_click(on_paper, place):
    page = on_paper(*PRINTED[place])
    head = page.locator(".on-paper").inner_text()
    assert "云岭县" in head
    assert "打印" in head
    assert [node.inner_text() for node in page.locator(TO_CLICK).all() if node.is_visible()] == []


@pytest.mark.parametrize("place", PRINTED)
def test_nothing_is_cut_off_at_the_edge_of_the_paper(on_paper, place):
    page = on_paper(*PRINTED[place])
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


def test_the_line_for_paper_is_not_shown_on_a_screen(open_house):
    hub = open_house["wangmin"]
    hub.go("/")
    assert not hub.page.locator(".on-paper").is_visible()


def test_a_printed_list_says_which_filters_are_on(on_paper):
    page = on_paper("wangmin", "/cases?kind=suggestion")
    shown = [node.get_attribute("name") for node in page.locator(".filters select").all() if node.is_visible()]
    assert shown == ["kind"]


def test_a_printed_light_has_its_date_beside_it(on_paper):
    page = on_paper("wangmin", "/tasks?view=claimable")
    written = "summary => getComputedStyle(summary, '::after').content"
    assert "2026-" in page.locator("details.due > summary[data-day]").first.evaluate(written)


def test_a_folded_text_is_printed_unfolded(on_paper):
    page = on_paper("wangmin", "/tasks?view=claimable")
    page.emulate_media(media="screen")
    page.locator("tr[data-task] a.title").first.click()
    page.wait_for_selector("#task-form")
    page.emulate_media(media="print")
    folded = page.locator("details.text-of:not(:has(form))").first
    assert folded.locator("p").first.is_visible()


def test_paper_stays_white_for_who_works_in_the_dark(on_paper):
    page = on_paper("wangmin", "/cases/1")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    for place in ("html", "body", "main", ".panel"):
        colour = page.locator(place).first.evaluate("node => getComputedStyle(node).backgroundColor")
        assert colour in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), place
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_the_signing_sheet_is_printed_whole_and_alone(people, banli, standing):
    play = Play(banli, standing, 2, Story("zjj")).until("review")
    play.do("review")
    leader = people["wubin"]
    leader.go("/sign")
    leader.page.locator(".sign-cards a.btn").first.click()
    leader.page.goto(leader.address + leader.page.locator("a[href$='/sheet']").first.get_attribute("href"))
    leader.page.emulate_media(media="print")
    leader.page.set_viewport_size(UPRIGHT)
    wider = leader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0
    shown = leader.page.locator("main").inner_text()
    assert all(words in shown for words in ("呈批单", "批办", "批示", "签名"))
    assert [node.inner_text() for node in leader.page.locator(TO_CLICK).all() if node.is_visible()] == []


def test_of_a_slip_only_its_letter_is_printed(people, banli, standing):
    play = submitted(banli, standing, Story("zjj"))
    play.do("assign")
    told = NewSlip((play.item_id,), "zjj", "orange", "联系面商逾期。", "请抓紧办理。")
    slip = issue(banli, actor_named(banli, "wangmin"), told)
    hub = people["wangmin"]
    hub.go(f"/supervision/slips/{slip}")
    hub.page.emulate_media(media="print")
    assert not hub.page.locator(".case-head").is_visible()
    assert hub.page.locator("article.letter").is_visible()
