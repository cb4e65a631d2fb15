"""The designer's pages by eye, by keyboard and by axe; only the canvases are left out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from drawing import READY, Studio

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CANVASES = [["[data-canvas]"], [".djs-popup-parent"]]
FILES = ("replying.bpmn", "review-chain.dmn", "forms/review.form", "scenarios/reply-passed.yaml")


@pytest.fixture
def studio(people):
    return Studio(people["chenli"]).opens_a_draft()


def violations(page):
    found = Axe().run(page, context={"exclude": CANVASES}, options=STANDARD).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def test_axe_finds_nothing_around_any_editor(studio):
    for name in FILES:
        studio.file(name)
        assert violations(studio.page) == [], name


KINDS_OF_SHAPE = ("replying_pool", "lane_review", "to_answer", "draft", "facts", "choose_chain", "review",
                  "sent_for_review", "review_result", "issued", "became_key")  # fmt: skip


def test_axe_finds_nothing_in_the_panel_of_any_kind_of_shape(studio):
    studio.file("replying.bpmn")
    for shape in KINDS_OF_SHAPE:
        studio.chooses_shape(shape).opens_every_group()
        assert violations(studio.page) == [], shape


def test_axe_finds_nothing_in_the_panel_of_a_field(studio):
    studio.file("forms/review.form").page.locator(".fjs-element").nth(1).click(force=True)
    studio.opens_every_group()
    assert violations(studio.page) == []


def test_axe_finds_nothing_on_the_pages_beside_the_studio(studio):
    number = studio.page.url.partition("/drafts/")[2].partition("?")[0]
    studio.file("scenarios/reply-passed.yaml").writes("title: 一句话\nprocess: replying\n")
    for address in ("", f"/drafts/{number}/compare", f"/drafts/{number}/states", f"/drafts/{number}/rehearsal"):
        studio.person.go(f"/designer{address}")
        assert violations(studio.page) == [], address
    studio.person.go("/watch")
    studio.page.wait_for_selector("[data-diagram][data-ready]")
    assert violations(studio.page) == []


def test_the_keyboard_alone_opens_a_file_mends_and_deploys(studio):
    page = studio.page
    page.locator('[data-file-link="scenarios/reply-passed.yaml"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-ready=yes][data-file="scenarios/reply-passed.yaml"]', timeout=READY)
    page.locator("textarea.plain-text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n# 核对过\n")
    studio.saved()
    page.locator("details.deploy > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("补充情景说明")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已部署。")


def test_the_editors_are_loaded_on_the_studio_only_and_the_mark_of_origin_stays_visible(studio):
    studio.file("replying.bpmn")
    mark = studio.page.locator(".bjs-powered-by")
    box = mark.bounding_box()
    on_top = studio.page.evaluate(
        "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.bjs-powered-by'))",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert on_top
    asked = []
    studio.page.on("request", lambda request: asked.append(request.url))
    studio.person.go("/designer")
    studio.person.go("/watch")
    studio.page.wait_for_selector("[data-diagram][data-ready]")
    assert not [url for url in asked if "editor" in url]
    assert not studio.person.complaints


def test_menus_of_the_bar_and_of_the_draft_lie_above_the_canvas(studio):
    page = studio.page
    page.locator("header.bar details.me > summary, header.bar .me").first.click()
    page.click("header.bar button[value=light]", trial=True)
    page.click(".studio-head h1")
    page.click("details.more-acts:not(.deploy) > summary")
    page.click(".new-scenario button", trial=True)
    page.click("text=历史状态", trial=True)


def test_a_link_to_a_shape_selects_it_and_shows_its_properties(studio):
    address = studio.page.url.partition("?")[0].replace(studio.person.address, "")
    studio.person.go(f"{address}?file=replying.bpmn&element=returned")
    studio.page.wait_for_selector("[data-studio][data-ready=yes]", timeout=READY)
    studio.page.locator(".bio-properties-panel-header", has_text="退办").wait_for()
    studio.page.locator(".bio-properties-panel-group-header", has_text="条件").click()
    studio.page.locator(".studio-panel .cm-content").first.click()
    studio.page.keyboard.press("Control+a")
    studio.page.keyboard.type("dead", delay=40)
    studio.page.locator(".cm-completionLabel", has_text="deadline(parameter, start)").wait_for()


def test_the_studio_speaks_english_and_traditional_chinese(studio):
    page = studio.page
    for language, word in (("en", "Deploy…"), ("zh_Hant_TW", "與第1版對照")):
        token = page.get_attribute("[data-studio]", "data-token")
        page.context.request.post(
            f"{studio.person.address}/preferences",
            form={"csrf_token": token, "language": language},
            headers={"Referer": studio.person.address},
        )
        page.reload()
        page.wait_for_selector("[data-studio][data-ready=yes]", timeout=READY)
        assert word in page.inner_text(".studio-head")


def test_on_a_dark_desk_the_drawing_stays_on_light_paper_and_axe_finds_nothing(studio):
    page = studio.page
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    studio.file("replying.bpmn").chooses_shape("draft")
    paper = "node => getComputedStyle(node).backgroundColor"
    assert page.locator("[data-canvas]").evaluate(paper) == "rgb(255, 255, 255)"
    assert page.locator("[data-panel]").evaluate(paper) == "rgb(255, 255, 255)"
    assert page.locator("[data-findings]").evaluate(paper) != "rgb(255, 255, 255)"
    assert violations(page) == []


def test_a_draft_that_is_kept_back_is_accessible_and_fits_a_narrow_phone(studio):
    studio.file("replying.bpmn").chooses_shape("draft")
    page = studio.page
    page.keyboard.press("Delete")
    studio.saved()
    page.click("details.deploy > summary")
    page.fill("#deploy-comment", "不再拟写答复")
    page.click("details.deploy button")
    page.wait_for_selector("text=仍然部署")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
