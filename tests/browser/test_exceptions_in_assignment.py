"""What goes another way when work is given out: objections, separate units, many rows on one sheet; by the pages."""

import pytest
from sqlalchemy import select
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.demonstration.answers import Story
from tasks.register.models import Item

TITLE = "关于整治农贸市场周边秩序的建议"
PHONE = "0700-8123001"
REASON = "三定方案中市场秩序属城管局职责"
TWO_UNITS = [
    {"unit": "zjj", "part": "市场建筑的改造"},
    {"unit": "jjdd", "part": "周边道路的停车"},
]


@pytest.fixture
def assigned(banli, clock):
    """The housing bureau has just been given the item alone."""
    play = submitted(banli, clock, Story("zjj"), title=TITLE)
    play.do("assign")
    return play


def objects(people, answer="object"):
    """The office of the housing bureau asks on the sign-in form for the city management bureau."""
    people["qianlei"].takes("签收", TITLE).fills(answer=answer)
    people["qianlei"].fills(
        objection_kind="not_ours", suggested_unit="cgj", reason=REASON, approver="zhengtao"
    ).submits()


def rules(person, step, ruling, **more):
    person.does(step, TITLE, ruling=ruling, ruling_reason="对照三定方案研究确定。", **more)


def course_of_events(person, play):
    person.go(f"/cases/{play.item_id}/timeline")
    return person.reads()


def lead_unit_in_the_portal(people, play):
    deputy = people["linguoqiang"]
    deputy.go(f"/portal/{play.item_id}")
    return deputy.page.inner_text(".case-head .facts")


def test_a_granted_objection_brings_the_item_to_the_other_unit(people, assigned):
    objects(people)
    hub, other = people["wangmin"], people["jianglin"]
    assert not other.has("签收", TITLE)
    asked = hub.takes("裁定申请调整", TITLE).reads()
    assert "申请调整：不属本单位职责" in asked
    assert REASON in asked
    rules(hub, "裁定申请调整", "agree", new_unit="cgj")
    assert not people["qianlei"].has("签收", TITLE)
    other.does("签收", TITLE, answer="accept", handler="wufang", phone=PHONE)
    assert people["wufang"].has("联系面商", TITLE)
    assert "主办 城管局" in lead_unit_in_the_portal(people, assigned)
    assert "裁定申请调整" in course_of_events(people["sunjie"], assigned)


def test_a_refused_unit_handles_the_item_itself(people, assigned):
    objects(people)
    rules(people["wangmin"], "裁定申请调整", "refuse")
    office = people["qianlei"]
    told = office.takes("签收", TITLE).reads()
    assert "再次申请" in told
    assert "对照三定方案研究确定。" in course_of_events(office, assigned)
    office.does("签收", TITLE, answer="accept", handler="zhaoqian", phone=PHONE)
    assert people["zhaoqian"].has("联系面商", TITLE)
    assert not people["jianglin"].has("签收", TITLE)


def test_the_hubs_leader_overrides_a_refusal_after_the_units_head_has_signed(people, assigned):
    objects(people)
    rules(people["wangmin"], "裁定申请调整", "refuse")
    objects(people, answer="again")
    leader = people["zhoukai"]
    assert not leader.has("最终裁定", TITLE), "the unit's head has not signed"
    head = people["zhengtao"]
    assert REASON in head.takes("签批再次申请", TITLE).reads()
    head.does("签批再次申请", TITLE, endorsement="sign", endorsement_note="确不属我局职责。")
    rules(leader, "最终裁定", "agree", new_unit="cgj")
    people["jianglin"].does("签收", TITLE, answer="accept", handler="wufang", phone=PHONE)
    assert not people["qianlei"].has("签收", TITLE)
    assert "主办 城管局" in lead_unit_in_the_portal(people, assigned)
    assert "周凯" in course_of_events(people["wangmin"], assigned)


def answers(people, account, text):
    handler = people[account].takes("拟写答复", TITLE)
    handler.fills(
        result_class="A",
        answers=[{"text": text, "adopted": "adopted"} for _ in range(2)],
        body=f"你提出的建议收悉。现就本单位承担的部分答复如下：{text}",
        disclosure="public", contact="经办人", contact_phone=PHONE,
    ).submits()  # fmt: skip


def issues(people, account, number):
    people[account].does(
        "印发答复",
        TITLE,
        document_number=number,
        issued_on=DAY.date().isoformat(),
        signer="主要负责人",
        delivery=["system"],
    )


def rates(deputy, result, **more):
    """The first rating that waits for her."""
    deputy.go("/portal")
    deputy.page.click(f".todo-first a:has-text('{TITLE}')")
    deputy.fills(contact_made="visited", highest_rank="head", attitude="satisfied", result=result, **more).submits()


def test_two_units_answer_separately_and_the_deputy_rates_both(people, banli, standing):
    play = submitted(banli, standing, Story("zjj", ("jjdd",), mode="separate"), title=TITLE)
    hub = people["wangmin"].takes("分办", TITLE).fills(handling_mode="separate")
    for _ in range(2 - hub.page.locator('[name^="separate_units."][name$=".unit"]:visible').count()):
        hub.page.locator('[data-list="separate_units"] [data-add-row]').click()
    hub.fills(separate_units=TWO_UNITS, key="no").submits()
    assert "市场建筑的改造" in people["qianlei"].takes("签收", TITLE).reads()
    people["qianlei"].does("签收", TITLE, answer="accept", handler="zhaoqian", phone=PHONE)
    people["maxiao"].does("签收", TITLE, answer="accept", handler="helei", phone=PHONE)
    for unit in ("zjj", "jjdd"):
        play.do("consult", unit)
    assert "已和代表沟通，请拟写答复" in people["zhaoqian"].takes("拟写答复", TITLE).reads(), "there are no opinions"
    answers(people, "zhaoqian", "棚顶已经加固。")
    answers(people, "helei", "已施划二十个车位。")
    play.do_all("review")
    issues(people, "qianlei", "云住建函〔2026〕1号")
    issues(people, "maxiao", "云交警函〔2026〕1号")
    deputy = people["linguoqiang"]
    deputy.go(f"/portal/{play.item_id}")
    assert "棚顶已经加固。" in deputy.reads()
    assert "已施划二十个车位。" in deputy.reads()
    rates(deputy, "satisfied")
    rates(deputy, "basic")
    committee = people["sunjie"]
    committee.go(f"/cases/{play.item_id}/ratings")
    assert committee.page.locator("main tbody tr").count() == 2


@pytest.fixture
def in_session(banli):
    """The county's three items as items of the session: they are assigned together."""
    with banli.writing() as session:
        roots = [item.instance_id for item in session.scalars(select(Item))]
    for root in roots:
        banli.engine.set_variables(root, {"timing": "in_session"}, "test", "test")


def row_of(person, title):
    return person.page.locator("tr:has([name^='lead:'])", has_text=title)


def types(person, title, lead, co=""):
    row = row_of(person, title)
    row.locator("[name^='lead:']").fill(lead)
    row.locator("[name^='co:']").fill(co)


@pytest.mark.usefixtures("in_session")
def test_the_sheet_is_typed_confirmed_and_approved_by_the_leader(people):
    parking, toilets, care = "老城区停车难", "公厕设施", "社区嵌入式养老"
    hub, leader = people["wangmin"], people["zhoukai"]
    hub.go("/")
    hub.page.click("nav.rail a[href='/dispatch']")
    types(hub, parking, "住建局", "交警大队、城管局")
    types(hub, toilets, "城管局")
    types(hub, care, "卫生所")
    hub.page.get_by_role("button", name="保存").click()
    assert "卫生所" in hub.page.inner_text("tr.err .msg")
    types(hub, care, "民政局")
    for title in (parking, toilets):
        row_of(hub, title).locator("[name=chosen]").check()
    row_of(hub, care).locator("[name=chosen]").uncheck()
    hub.page.get_by_role("button", name="确认").click()
    hub.page.wait_for_selector(".note.good")
    assert row_of(hub, parking).count() == 0
    assert row_of(hub, care).count() == 1
    assert not people["qianlei"].has("签收", parking), "nobody begins before the leader's approval"
    leader.go("/dispatch")
    leader.page.fill("[name=note]", "第一批集中交办")
    leader.page.locator(".dock button[form=meeting]").click()
    leader.page.wait_for_selector(".note.good")
    assert "第一批集中交办" in leader.reads()
    for office in ("qianlei", "maxiao"):
        assert people[office].has("签收", parking)
    assert people["jianglin"].has("签收", toilets)
