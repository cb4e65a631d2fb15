"""The administrator's room, without a browser: forms, lists, the log."""

import re

import pytest

from tasks.changes import service
from tasks.deadlines.result_classes import result_names

WHY = "区政府办公室第3号通知"


@pytest.fixture
def chenli(visitor):
    return visitor.be("chenli")


def form(banli, kind, subject, **fields):
    """What the form of a setting would send, with changes."""
    content = service.contents(banli, kind)[subject]
    kept = {name: value for name, value in content.items() if name != "earlier"}
    return {**{name: "" if value is None else value for name, value in kept.items()}, "why": WHY, **fields}


def test_the_room_is_in_the_rail_of_an_administrator_only(visitor):
    assert "管理" in visitor.be("chenli").read("/")
    assert visitor.be("wangmin").get("/admin").status_code == 403
    assert visitor.be("linguoqiang").get("/admin/settings/deadline/P5").status_code == 403


def test_the_first_page_says_what_needs_attention(chenli):
    page = chenli.read("/admin")
    assert "2027年的节假日是暂定的" in page
    assert "还没有改动" in page


@pytest.mark.parametrize(
    "kind", ["light", "counting", "result_class", "numbering", "replying", "deploying", "list", "category", "deadline"]
)
def test_every_kind_has_a_list_and_a_form(chenli, kind):
    page = chenli.read(f"/admin/settings/{kind}")
    first = re.search(rf'href="(/admin/settings/{kind}/[^"]+)"', page)
    shown = chenli.get(first[1]) if first and "/new" not in first[1] else chenli.get(f"/admin/settings/{kind}")
    assert shown.status_code in (200, 303)


def test_a_deadline_is_changed_and_the_page_tells_it(banli, chenli):
    answer = chenli.post("/admin/settings/deadline/P5", form(banli, "deadline", "P5", amount="30", unit="wd",
                                                             effective_from="2026-05-07"))  # fmt: skip
    assert answer.status_code == 303
    page = chenli.read("/admin/deadlines")
    assert "30个工作日" in page
    assert "会办意见（P5）" in chenli.read("/admin/changes")
    assert banli.reference().rule("P5").amount == 30


def test_a_change_is_taken_back_on_its_page(banli, chenli):
    chenli.post("/admin/settings/light/reply", form(banli, "light", "reply", near="45"))
    assert "45" in chenli.read("/admin/settings/light")
    answer = chenli.post("/admin/changes/1/take-back", {"why": "写错了"})
    assert answer.status_code == 303
    assert service.contents(banli, "light")["reply"]["near"] == 30
    assert chenli.post("/admin/changes/1/take-back", {"why": "再来"}).status_code == 409


def test_numbers_show_the_next_one(chenli):
    page = chenli.read("/admin/settings/numbering")
    assert "建议：下一个编号是0004" in page


def test_a_renamed_result_class_stands_in_the_forms_of_the_units(banli, chenli):
    chenli.post("/admin/settings/result_class/B", {"name": "列入计划解决", "canonical": ["PLANNED"], "why": WHY})
    with banli.reading() as session:
        assert result_names(session)["B"] == "列入计划解决"


def test_a_new_named_deadline_is_added_and_removed(banli, chenli):
    fields = {"code": "FZSC", "name": "合法性审查", "amount": "2", "unit": "wd", "counts_from": "送审",
              "source": "本区办法", "effective_from": "2026-05-07", "not_after": "", "why": WHY}  # fmt: skip
    assert chenli.post("/admin/settings/deadline/new", fields).status_code == 303
    assert banli.reference().rule("FZSC").amount_words == "2个工作日"
    assert chenli.post("/admin/settings/deadline/new", fields).status_code == 422
    assert chenli.post("/admin/settings/deadline/FZSC/remove", {"why": "不再需要"}).status_code == 303
    assert "FZSC" not in banli.reference().rules


def test_the_review_chain_stands_in_words_with_its_uses(chenli):
    page = chenli.read("/admin/review-chain")
    assert "府办审核" in page
    assert "检查" in page


def test_a_made_up_reply_shows_the_row_and_the_people(chenli):
    page = chenli.read("/admin/review-chain?try=1&level=own&role=lead&round=1&key=leader&result_class=B&stage=first")
    assert "▶" in page
    assert "第 3 行" in page.split('role="status"')[1]


def test_a_reviewer_is_added_in_the_form_of_a_row(banli, chenli):
    page = chenli.read("/admin/review-chain/review_chain_row_4")
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    nodes = re.findall(r'<option value="(\w+)" selected>[^<]*（', page)
    assert nodes[0] == "UO"
    inserted = chenli.post("/admin/review-chain/review_chain_row_4", {"seen": seen, "act": "insert:1", "nodes": nodes,
                                                                      "label": "第 3 行"})  # fmt: skip
    assert inserted.get_data(as_text=True).count('name="nodes"') == len(nodes) + 2
    answer = chenli.post("/admin/review-chain/review_chain_row_4", {
        "seen": seen, "act": "save", "nodes": [*nodes, "MY"], "label": "第 3 行", "place": "5", "basis": "新办法",
        "test-level": '"own"', "test-key": 'not("no")', "why": WHY})  # fmt: skip
    assert answer.status_code == 303
    assert "县长审批" in chenli.read("/admin/review-chain").split('data-row="review_chain_row_4"')[1].split("</tr>")[0]
    again = chenli.post("/admin/review-chain/review_chain_row_4", {"seen": seen, "act": "remove", "why": WHY})
    assert again.status_code == 422, "the page was opened before the other change"
