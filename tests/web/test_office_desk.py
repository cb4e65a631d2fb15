"""The desk of a unit's office: sign-ins by one button, what is to be issued, who has how much, and no rating."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from tests_support.people import Play, Standing

from tasks.demonstration.answers import Story
from tasks.handling.models import Assignment
from tasks.worklist.models import Work


def play(banli, item, story=None):
    return Play(banli, Standing(banli), item, story or Story("zjj"))


@pytest.fixture
def assigned(banli):
    """Three items that wait to be signed in by the housing bureau."""
    return [play(banli, item).until("sign_in").step("sign_in").task_id for item in (1, 2, 3)]


def signing(tasks, handler="zhaoqian", phone="", chosen=None, request="sheet"):
    rows = {f"handler:{task}": handler for task in tasks} | {f"phone:{task}": phone for task in tasks}
    return {**rows, "chosen": tasks if chosen is None else chosen, "request_id": request}


def signed(banli):
    with banli.reading() as session:
        rows = session.scalars(select(Assignment).where(Assignment.signed_at.is_not(None)).order_by(Assignment.item_id))
        return [(row.item_id, row.handler, row.phone) for row in rows]


def test_the_chosen_items_are_signed_in_by_one_button(visitor, banli, assigned):
    page = visitor.be("qianlei").read("/office")
    assert re.findall(r'name="chosen" value="([^"]+)"', page) == assigned
    answer = visitor.post("/office/sign-in", signing(assigned, phone="0700-8123001", chosen=assigned[:2]))
    assert answer.status_code == 303
    assert signed(banli) == [(1, "zhaoqian", "0700-8123001"), (2, "zhaoqian", "0700-8123001")]
    page = visitor.read("/office")
    assert "已签收 2 件" in page
    assert re.findall(r'name="chosen" value="([^"]+)"', page) == assigned[2:]


def test_an_empty_telephone_is_the_handlers_own(visitor, banli, assigned):
    visitor.be("qianlei").post("/office/sign-in", signing(assigned[:1]))
    assert signed(banli)[0][2].startswith("0700-")


def test_a_row_that_fails_stays_with_its_reason_and_what_was_typed(visitor, banli, assigned):
    rows = signing(assigned, phone="0700-8123001") | {f"phone:{assigned[1]}": "不知道"}
    answer = visitor.be("qianlei").post("/office/sign-in", rows)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert [item for item, _, _ in signed(banli)] == [1, 3]
    assert 'value="不知道"' in page
    assert "区号和号码" in page
    assert "有 1 件需要更正" in page


def test_the_same_click_twice_signs_nothing_twice(visitor, banli, assigned):
    visitor.be("qianlei")
    for _ in range(2):
        assert visitor.post("/office/sign-in", signing(assigned[:1], phone="0700-8123001")).status_code == 303
    assert len(signed(banli)) == 1


def test_a_row_that_a_colleague_signed_says_who_was_first(visitor, banli, assigned):
    play(banli, 1).do("sign_in")
    answer = visitor.be("qianlei").post("/office/sign-in", signing(assigned[:2], request="late"))
    assert answer.status_code == 422
    note = answer.get_data(as_text=True).split('role="alert">', 1)[1].split("</div>", 1)[0]
    assert "住建局 钱磊" in note
    assert [item for item, _, _ in signed(banli)] == [1, 2]


def test_an_office_signs_in_nothing_of_another_unit(visitor, banli, assigned):
    answer = visitor.be("jianglin").post("/office/sign-in", signing(assigned[:1], handler="wufang"))
    assert answer.status_code == 422
    assert signed(banli) == []


def test_only_sign_ins_are_done_by_this_button(visitor, banli):
    issue = play(banli, 1).until("issue").step("issue").task_id
    visitor.be("qianlei").post("/office/sign-in", signing([issue]))
    with banli.reading() as session:
        assert session.get_one(Work, issue).state == "open"


def test_what_is_to_be_issued_and_published_stands_on_the_desk(visitor, banli):
    play(banli, 1).until("issue")
    publishing = play(banli, 2).until("publish").step("publish").task_id
    page = visitor.be("qianlei").read("/office")
    issues = page.split('id="issues"', 1)[1].split("</section>", 1)[0]
    publications = page.split('id="publications"', 1)[1].split("</section>", 1)[0]
    assert "停车难" in issues
    assert publishing in publications


def test_an_objection_stands_until_it_is_decided(visitor, banli):
    case = play(banli, 1, Story("zjj", answer="object", suggests=["cgj"])).until("sign_in")
    case.do("sign_in")
    page = visitor.be("qianlei").read("/office").split('id="objections"', 1)[1].split("</section>", 1)[0]
    assert "不属本单位职责" in page
    assert "裁定申请调整" in page
    case.do("decide_objection")
    page = visitor.read("/office").split('id="objections"', 1)[1].split("</section>", 1)[0]
    assert "不属本单位职责" not in page


def test_the_office_sees_who_has_how_much_and_opens_it(visitor, banli):
    play(banli, 1).until("consult")
    play(banli, 2).until("consult")
    page = visitor.be("qianlei").read("/office")
    line = page.split('href="/office/people/zhaoqian"', 1)[1].split("</tr>", 1)[0]
    assert re.search(r'<td class="r num">2</td>', line)
    assert visitor.read("/office/people/zhaoqian").count("data-task=") == 2
    assert visitor.get("/office/people/helei").status_code == 404, "of another unit"


def test_what_nobody_has_taken_is_a_list_of_its_own(visitor, assigned):
    assert visitor.be("qianlei").read("/office/people/-").count("data-task=") == 3


@pytest.mark.parametrize("rating", ["satisfied", "dissatisfied"])
def test_the_desk_tells_no_rating(visitor, banli, rating):
    def pages():
        return [
            re.sub(r'value="[0-9a-f]{32}"|name="csrf_token" value="[^"]*"', "", visitor.read(address))
            for address in ("/office", "/office/people/zhaoqian", "/office/people/-")
        ]

    case = play(banli, 1, Story("zjj", complaint="没有解决")).until("rate")
    visitor.be("qianlei")
    before = pages()
    case.do("rate", rating=rating)
    assert pages() == before


@pytest.mark.parametrize("account", ["wangmin", "zhaoqian", "linguoqiang", "sunjie", "zhengtao"])
def test_the_desk_is_the_offices(visitor, account):
    visitor.be(account)
    assert visitor.get("/office").status_code == 403
    assert visitor.post("/office/sign-in", {"chosen": "x", "request_id": "y"}).status_code == 403
    assert 'href="/office"' not in visitor.read("/")


def test_the_day_of_an_office_begins_at_its_desk(visitor):
    answer = visitor.post("/sign-in/as", {"account": "qianlei"})
    assert answer.location == "/office"
    assert 'href="/office"' in visitor.read("/"), "the workbench is still there"
