"""Reading the notices as the State Council office writes them, and every mistake one can paste."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest

from tasks.deadlines.calendar import DayKind
from tasks.deadlines.notice import read_notice

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""
NOTICE_2025 = """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""
NOTICE_2024 = """国务院办公厅关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
"""


@pytest.mark.parametrize(("text", "year"), [(NOTICE_2024, 2024), (NOTICE_2025, 2025), (NOTICE_2026, 2026)])
def test_the_notices_of_three_years_give_the_calendar_that_everybody_knows(text, year):
    notice = read_notice(text)
    assert (notice.year, notice.problems) == (year, [])
    resting = {one.day for one in notice.days if one.kind is DayKind.HOLIDAY}
    working = {one.day for one in notice.days if one.kind is DayKind.MAKEUP}
    day = dt.date(year, 1, 1)
    while day.year == year:
        works = day in working or (day.weekday() < 5 and day not in resting)
        assert works == chinese_calendar.is_workday(day), day
        day += dt.timedelta(days=1)


def test_what_is_encouraged_is_no_holiday():
    notice = read_notice(NOTICE_2024)
    assert dt.date(2024, 2, 9) not in {one.day for one in notice.days}
    assert any("鼓励" in sentence for sentence in notice.unread)


def test_two_holidays_in_one_line_keep_both_names():
    assert read_notice(NOTICE_2025).days[-2].name == "国庆节、中秋"


@pytest.mark.parametrize(("change", "said"), [
    (("2026年", ""), "Expected the year in the heading"),
    (("1月1日（周四）", "1月1日（周五）"), "is the year right"),
    (("共9天", "共8天"), "counts 8 days"),
    (("2月14日（周六）", "2月13日（周五）"), "is a working day anyway"),
    (("三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n", ""), "does not name 清明"),
    (("5月1日（周五）至5日（周二）", "5月31日至32日"), "There is no day"),
    (("6月19日（周五）至21日（周日）", "6月21日（周日）至19日（周五）"), "does not run"),
    (("9月25日（周五）至27日", "10月1日（周四）至3日"), "named twice"),
])  # fmt: skip
def test_a_notice_that_does_not_fit_says_what(change, said):
    notice = read_notice(NOTICE_2026.replace(*change))
    assert any(said in str(problem) for problem in notice.problems)


def test_something_else_that_was_pasted_is_no_notice():
    assert "found none" in str(read_notice("2027年工作要点：加强督办。").problems[0])
    assert read_notice("").problems
    assert read_notice("一、" * 50_000, 2027).problems


def test_the_page_of_another_year_refuses_it():
    assert "this page of 2027" in str(read_notice(NOTICE_2026, 2027).problems[0])
