"""What only a real browser can tell: accessibility, widths, keys, drafts, the diagram."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import PHONE

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PLACES = {
    "workbench": ("wangmin", "/"),
    "worklist": ("wangmin", "/tasks?view=claimable"),
    "register": ("wangmin", "/cases"),
    "case": ("wangmin", "/cases/1"),
    "diagram": ("wangmin", "/cases/1/diagram"),
    "timeline": ("wangmin", "/cases/1/timeline"),
    "replies": ("wangmin", "/cases/1/replies"),
    "consultations": ("wangmin", "/cases/1/consultations"),
    "portal": ("linguoqiang", "/portal"),
    "write": ("linguoqiang", "/portal/write"),
    "nowhere": ("wangmin", "/nowhere"),
}


def opened(open_house, account, address):
    person = open_house[account]
    person.go(address)
    if person.page.locator("[data-diagram]").count():
        person.page.wait_for_selector("[data-diagram][data-ready]")
    return person


def violations(page):
    found = Axe().run(page, options=STANDARD).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(open_house, place):
    assert violations(opened(open_house, *PLACES[place]).page) == []


@pytest.mark.parametrize("place", ["workbench", "worklist", "case", "write"])
def test_axe_finds_nothing_in_the_dark(open_house, place):
    person = opened(open_house, *PLACES[place])
    person.page.emulate_media(color_scheme="dark")
    try:
        assert violations(person.page) == []
    finally:
        person.page.emulate_media(color_scheme="light")


def test_axe_finds_nothing_on_the_sign_in_page(open_house):
    stranger = open_house.newcomer()
    stranger.go("/sign-in")
    assert violations(stranger.page) == []
    stranger.page.context.close()


def test_axe_finds_nothing_on_a_task_with_errors(people):
    hub = people["wangmin"]
    hub.go("/tasks?view=claimable")
    hub.page.locator("tr[data-task] a.title").first.click()
    hub.page.click(".dock button.primary")
    hub.page.wait_for_selector("[data-first-error]")
    assert violations(hub.page) == []


@pytest.mark.parametrize("place", PLACES)
def test_nothing_scrolls_sideways_on_a_narrow_phone(open_house, place):
    person = opened(open_house, *PLACES[place])
    person.page.set_viewport_size({"width": 360, "height": 740})
    try:
        wider = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0
    finally:
        person.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_task_fits_a_narrow_phone(open_house):
    hub = opened(open_house, "wangmin", "/tasks?view=claimable")
    hub.page.locator("tr[data-task] a.title").first.click()
    hub.page.wait_for_selector("#task-form")
    hub.page.set_viewport_size({"width": 360, "height": 740})
    try:
        wider = hub.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0
    finally:
        hub.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_slash_leads_to_the_search_and_the_search_to_the_case(open_house):
    hub = opened(open_house, "wangmin", "/tasks")
    hub.page.keyboard.press("/")
    hub.page.keyboard.type("停车")
    hub.page.keyboard.press("Enter")
    hub.page.wait_for_url("**/cases?q=*")
    assert "停车" in hub.page.locator("a.title").first.inner_text()


def test_j_and_enter_open_a_task_without_a_mouse(open_house):
    hub = opened(open_house, "wangmin", "/tasks?view=claimable")
    hub.page.keyboard.press("j")
    hub.page.keyboard.press("j")
    hub.page.keyboard.press("Enter")
    hub.page.wait_for_selector("#task-form")


def test_a_date_explains_itself_on_enter_and_hides_on_escape(open_house):
    hub = opened(open_house, "wangmin", "/tasks?view=claimable")
    hub.page.locator("details.due summary").first.focus()
    hub.page.keyboard.press("Enter")
    assert "依据" in hub.page.locator("details.due[open] .explain").inner_text()
    hub.page.keyboard.press("Escape")
    assert hub.page.locator("details.due[open]").count() == 0


def test_a_click_on_a_shape_tells_who_and_when(open_house):
    hub = opened(open_house, "wangmin", "/cases/1/diagram")
    hub.page.locator("[data-element-id='assign']").first.click()
    assert "分办" in hub.page.locator(".told-shape h3").inner_text()
    hub.page.keyboard.press("Escape")


def test_a_shape_is_reached_by_the_keyboard(open_house):
    hub = opened(open_house, "wangmin", "/cases/1/diagram")
    hub.page.locator("[data-element-id='assign']").first.focus()
    hub.page.keyboard.press("Enter")
    hub.page.wait_for_selector(".told-shape")
    hub.page.keyboard.press("Escape")
    assert hub.page.locator(".told-shape").count() == 0


def test_the_mark_of_origin_is_seen_whole_at_the_bottom_right(open_house):
    hub = opened(open_house, "wangmin", "/cases/1")
    frame = hub.page.locator("[data-diagram]").bounding_box()
    mark = hub.page.locator(".bjs-powered-by").bounding_box()
    assert frame["x"] + frame["width"] - 40 < mark["x"] + mark["width"] <= frame["x"] + frame["width"]
    assert frame["y"] + frame["height"] - 40 < mark["y"] + mark["height"] <= frame["y"] + frame["height"]
    on_top = "([x, y]) => !!document.elementFromPoint(x, y).closest('.bjs-powered-by')"
    hub.page.locator(".bjs-powered-by").scroll_into_view_if_needed()
    mark = hub.page.locator(".bjs-powered-by").bounding_box()
    assert hub.page.evaluate(on_top, [mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2])


def claimed(person):
    person.go("/tasks?view=claimable")
    person.page.locator("tr[data-task] a.title").first.click()
    person.page.click("button[form='claim']")
    person.page.wait_for_selector("button[form='release']")


def test_a_draft_saves_itself_and_is_there_after_a_reload(people):
    hub = people["wangmin"]
    claimed(hub)
    hub.fills(reason="先写到这里")
    hub.page.locator("[data-saved]", has_text="已自动保存").wait_for()
    hub.page.reload()
    assert hub.page.input_value("#f-reason") == "先写到这里"


def test_a_choice_shows_the_field_that_depends_on_it(people):
    hub = people["wangmin"]
    claimed(hub)
    assert hub.page.locator("#f-key_note").is_hidden()
    hub.fills(key="leader")
    hub.page.locator("#f-key_note").wait_for(state="visible")


def test_leaving_a_dirty_form_asks(people):
    hub = people["wangmin"]
    claimed(hub)
    asked = []
    hub.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    hub.page.route("**/draft", lambda route: route.abort())
    hub.page.locator("#f-reason").press_sequentially("还没有保存")
    hub.go("/tasks")
    assert asked == ["beforeunload"]


def test_a_lost_connection_is_told_while_writing(people):
    hub = people["wangmin"]
    claimed(hub)
    hub.page.route("**/draft", lambda route: route.abort())
    hub.fills(reason="断网了")
    hub.page.locator(".saved.failed").wait_for(state="visible")
    assert "没有保存" in hub.page.inner_text("[data-saved]")
    hub.page.on("dialog", lambda dialog: dialog.accept())


def test_a_person_works_without_javascript(people):
    person = people.newcomer("wangmin", java_script_enabled=False)
    person.go("/tasks?view=claimable")
    person.page.locator("tr[data-task] a.title").first.click()
    person.page.click("button[form='claim']")
    person.fills(handling_mode="sole", lead_unit="zjj", key="no")
    person.page.click(".dock button.primary")
    assert "已提交" in person.reads()
    person.page.context.close()


def test_a_list_grows_without_javascript(people):
    deputy = people.newcomer("linguoqiang", java_script_enabled=False)
    deputy.go("/portal/write")
    deputy.fills(title="关于增设河滨路路灯的建议", measures=[{"text": "增设路灯"}])
    deputy.page.click("[data-add-row]")
    assert deputy.page.input_value('[name="measures.0.text"]') == "增设路灯"
    deputy.page.select_option("#f-category", index=1)
    deputy.fills(timing="recess", situation="夜间照明不足。", no_secret=True)
    deputy.fills(**{"measures.1.text": "明确管护单位"})
    deputy.page.click(".dock button.primary")
    assert "已收到" in deputy.reads()
    deputy.page.context.close()


def test_enter_in_a_field_neither_sends_the_form_nor_adds_a_row(open_house):
    deputy = opened(open_house, "linguoqiang", "/portal/write")
    deputy.page.fill("#f-title", "关于路灯的建议")
    deputy.page.press("#f-title", "Enter")
    assert deputy.page.input_value("#f-title") == "关于路灯的建议"
    assert deputy.page.locator("[data-row]").count() == 1
    assert deputy.page.url.endswith("/portal/write")
    deputy.page.once("dialog", lambda dialog: dialog.accept())
    deputy.go("/portal")


def test_a_phone_shows_the_rooms_under_the_thumb(people):
    person = people.newcomer("wangmin", viewport=PHONE, has_touch=True)
    person.go("/tasks?view=claimable")
    assert person.page.locator("nav.tabbar a").count() >= 3
    person.page.locator("details.due summary").first.tap()
    assert person.page.locator("details.due[open] .explain").is_visible()
    person.page.context.close()


def test_the_list_refreshes_by_itself_and_keeps_what_is_ticked(people):
    hub = people.newcomer("wangmin")
    hub.page.clock.install()
    hub.go("/tasks?view=claimable")
    rows = hub.page.locator("tr[data-task]")
    before = rows.count()
    rows.nth(1).locator("input").check()
    ticked = rows.nth(1).get_attribute("data-task")
    colleague = people["wangmin"]
    colleague.go("/tasks?view=claimable")
    colleague.page.locator("tr[data-task] input").first.check()
    colleague.page.click('button[value="claim"]')
    colleague.page.locator(".note.good").wait_for()
    hub.page.clock.fast_forward(50_000)
    hub.page.wait_for_selector(f'tr[data-task="{ticked}"] input:checked')
    hub.page.locator("nav.tabs", has_text=f"本单位可认领{before - 1}").wait_for()
    assert hub.page.locator("tr[data-task]").count() == before - 1
    assert "已选 1 件" in hub.page.inner_text("[data-count]")
    hub.page.context.close()
