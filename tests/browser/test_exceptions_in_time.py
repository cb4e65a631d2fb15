"""What takes longer or ends sooner: an extension, a second round, a second reply, a withdrawal; by the pages."""

import datetime as dt

import pytest
from pictures import seen
from sqlalchemy import select
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.cases.views import ItemState
from tasks.demonstration.answers import Story
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.models import Commitment

TITLE = "关于改造老旧小区供水管网的建议"
PHONE = "0700-8123001"


def in_hand(person, title):
    """The first line of this case in the list of what waits for me."""
    person.go(f"/tasks?view=mine&q={title}")
    return person.page.locator("tr[data-task]", has_text=title).first


def due_of(person, title):
    """The due date that the explanation of the line gives: 截止 2026年8月…"""
    row = in_hand(person, title)
    row.locator("details.due summary").click()
    return row.locator(".explain dd").first.inner_text()


def chinese(day):
    return f"{day.year}年{day.month}月{day.day}日"


def asks_for_more_time(person, play, until):
    person.go(f"/cases/{play.item_id}")
    person.page.click(".case-acts a[href$='/extension']")
    person.fills(
        kind="hard", reason="需要协调省属单位。", wanted=until.isoformat(), plan="先完成勘测。",
        told_by="phoned", told_on=DAY.date().isoformat(),
    ).submits()  # fmt: skip


def test_a_paused_clock_stands_still_until_the_hub_has_read_what_moves(people, banli, standing, clock):
    play = submitted(banli, standing, Story("zjj", ("jjdd",)), title=TITLE)
    play.do("assign")
    play.do_all("sign_in")
    unit, hub = people["zhaoqian"], people["wangmin"]
    hub.go(f"/cases/{play.item_id}")
    hub.page.click(".case-acts a[href$='/pause']")
    hub.fills(kind="litigation", reason="县人民法院正在审理，判决以前不宜答复。", expected="2026-09-30")
    seen(hub.page, "pause")
    hub.submits()
    assert "县人民法院正在审理" in hub.page.locator("[data-paused]").inner_text()
    seen(hub.page, "paused-case")
    assert in_hand(unit, TITLE).locator(".light.paused").count() == 1
    clock.move(days=20)
    unit.enter("zhaoqian")
    hub.enter("wangmin")
    hub.go(f"/cases/{play.item_id}")
    hub.page.click(".case-acts a[href$='/resume']")
    hub.page.wait_for_selector("[data-moves]")
    moves = hub.page.locator("[data-moves] tbody tr")
    assert moves.count() == 7, "two parts, two steps, three reminders"
    seen(hub.page, "resume")
    hub.page.click(".dock button.primary")
    hub.page.wait_for_selector(".case-acts a[href$='/pause']")
    assert hub.page.locator("[data-paused]").count() == 0
    assert in_hand(unit, TITLE).locator(".light.paused").count() == 0
    hub.go(f"/cases/{play.item_id}/timeline")
    assert "答复恢复计时" in hub.reads()
    seen(hub.page, "resumed-timeline")


def test_an_extension_moves_the_date_on_the_units_list(people, banli, standing):
    play = submitted(banli, standing, Story("cgj"), title=TITLE).until("draft")
    until = play.step("draft").due.astimezone(BEIJING).date() + dt.timedelta(days=30)
    unit, hub, committee = people["wufang"], people["wangmin"], people["sunjie"]
    before = due_of(unit, TITLE)
    asks_for_more_time(unit, play, until)
    assert "需要协调省属单位。" in hub.takes("县府办审核延期", TITLE).reads()
    hub.fills(extension="agree").submits()
    assert due_of(unit, TITLE) == before, "the date holds until the committee approves"
    committee.takes("委员会批准延期", TITLE).fills(extension="agree").submits()
    assert chinese(until) in due_of(unit, TITLE)
    assert "经批准延期" in unit.page.locator("details.due[open] .explain").inner_text()
    unit.go(f"/cases/{play.item_id}/file")
    assert "需要协调省属单位。" in unit.reads()


def test_a_dissatisfied_rating_is_handled_again(people, banli, standing):
    play = submitted(banli, standing, Story("cgj", closing="close"), title=TITLE).until("rate")
    deputy, committee, unit = people["linguoqiang"], people["sunjie"], people["wufang"]
    deputy.go("/portal")
    deputy.page.click(f".todo-first a:has-text('{TITLE}')")
    deputy.fills(contact_made="phoned", attitude="satisfied", result="dissatisfied")
    deputy.fills(opinion="没有写明何时通水", asks_rehandling=True).submits()
    assert "没有写明何时通水" in committee.takes("研究不满意意见", TITLE).reads()
    committee.fills(decision="rehandle", questions="请写明何时通水。").submits()
    office = people["jianglin"].takes("签收", TITLE)
    assert "请写明何时通水。" in office.reads()
    assert "没有写明何时通水" not in office.reads(), "the unit reads the committee's question, not the rating"
    office.fills(answer="accept", handler="wufang", phone=PHONE).submits()
    play.until("draft")
    assert "请写明何时通水。" in unit.takes("拟写答复", TITLE).reads()
    unit.fills(
        result_class="A", answers=[{"text": "六月一日通水。", "adopted": "adopted"} for _ in range(2)],
        body="你提出的建议收悉。经再次研究，六月一日通水。", disclosure="public", contact="吴芳", contact_phone=PHONE,
    ).submits()  # fmt: skip
    play.until("rate")
    deputy.go(f"/portal/{play.item_id}")
    assert "重新办理的答复" in deputy.reads()
    deputy.page.click("a.btn.primary.big")
    deputy.fills(contact_made="visited", highest_rank="head", attitude="satisfied", result="satisfied").submits()
    deputy.go(f"/portal/{play.item_id}")
    assert "第 2 轮" in deputy.reads()
    committee.go(f"/cases/{play.item_id}/ratings")
    assert committee.page.locator("main tbody tr").count() == 2


def item_of(play):
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id)


@pytest.fixture
def promised(banli, clock):
    """Closed with promises; the clock stands on the day they fall due."""
    play = submitted(banli, clock, Story("zjj", result_class="B"), title=TITLE)
    while item_of(play).state != ItemState.TRACKING:
        play.do(play.open()[0])
    with banli.reading() as session:
        due = session.scalar(select(Commitment.due).where(Commitment.item_id == play.item_id))
    for day in (due - dt.timedelta(days=20), due):
        clock.now = max(clock.now, dt.datetime.combine(day, dt.time(9, 0), BEIJING))
        banli.engine.run_due()
        play.do_all("progress")
    return play


def test_a_second_reply_follows_the_promise_that_fell_due(people, promised, clock):
    handler, deputy = people["zhaoqian"], people["linguoqiang"]
    today = clock().astimezone(BEIJING).date().isoformat()
    handler.go("/")
    assert TITLE in handler.reads()
    while handler.has("反馈落实情况", TITLE):
        handler.does("反馈落实情况", TITLE, outcome="done", done_on=today, evidence="竣工验收报告")
    handler.does(
        "拟写答复", TITLE, result_class="A",
        answers=[{"text": "已经通水。", "adopted": "adopted"} for _ in range(2)],
        body="你提出的建议收悉。承诺的管网改造已经完成并通水。",
        disclosure="public", contact="赵倩", contact_phone=PHONE,
    )  # fmt: skip
    for reviewer in ("qianlei", "zhengtao", "wangmin"):
        people[reviewer].does("答复审核", TITLE, verdict="pass")
    people["qianlei"].does(
        "印发答复", TITLE, document_number="云住建函〔2026〕88号", issued_on=today, signer="郑涛", delivery=["system"]
    )
    deputy.go(f"/portal/{promised.item_id}")
    assert "承诺的管网改造已经完成并通水。" in deputy.reads()
    deputy.page.click("a.btn.primary.big")
    deputy.fills(contact_made="visited", highest_rank="head", attitude="satisfied", result="satisfied").submits()
    hub = people["wangmin"]
    hub.does("确认跟踪结果", TITLE, class_now="A")
    hub.go(f"/cases/{promised.item_id}")
    assert "已办结" in hub.reads()


def test_a_withdrawn_item_leaves_every_list_and_keeps_its_number(people, banli, standing):
    play = submitted(banli, standing, Story("zjj", ("jjdd",)), title=TITLE).until("consult")
    number = item_of(play).number
    deputy, unit = people["linguoqiang"], people["zhaoqian"]
    assert unit.has("联系面商", TITLE)
    deputy.go(f"/portal/{play.item_id}")
    deputy.page.get_by_role("link", name="撤案").click()
    deputy.page.locator(".dock button.danger").click()
    assert deputy.page.locator("[data-first-error]").is_visible(), "a reason is asked for"
    deputy.fills(withdrawal_reason="问题已经解决。")
    deputy.page.locator(".dock button.danger").click()
    deputy.page.wait_for_selector(".note.good")
    assert "已撤案" in deputy.reads()
    assert unit.steps(TITLE) == []
    assert people["helei"].steps(TITLE) == []
    for reader in (unit, people["sunjie"]):
        reader.go(f"/cases/{play.item_id}")
        assert number in reader.reads()
        assert "已撤案" in reader.reads()
        assert "问题已经解决。" in reader.reads(), "the course of events gives the reason"


def writes_together(people, title):
    """The lead proposer names a co-signer, who confirms on her own page."""
    lead, other = people["linguoqiang"], people["hexiulan"]
    lead.go("/portal/write")
    lead.page.select_option("#f-category", index=1)
    lead.page.locator("label", has_text="何秀兰").first.click()
    lead.fills(
        title=title, situation="水压不足。", measures=[{"text": "分三年改造"}], no_secret=True,
        proposer_type="joint",
    ).submits()  # fmt: skip
    other.go("/portal")
    other.page.click(f".todo-first a:has-text('{title}')")
    other.fills(cosign="confirm").submits()
    people["sunjie"].does("初审", title, result="filed")
    return lead, other


def withdraws(person, title):
    person.go("/portal")
    person.page.locator("main a", has_text=title).first.click()
    person.page.get_by_role("link", name="撤案").click()
    return person


def test_an_item_of_several_is_withdrawn_when_the_last_of_them_has_agreed(people):
    lead, other = writes_together(people, TITLE)
    withdraws(lead, TITLE).fills(withdrawal_reason="问题已经解决。")
    lead.page.locator(".dock button.danger").click()
    lead.page.wait_for_selector(".note.good")
    assert "已撤案" not in lead.reads(), "one of two has agreed"
    assert people["sunjie"].has("终审", TITLE), "work goes on until then"
    assert "问题已经解决。" in withdraws(other, TITLE).reads()
    other.page.locator(".dock button.danger").click()
    other.page.wait_for_selector(".note.good")
    assert "已撤案" in other.reads()
    assert not people["sunjie"].has("终审", TITLE)
    lead.go("/portal")
    lead.page.locator("main a", has_text=TITLE).first.click()
    assert "已撤案" in lead.reads()
