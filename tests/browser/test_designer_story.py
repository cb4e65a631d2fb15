"""A designer who never sees code changes the procedure: drawn, checked, mended, tried, deployed, rolled back."""

import pytest
from drawing import Studio
from pictures import picture
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.accounts.models import Account, RoleGrant
from tasks.demonstration.answers import Story, fill_by
from tasks.worklist.service import complete, open_task

STEP = "合法性审查"
FORMER = "A类答复逐道审核后印发"
NEW = "答复印发前须经合法性审查"
PRINTED = "- task: 印发答复\n"
REVIEWED = f"- task: {STEP}\n  fill: {{remark: 符合规定}}\n"


@pytest.fixture
def studio(people):
    return Studio(people["chenli"])


def to_the_review(banli, clock, title):
    play = submitted(banli, clock, Story("cgj"), title=title).until("review")
    play.do_all("review")
    return play


def test_a_legality_review_is_drawn_deployed_met_and_rolled_back(people, banli, clock):
    before = submitted(banli, clock, Story("cgj"), title="关于增设夜间公交的建议").until("review")
    studio = Studio(people["chenli"])
    studio.opens_a_draft().file("replying.bpmn").draws_a_task_on("passed", STEP)
    for problem in ("没有指定人或组", "没有写明表单记录到哪里", "没有时限", "没有表单"):
        studio.waits_for(f"“{STEP}”{problem}")
    picture(studio.page, "studio-problems")
    studio.mends("没有写明表单记录到哪里", "存入办件档案").waits_without("没有写明表单记录到哪里")
    studio.chooses("group", "县府办 · 督查室（1人）").waits_without("没有指定人或组")
    studio.makes_a_deadline(STEP, "2", "县政府合法性审查办法").waits_without("没有时限")
    studio.makes_a_file("form", STEP, "legality")
    studio.file("replying.bpmn").page.locator("g.djs-shape", has_text=STEP).first.click(force=True)
    studio.chooses("form", STEP).waits_without(f"“{STEP}”没有表单")
    studio.waits_for("情景没有通过")
    _tell_of_the_step(studio.adds_a_scenario(NEW, like=FORMER))
    _tell_of_the_step(studio.file("scenarios/reply-passed.yaml"))
    studio.waits_for("情景18个全部通过")
    studio.file("replying.bpmn").page.locator("g.djs-shape", has_text=STEP).first.click(force=True)
    picture(studio.page, "studio")
    assert not people["chenli"].complaints
    _look_at_the_differences(studio)
    studio.deploys("答复印发前增加一道合法性审查")

    before.do_all("review")
    assert before.open() == ["issue"], "a running case ends on its version"
    play = to_the_review(banli, clock, "关于规范夜市占道经营的建议")
    (work,) = [play.step(element) for element in play.open()]
    assert work.step_name == STEP
    assert work.due_notes[-1]["rule"] == STEP
    reviewer = people["hanbing"]
    page = reviewer.takes(STEP, "关于规范夜市占道经营的建议").reads()
    assert "2个工作日" in page
    assert "县政府合法性审查办法" in reviewer.page.content(), "the date explains itself"
    reviewer.fills(remark="符合法律法规。").submits()
    assert play.open() == ["issue"]

    designer = people["chenli"]
    designer.enter("chenli")  # days have passed
    designer.go("/designer")
    row = designer.page.locator("section.procedure", has=designer.page.locator("input[value=handling]")).locator(
        "tr", has=designer.page.locator('input[name="number"][value="1"]')
    )
    row.locator("summary").click()
    picture(designer.page, "versions")
    row.locator("textarea").fill("暂缓合法性审查")
    row.locator("button").click()
    designer.page.wait_for_selector("text=已回退到第1版")
    later = to_the_review(banli, clock, "关于推进社区养老服务的建议")
    assert later.open() == ["issue"], "the next case does not meet the step any more"


def _tell_of_the_step(studio):
    """In a scenario: the review happens before the answer is printed."""
    text = studio.reads_the_text()
    start = text.index(PRINTED)
    indent = text[:start].rpartition("\n")[2]
    added = REVIEWED.replace("\n", f"\n{indent}").removesuffix(indent)
    studio.writes(text[:start] + added + indent + text[start:])


def _look_at_the_differences(studio):
    draft = studio.page.url
    studio.page.click("text=与第1版对照")
    studio.page.wait_for_selector(f"text={STEP}")
    first = studio.page.locator("main section").first.inner_text()
    assert "binding" not in first, "the editor must not lose what was not changed"
    studio.page.goto(draft)
    studio.page.wait_for_selector("[data-studio][data-ready=yes]", timeout=20_000)
    for link, words, name in (("与第1版对照", STEP, "compare"), ("走一遍情景", "18个情景全部通过", "rehearsal")):
        studio.page.click(f"text={link}")
        studio.page.wait_for_selector(f"text={words}")
        picture(studio.page, name)
        studio.page.goto(draft)
        studio.page.wait_for_selector("[data-studio][data-ready=yes]", timeout=20_000)


def test_two_people_in_one_draft_are_warned_of_each_other_and_lose_nothing(people, studio, banli):
    _second_designer(banli, "wangmin")
    studio.opens_a_draft().file("scenarios/reply-passed.yaml")
    other = people["wangmin"]
    other.go(studio.page.url.replace(studio.person.address, ""))
    theirs = Studio(other)
    theirs.page.wait_for_selector("[data-studio][data-ready=yes]", timeout=20_000)
    other.page.locator("[data-company]", has_text="陈立").wait_for()
    text = studio.reads_the_text()
    studio.writes(text.replace(FORMER, NEW))
    other.page.fill("textarea.plain-text", text.replace(FORMER, "答复印发前应当经合法性审查"))
    other.page.wait_for_selector("[data-conflict]:not([hidden])")
    assert "已被别人修改" in other.page.inner_text("[data-conflict]")
    assert "陈立" in other.page.inner_text("[data-conflict]")
    other.page.click("[data-mine]")
    other.page.locator("[data-state]", has_text="已自动保存").wait_for()
    other.page.click("details.more-acts:not(.deploy) > summary")
    other.page.click("text=历史状态")
    assert other.page.inner_text("main").count("答复印发前须经合法性审查") >= 1


def test_a_table_is_tried_beside_it_and_shows_the_row_used(studio):
    studio.opens_a_draft().file("review-chain.dmn")
    for name, value in (("level", "own"), ("role", "lead"), ("round", "1"), ("result_class", "C"), ("stage", "first")):
        studio.page.fill(f'.studio-panel input[name="{name}"]', value)
        studio.page.wait_for_timeout(100)
    studio.page.wait_for_selector("text=命中第6行")
    studio.page.wait_for_selector("tr.row-used")
    picture(studio.page, "try-out")
    assert not studio.person.complaints


def test_a_form_is_shown_as_staff_will_see_it_while_it_is_drawn(studio):
    studio.opens_a_draft().file("forms/consultation.form")
    studio.page.wait_for_selector(".preview .field")
    assert "办理人看到的样子" in studio.page.inner_text(".preview")
    studio.page.locator('.fjs-palette-field[data-field-type="textfield"]').focus()
    studio.page.keyboard.press("Enter")
    studio.saved()
    assert studio.page.locator(".fjs-element").count() > 3
    assert not studio.person.complaints


def test_a_field_added_to_the_consultation_form_is_filled_shown_and_exported(people, banli, clock):
    play = submitted(banli, clock, Story("cgj"), title="关于增设夜间公交的建议")
    play.do(play.open()[0])
    studio = Studio(people["chenli"])
    studio.opens_a_draft().file("forms/consultation.form")
    studio.adds_a_field("textfield", "减排量", "carbon")
    studio.page.wait_for_selector(".preview :text('减排量')")
    picture(studio.page, "form-editor")
    studio.deploys("面商时了解减排量")
    later = submitted(banli, clock, Story("cgj"), title="关于规范夜市占道经营的建议").until("consult")
    handler = people["wufang"]
    handler.takes("联系面商", "关于规范夜市占道经营的建议")
    assert "减排量" in handler.reads()
    work = later.step("consult")
    page = open_task(banli, actor_named(banli, "wufang"), work.task_id)
    values = {**fill_by(later.story, clock())(page), "carbon": "12 吨"}
    complete(banli, actor_named(banli, "wufang"), work.task_id, values, "carbon")
    hub = people["wangmin"]
    hub.go(f"/cases/{later.item_id}/timeline")
    assert "减排量：12 吨" in hub.reads()
    hub.go("/cases")
    with hub.page.expect_download() as download:
        hub.page.click("a[href*='ledger']")
    book = CalamineWorkbook.from_path(download.value.path())
    rows = book.get_sheet_by_name("补充字段").to_python()
    assert rows[1][2:5] == ["联系面商", "减排量", "12 吨"]


def _second_designer(banli, account):
    with banli.writing() as session:
        one = session.scalars(select(Account).where(Account.name == account)).one()
        session.add(RoleGrant(account_id=one.id, unit_id=one.unit_id, role="process_designer"))
