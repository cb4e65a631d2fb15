"""Every mistake one can make in the administrator's room is refused with a sentence at its place."""

import html
import io
import re

import pytest
from tests_support.county import copied
from tests_support.visitor import Visitor

from tasks.changes import service
from web.application import create_app

WHY = "区政府办公室第3号通知"
DEADLINE = {"name": "会办意见", "amount": "30", "unit": "wd", "counts_from": "交办", "not_after": "",
            "source": "本区办法", "effective_from": "2026-05-07", "reach": "new", "why": WHY}  # fmt: skip
LIGHT = {"unit": "cd", "near": "30", "urgent": "10", "why": WHY}
NUMBERS = {"number_pattern_suggestion": "{seq:04}", "number_pattern_proposal": "{year}{seq:03}",
           "number_pattern_reply": "{mark}〔{year}〕{seq}号", "number_pattern_slip": "{type}〔{year}〕{seq}号",
           "number_pattern_opinion": "{mark}〔{year}〕会{seq}号", "why": WHY}  # fmt: skip
COUNTING = {"roll_forward_on_rest_day": "true", "day_end": "24:00", "session_cutoff": "18:00", "chasing_hour": "8",
            "why": WHY}  # fmt: skip
REPLYING = {"max_rounds": "2", "second_reply_scope": "planned", "half_time_share": "0.5", "reply_to": "every",
            "why": WHY}  # fmt: skip
UNIT = {"code": "dzj", "name": "地震局", "short_name": "地震局", "kind": "handling", "position": "90", "why": WHY}
PERSON = {"account": "zhaoliu", "name": "赵六", "unit": "zjj", "roles": ["unit_handler"], "why": WHY}
NODE = {"code": "FZ", "name": "{unit}合法性审查", "side": "hub", "roles": ["supervisor"], "why": WHY}
SITTING = {"term": "npc-17", "ordinal": "6", "name": "六次会议", "opened": "2027-02-22", "closed": "2027-02-26",
           "why": WHY}  # fmt: skip
ROW = {"act": "save", "label": "第 3 行", "place": "5", "nodes": ["UO", "UC"], "why": WHY}

MISTAKES = [
    # where, what is typed, the field at which it is said, part of the sentence
    ("/settings/deadline/P5", {**DEADLINE, "amount": "三十"}, "amount", "请填整数"),
    ("/settings/deadline/P5", {**DEADLINE, "amount": "-1"}, "amount", "之间的数"),
    ("/settings/deadline/P5", {**DEADLINE, "amount": ""}, "amount", "必须填写"),
    ("/settings/deadline/P5", {**DEADLINE, "amount": "700"}, "amount", "最多500个工作日"),
    ("/settings/deadline/P8", {**DEADLINE, "amount": "4", "unit": "cm"}, "amount", "代表法第五十一条"),
    ("/settings/deadline/P5", {**DEADLINE, "unit": "weeks"}, "unit", "没有“weeks”"),
    ("/settings/deadline/P5", {**DEADLINE, "not_after": "02-30"}, "not_after", "一年中的日期"),
    ("/settings/deadline/P5", {**DEADLINE, "effective_from": "明天"}, "effective_from", "请填日期"),
    ("/settings/deadline/P5", {**DEADLINE, "effective_from": "2026-01-01"}, "effective_from", "这一天或者更晚"),
    ("/settings/deadline/P5", {**DEADLINE, "effective_from": "2026-07-01", "reach": "running"}, "effective_from",
     "今天已生效"),
    ("/settings/deadline/P5", {**DEADLINE, "why": ""}, "why", "请写明原因"),
    ("/settings/deadline/P5", {**DEADLINE, "why": "长" * 501}, "why", "最多 500 个字"),
    ("/settings/deadline/P5", {**DEADLINE, "name": "长" * 201}, "name", "最多200个字"),
    ("/settings/deadline/P5", {**DEADLINE, "source": ""}, "source", "必须填写"),
    ("/settings/deadline/new", {**DEADLINE, "code": "法制"}, "code", "大写字母"),
    ("/settings/deadline/new", {**DEADLINE, "code": "P5"}, "code", "已经有同名的"),
    ("/settings/light/reply", {**LIGHT, "urgent": "31"}, "urgent", "不大于“临期”"),
    ("/settings/light/reply", {**LIGHT, "near": "900"}, "near", "之间的数"),
    ("/settings/light/reply", {**LIGHT, "unit": "cm"}, "unit", "没有“cm”"),
    ("/settings/numbering/numbering", {**NUMBERS, "number_pattern_suggestion": "{year}"}, "number_pattern_suggestion",
     "所有编号都一样"),
    ("/settings/numbering/numbering", {**NUMBERS, "number_pattern_reply": "{seq}{secret}"}, "number_pattern_reply",
     "只能用"),
    ("/settings/numbering/numbering", {**NUMBERS, "number_pattern_slip": "{seq:04"}, "number_pattern_slip", "没写完"),
    ("/settings/numbering/numbering", {**NUMBERS, "number_pattern_slip": "{seq.__class__}{seq}"},
     "number_pattern_slip", "没写完"),
    ("/settings/counting/counting", {**COUNTING, "day_end": "25:00"}, "day_end", "请填时刻"),
    ("/settings/counting/counting", {**COUNTING, "chasing_hour": "24"}, "chasing_hour", "0到23"),
    ("/settings/replying/replying", {**REPLYING, "max_rounds": "0"}, "max_rounds", "1到5"),
    ("/settings/replying/replying", {**REPLYING, "half_time_share": "1.5"}, "half_time_share", "0到1之间"),
    ("/settings/replying/replying", {**REPLYING, "assign_together": "maybe"}, "assign_together", "请填是或者否"),
    ("/settings/list/origins", {"entries": "  \n ", "why": WHY}, "entries", "必须填写"),
    ("/settings/list/origins", {"entries": "长" * 201, "why": WHY}, "entries", "超过200个字"),
    ("/settings/list/origins", {"entries": "\n".join(map(str, range(201))), "why": WHY}, "entries", "最多200条"),
    ("/settings/result_class/B", {"name": "留作参考", "canonical": ["PLANNED"], "why": WHY}, "name", "已经叫这个名字"),
    ("/settings/result_class/C", {"name": "参考", "canonical": ["SOLVED"], "why": WHY}, "canonical", "不能靠改名结案"),
    ("/settings/result_class/A", {"name": "解决", "canonical": ["PLANNED"], "why": WHY}, "canonical",
     "不能改变这个含义"),
    ("/settings/result_class/A", {"name": "解决", "canonical": ["WON"], "why": WHY}, "canonical", "没有“WON”"),
    ("/settings/unit/new", {**UNIT, "code": "DZJ!"}, "code", "小写字母"),
    ("/settings/unit/new", {**UNIT, "short_name": "住建局"}, "short_name", "已有单位用这个名称"),
    ("/settings/unit/new", {**UNIT, "kind": "ministry"}, "kind", "没有“ministry”"),
    ("/settings/unit/new", {**UNIT, "successor": "cgj"}, "successor", "只有已撤销的单位"),
    ("/settings/account/new", {**PERSON, "account": "赵六"}, "account", "小写字母"),
    ("/settings/account/new", {**PERSON, "account": "wangmin"}, "account", "已经有同名的"),
    ("/settings/account/new", {**PERSON, "phone": "<script>"}, "phone", "电话号码"),
    ("/settings/account/new", {**PERSON, "unit": ""}, "unit", "这些角色要有单位"),
    ("/settings/account/new", {**PERSON, "roles": ["emperor"]}, "roles", "没有“emperor”"),
    ("/settings/account/new", {**PERSON, "roles": ["unit_handler", "npc_reviewer"]}, "roles", "不能管评价"),
    ("/settings/account/new", {**PERSON, "further": "zjj unit_head"}, "further", "单位和角色"),
    ("/settings/review_node/new", {**NODE, "code": "fz"}, "code", "大写字母"),
    ("/settings/review_node/new", {**NODE, "name": "{secret}审查"}, "name", "单位简称"),
    ("/settings/review_node/new", {**NODE, "roles": []}, "roles", "必须填写"),
    ("/settings/sitting/new", {**SITTING, "closed": "2027-02-20"}, "closed", "早于"),
    ("/settings/sitting/new", {**SITTING, "opened": "2027-02-30"}, "opened", "请填日期"),
    ("/review-chain/review_chain_row_4", {**ROW, "nodes": ["", ""]}, "nodes", "至少写一道审核"),
    ("/review-chain/review_chain_row_4", {**ROW, "nodes": ["UO", "UO"]}, "nodes", "写了两次"),
    ("/review-chain/review_chain_row_4", {**ROW, "nodes": ["ZZ"]}, "nodes", "没有审核人"),
    ("/review-chain/review_chain_row_4", {**ROW, "label": "第 4 行"}, "label", "已有"),
    ("/holidays/notice", {"notice": "今年放假安排待定。"}, "notice", "标题里没有年份"),
    ("/holidays/local-day", {"day": "2026-02-30", "day_kind": "local", "day_name": "县庆"}, "day", "日历年份里的一天"),
    ("/holidays/local-day", {"day": "2026-06-10", "day_kind": "party", "day_name": "县庆"}, "day_kind", "放假还是上班"),
    ("/holidays/local-day", {"day": "2026-06-10", "day_kind": "local", "day_name": ""}, "day_name", "起名"),
    ("/presets/henan", {"codes": [], "effective_from": "2026-05-07", "why": WHY}, "codes", "至少选一项"),
    ("/presets/henan", {"codes": ["P5"], "effective_from": "soon", "why": WHY}, "effective_from", "请填日期"),
    ("/accounts/zhaoqian/password", {"why": ""}, "why", "请写明原因"),
]  # fmt: skip


@pytest.fixture(scope="module")
def house(county, tmp_path_factory):
    """One county for all mistakes: none of them may change it."""
    with copied(county, tmp_path_factory.mktemp("mistakes")) as banli:
        yield banli, Visitor(create_app(banli)).be("chenli")


def state(banli):
    kinds = ("deadline", "light", "numbering", "counting", "replying", "list", "result_class", "unit", "account",
             "review_node", "sitting", "review_chain", "holiday_year")  # fmt: skip
    return {kind: service.contents(banli, kind) for kind in kinds}


@pytest.mark.parametrize(("address", "typed", "field", "sentence"), MISTAKES)
def test_a_mistake_is_refused_with_a_sentence_at_its_place(house, address, typed, field, sentence):
    banli, chenli = house
    before = state(banli)
    answer = chenli.post(f"/admin{address}", typed)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    summary = page.split("data-first-error", 1)[1].split("</div>", 1)[0]
    assert f'href="#f-{field}"' in summary
    assert sentence in summary
    if field != "codes":
        at_the_field = re.search(rf'id="f-{field}-error">([^<]*)<', page)
        assert at_the_field is not None
        assert sentence in at_the_field[1]
    assert state(banli) == before


def test_there_are_at_least_forty_of_them():
    assert len({(address, str(typed)) for address, typed, _, _ in MISTAKES}) >= 40


@pytest.mark.parametrize("content", [
    b"", b"[]", b"{}", b"not json", b'{"banli": "holiday-year"}',
    b'{"banli":"holiday-year","year":"2027","published":true,"source":"x","days":[]}',
    b'{"banli":"holiday-year","year":2027,"published":true,"source":"x","days":["2027-13-01 \xe4\xbc\x91 x"]}',
    b'{"banli":"holiday-year","year":2027,"published":true,"source":"x","days":["2026-01-01 \xe4\xbc\x91 x"]}',
    b'{"banli":"holiday-year","year":9999,"published":true,"source":"x","days":[]}',
    b"[" * 100_000, b" " * 300_000,
])  # fmt: skip
def test_a_file_that_is_no_year_is_refused_and_changes_nothing(house, content):
    banli, chenli = house
    before = state(banli)
    answer = chenli.post("/admin/holidays/file", {"file": (io.BytesIO(content), "2027.json")},
                         content_type="multipart/form-data")  # fmt: skip
    assert answer.status_code == 422
    assert "data-first-error" in answer.get_data(as_text=True)
    assert state(banli) == before


@pytest.mark.parametrize("typed", [
    {"year": "2027", "days": "2027-01-01 休 元旦", "published": "true", "source": "x", "why": WHY, "mark": "forged"},
    {"year": "0", "days": "", "published": "true", "source": "x", "why": WHY, "mark": ""},
    {"year": "2027", "days": "<script>", "published": "true", "source": "x", "why": WHY, "mark": ""},
])  # fmt: skip
def test_days_that_nobody_was_shown_are_not_published(house, typed):
    banli, chenli = house
    before = state(banli)
    assert chenli.post("/admin/holidays/publish", typed).status_code == 422
    assert state(banli) == before


@pytest.mark.parametrize("address", ["/settings/nothing", "/settings/deadline/NONE", "/settings/light/new",
                                     "/review-chain/none", "/presets/none", "/changes/999", "/sheets/nothing",
                                     "/holidays/1850.json", "/settings/deadline/%2e%2e",
                                     "/settings/review_chain/review_chain", "/settings/password/zhaoqian"])  # fmt: skip
def test_what_does_not_exist_is_not_found(house, address):
    assert house[1].get(f"/admin{address}").status_code == 404


def test_a_text_that_looks_like_markup_stays_a_text(house):
    _, chenli = house
    nasty = '<img src=x onerror="alert(1)">{{7*7}}'
    answer = chenli.post("/admin/settings/deadline/PC", {**DEADLINE, "name": nasty, "source": nasty})
    assert answer.status_code == 303
    for address in ("/admin/deadlines", "/admin/changes", "/admin", "/admin/settings/deadline/PC"):
        page = chenli.read(address)
        assert "<img src=x" not in page
        assert "{{7*7}}" in page
    assert chenli.post("/admin/changes/1/take-back", {"why": "测试"}).status_code == 303
