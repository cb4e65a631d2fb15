"""An administrator's year in the browser, as somebody who never sees code."""

import datetime as dt
import re

import pytest
from pictures import picture
from tests_support.people import submitted

from tasks.demonstration.answers import Story

WHY = "县政府办公室〔2026〕3号通知"
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@pytest.fixture
def chenli(people):
    return people["chenli"]


def sends(person, button):
    """Presses the button and waits for the page after it."""
    person.page.get_by_role("button", name=button, exact=True).last.click()
    person.page.wait_for_load_state("networkidle")
    return person


def due_on_page(person, step, title):
    """The date that the task's page shows."""
    person.takes(step, title)
    return person.page.locator("details.due dd").first.text_content()


def test_p5_is_lengthened_for_running_ones_and_exactly_the_listed_dates_move(banli, standing, people, chenli):
    titles = ["关于老城区停车的建议", "关于学校门口拥堵的建议"]
    plays = [submitted(banli, standing, Story("zjj", ("jjdd",)), title=title).until("opinion") for title in titles]
    before = {play.item_id: play.step("opinion").due for play in plays}
    chenli.go("/admin/deadlines")
    picture(chenli.page, "admin-deadlines")
    chenli.page.get_by_role("link", name="修改会办意见", exact=True).click()
    chenli.fills(amount="30", unit="wd", effective_from="2026-05-07", reach="running", why=WHY)
    sends(chenli, "修改")
    page = chenli.page
    assert "尚未改动" in chenli.reads()
    picture(page, "admin-moves")
    rows = page.locator("[data-moves] tbody tr")
    listed = [rows.nth(n).inner_text() for n in range(rows.count())]
    tasks = [row for row in listed if "撰写会办意见" in row]
    assert len(tasks) == 2
    assert all("交警大队" in row for row in tasks)
    promised = re.findall(r"2026-\d\d-\d\d", tasks[0])[-1]
    assert all(play.step("opinion").due == before[play.item_id] for play in plays)
    sends(chenli, "修改并移动这些时限")
    assert "件已改用，移动了" in chenli.reads()
    day = dt.date.fromisoformat(promised)
    for title in titles:
        shown = due_on_page(people["helei"], "撰写会办意见", title)
        assert shown.startswith(f"{day.year}年{day.month}月{day.day}日")
    people["wangmin"].go(f"/cases/{plays[0].item_id}/timeline")
    assert WHY in people["wangmin"].reads()
    page.get_by_role("link", name="撤回…").click()
    chenli.fills(why="通知作废")
    sends(chenli, "撤回")
    assert all(play.step("opinion").due == before[play.item_id] for play in plays)


def test_a_legality_check_is_added_for_key_items_and_the_next_key_item_meets_it(banli, standing, people, chenli):
    chenli.go("/admin/settings/review_node")
    chenli.page.get_by_role("link", name="添加", exact=True).click()
    chenli.fills(code="FZ", name="{unit}合法性审查", side="hub", roles=["supervisor"], why=WHY)
    sends(chenli, "添加")
    chenli.go("/admin/review-chain")
    picture(chenli.page, "admin-chain")
    chenli.page.get_by_role("link", name="修改第 3 行", exact=True).click()
    chenli.page.get_by_role("button", name="在第5道之前插入一道审核").click()
    chenli.page.get_by_label("第5道审核", exact=True).select_option("FZ")
    chenli.fills(why=WHY)
    sends(chenli, "修改")
    assert "FZ" in chenli.reads()
    play = submitted(banli, standing, Story("zjj", key="leader"), title="关于重点工程的建议").until("review")
    for _ in range(3):  # the unit's own reviewers
        play.do("review")
    assert people["hanbing"].has("答复审核", "关于重点工程的建议")
    assert "县府办合法性审查" in str(banli.engine.task_variables(play.step("review").task_id)["chain"])


def test_a_renamed_result_class_stands_on_the_pages_of_units_and_offices(banli, standing, people, chenli):
    play = submitted(banli, standing, Story("zjj"), title="关于公厕的建议").until("draft")
    chenli.go("/admin/settings/result_class")
    chenli.page.get_by_role("link", name=re.compile("修改B类")).click()
    chenli.fills(name="列入计划逐步解决", why=WHY)
    sends(chenli, "修改")
    assert "列入计划逐步解决" in chenli.reads()
    people["zhaoqian"].takes("拟写答复", "关于公厕的建议")
    assert "B 列入计划逐步解决" in people["zhaoqian"].reads()
    play.do("draft", result_class="B")
    people["wangmin"].go(f"/cases/{play.item_id}/replies")
    assert "列入计划逐步解决" in people["wangmin"].reads()


def test_the_holidays_of_2027_are_pasted_and_a_provisional_date_moves(banli, standing, clock, people):
    clock.now = dt.datetime(2026, 11, 9, 2, 0, tzinfo=dt.UTC)
    title = "关于冬季清雪的建议"
    play = submitted(banli, standing, Story("zjj"), title=title).until("draft")
    handler, chenli = people["zhaoqian"], people["chenli"]
    handler.takes("拟写答复", title)
    handler.page.locator("details.due > summary").first.click()
    assert "暂定" in handler.reads()
    before = play.step("draft").due
    chenli.go("/admin")
    picture(chenli.page, "admin-home")
    chenli.page.get_by_role("link", name="2027年的节假日是暂定的：通知公布后请粘贴进来").click()
    chenli.fills(notice=NOTICE_2027)
    sends(chenli, "读取通知")
    picture(chenli.page, "admin-holidays")
    assert chenli.page.locator('[data-day="2027-02-13"]').inner_text().endswith("调休上班")
    moved = chenli.page.locator("[data-moves] tbody tr", has_text="拟写答复").inner_text()
    assert re.findall(r"2027-\d\d-\d\d", moved) == ["2027-02-09", "2027-02-12"]
    sends(chenli, "公布并移动这些时限")
    assert play.step("draft").due - before == dt.timedelta(days=3)
    handler.takes("拟写答复", title)
    handler.page.locator("details.due > summary").first.click()
    assert "2027年2月12日" in handler.reads()
    assert "暂定" not in handler.reads()
    chenli.go("/admin")
    assert "2027年的节假日" not in chenli.reads()


def test_an_absence_with_a_substitute_is_set_for_somebody(people, chenli):
    chenli.go("/admin")
    chenli.page.get_by_role("link", name="外出与代办").first.click()
    chenli.fills(account="zhaoqian", first_day="2026-05-07", last_day="2026-05-15", substitute="qianlei")
    sends(chenli, "设置")
    assert "赵倩" in chenli.reads()
    people["qianlei"].go("/tasks")
    assert "赵倩" in people["qianlei"].page.locator("header.bar").inner_text()


def test_a_person_comes_and_a_unit_goes(people, chenli):
    chenli.go("/admin/settings/account")
    chenli.page.get_by_role("link", name="添加", exact=True).click()
    chenli.fills(account="xinren", name="辛仁", title="住建局建设股", unit="zjj", roles=["unit_handler"], why="新到任")
    sends(chenli, "添加")
    chenli.go("/admin/settings/account/xinren")
    chenli.page.get_by_role("link", name="设新密码…").click()
    chenli.fills(why="新到任")
    sends(chenli, "设新密码")
    password = chenli.page.locator("main code").inner_text()
    newcomer = people.newcomer()
    newcomer.go("/sign-in")
    newcomer.fills(name="xinren", password=password)
    newcomer.page.locator("form:has(input[name=password]) button").first.click()
    newcomer.page.wait_for_selector("details.me")
    assert "辛仁" in newcomer.page.locator("details.me").inner_text()
    chenli.go("/admin/settings/account/xinren")
    chenli.fills(disabled=True, why="调离")
    sends(chenli, "修改")
    newcomer.go("/tasks")
    assert "/sign-in" in newcomer.page.url
    newcomer.page.context.close()


def test_a_page_answers_who_may_do_something_and_what_somebody_may(chenli):
    chenli.go("/admin/roles?may=area:item:dispatch&who=wangmin")
    assert "王敏" in chenli.reads()
    picture(chenli.page, "admin-roles")


def test_nothing_went_wrong_behind_the_pages(people, chenli):
    for address in ("/admin", "/admin/changes", "/admin/deadlines", "/admin/review-chain", "/admin/holidays",
                    "/admin/roles", "/admin/halted", "/admin/settings/unit", "/admin/sheets/unit"):  # fmt: skip
        chenli.go(address)
        assert chenli.page.locator("h1").count() == 1
    assert chenli.complaints == []
