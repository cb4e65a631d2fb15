"""Holiday years and presets in the administrator's room, without a browser."""

import datetime as dt
import io
import re

import pytest

NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@pytest.fixture
def chenli(visitor):
    return visitor.be("chenli")


def hidden(page):
    """The fields that the page of confirmation sends along."""
    form = page.split('action="/admin/holidays/publish"', 1)[1]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    found["days"] = re.search(r'<textarea name="days" hidden>\n(.*?)</textarea>', page, re.DOTALL)[1]
    found.pop("csrf_token")
    return found


def test_a_pasted_notice_is_shown_day_by_day_and_then_published(banli, chenli):
    page = chenli.post("/admin/holidays/notice", {"notice": NOTICE_2027}).get_data(as_text=True)
    assert "放假" in page
    assert 'data-day="2027-02-13"' in page
    assert 2027 not in banli.reference().calendar.published, "nothing is changed yet"
    answer = chenli.post("/admin/holidays/publish", {**hidden(page), "why": "国办发明电〔2026〕5号"})
    assert answer.status_code == 303
    calendar = banli.reference().calendar
    assert 2027 in calendar.published
    assert calendar.is_working(dt.date(2027, 2, 13))
    assert not calendar.is_working(dt.date(2027, 2, 8))
    row = chenli.read("/admin/holidays").split('data-year="2027"')[1].split("</tr>")[0]
    assert "暂定" not in row


def test_taking_the_year_back_makes_it_provisional_again(banli, chenli):
    page = chenli.post("/admin/holidays/notice", {"notice": NOTICE_2027}).get_data(as_text=True)
    chenli.post("/admin/holidays/publish", {**hidden(page), "why": "国办发明电〔2026〕5号"})
    mark = re.search(r'name="mark" value="(\w+)"', chenli.read("/admin/changes/1/take-back"))[1]
    assert chenli.post("/admin/changes/1/take-back", {"why": "贴错了", "mark": mark}).status_code == 303
    assert 2027 not in banli.reference().calendar.published


def test_a_local_day_rests_from_now_on(banli, chenli):
    typed = {"day": "2026-06-10", "day_kind": "local", "day_name": "县庆日"}
    page = chenli.post("/admin/holidays/local-day", typed).get_data(as_text=True)
    assert chenli.post("/admin/holidays/publish", {**hidden(page), "why": "县庆"}).status_code == 303
    assert banli.reference().calendar.why_resting(dt.date(2026, 6, 10)) == "县庆日"


def test_a_year_goes_out_and_comes_in_as_a_file(banli, chenli):
    file = chenli.get("/admin/holidays/2026.json").data
    changed = io.BytesIO(file.replace(b"2026-05-05", b"2026-05-06"))
    answer = chenli.post(
        "/admin/holidays/file", {"file": (changed, "2026.json")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 200
    assert 'data-day="2026-05-06"' in answer.get_data(as_text=True)


def test_a_preset_is_adopted_row_by_row(banli, chenli):
    page = chenli.read("/admin/presets/chongqing")
    assert "30个工作日" in page
    answer = chenli.post("/admin/presets/chongqing",
                         {"codes": ["P5"], "effective_from": "2026-05-07", "why": "参照重庆"})  # fmt: skip
    assert answer.status_code == 303
    assert banli.reference().rule("P5").amount == 30
    assert banli.reference().rule("P11").amount == 15


def test_a_preset_is_adopted_whole_and_taken_back_by_one_act(banli, chenli):
    rows = re.findall(r'name="codes" value="(\w+)"', chenli.read("/admin/presets/henan"))
    assert len(rows) >= 4
    before = {code: banli.reference().rules[code] for code in rows}
    chenli.post("/admin/presets/henan", {"codes": rows, "effective_from": "2026-05-07", "why": "参照河南"})
    assert banli.reference().rule("P5").amount_words == "2个月"
    chenli.post("/admin/changes/1/take-back", {"why": "不采用"})
    assert {code: banli.reference().rules[code] for code in rows} == before


@pytest.mark.parametrize("name", ["national", "shanghai", "henan", "zhejiang", "shandong", "qingdao", "chongqing",
                                  "beijing", "sichuan", "guangdong"])  # fmt: skip
def test_every_preset_can_be_looked_at(chenli, name):
    assert chenli.get(f"/admin/presets/{name}").status_code == 200


def test_a_preset_that_does_not_exist_is_not_found(chenli):
    assert chenli.get("/admin/presets/nowhere").status_code == 404
    assert chenli.get("/admin/presets/calendar").status_code == 404
