"""A whole day without a mouse: of a handler, a hub officer, a leader and a deputy."""

import pytest
from hands import Hands
from tests_support.people import submitted

from tasks.demonstration.answers import Story

TITLE = "关于改造老旧小区供水管网的建议"


@pytest.fixture
def hands(people):
    def of(account):
        person = people.newcomer()
        return Hands(person).signs_in(account)

    return of


def reads(hands):
    return hands.page.inner_text("main")


def goes_to_the_list(hands, view):
    hands.opens('nav.rail a[href="/tasks"]', "#worklist")
    if view != "mine":
        hands.opens(f'.tabs a[href$="view={view}"]', f'.tabs a[href$="view={view}"][aria-current]')
    return hands


def filters(hands, text):
    """f, the words, Enter."""
    hands.presses("f")
    hands.keys.type(text)
    hands.presses("Enter")
    hands.page.wait_for_url("**q=*")
    return hands


def test_a_handler_finds_claims_fills_and_submits_a_task(banli, standing, hands):
    submitted(banli, standing, Story("cgj", ("jjdd",)), title=TITLE).until("opinion")
    handler = hands("helei")
    goes_to_the_list(handler, "claimable")
    if handler.page.locator("tr[data-task]").count():
        filters(handler, "供水管网").presses("j", "x", "c")
        handler.page.wait_for_selector(".note.good")
    goes_to_the_list(handler, "mine")
    filters(handler, "供水管网").presses("j", "Enter")
    handler.page.wait_for_selector("#task-form")
    handler.types("facts", "涉及 4 条路。").types("measures", "6月底前划线。").ticks("agrees")
    handler.types("handler", "何磊").types("phone", "0700-8123001").submits()
    assert goes_to_the_list(handler, "mine").page.locator("tr[data-task]", has_text=TITLE).count() == 0


def test_a_hub_officer_searches_reads_why_and_reviews(banli, standing, hands):
    play = submitted(banli, standing, Story("zjj"), title=TITLE).until("review")
    while "fb:hub_officer" not in play.step("review").candidates:
        play.do("review")
    hub = hands("wangmin")
    hub.presses("/")
    hub.keys.type("供水管网")
    hub.presses("Enter")
    hub.page.wait_for_url("**/cases?q=*")
    hub.presses("j", "Enter")
    hub.page.wait_for_selector(".case-head")
    hub.opens('main a[href^="/tasks/"]', "#task-form")
    hub.reaches("details.due summary").presses("Enter")
    assert "依据" in reads(hub)
    hub.presses("Escape")
    if hub.page.locator("button[form='claim']").count():
        hub.opens("button[form='claim']", "button[form='release']")
    hub.chooses("verdict", "pass").submits()
    assert goes_to_the_list(hub, "mine").page.locator("tr[data-task]", has_text=TITLE).count() == 0


def test_a_leader_signs_what_waits_for_her(banli, standing, hands):
    submitted(banli, standing, Story("zjj"), title=TITLE).until("review").do("review")
    leader = hands("wubin")
    leader.opens('nav.rail a[href="/sign"]', ".sign-cards")
    leader.opens(".sign-cards a.btn", ".letter")
    leader.opens('.dock button[value="pass"]', ".note.good")
    assert "没有待签的事项" in reads(leader)


def test_a_deputy_writes_a_suggestion_and_follows_it(hands):
    deputy = hands("linguoqiang")
    deputy.opens('a[href="/portal/write"]', "form .dock")
    deputy.types("title", TITLE)
    deputy.reaches('select[name="category"]').presses("ArrowDown")
    deputy.types("situation", "水压不足，夏季停水。").types("measures.0.text", "分三年改造。")
    deputy.ticks("no_secret").submits()
    assert TITLE in reads(deputy)
    deputy.page.goto(deputy.address + "/portal")
    deputy.opens('main a[href^="/portal/"]:not([href="/portal/write"])', ".road, .case-head, main h1")
    assert deputy.page.locator("main h1").count() == 1


def test_the_first_tab_leads_past_the_rail(hands):
    hub = hands("wangmin")
    hub.page.goto(hub.address + "/cases")
    hub.opens("a.skip", "main:focus")
