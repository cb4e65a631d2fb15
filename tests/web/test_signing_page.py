"""What waits for a leader's signature: cards, the text with what has changed, two buttons, the next one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from tests_support.people import Play, Standing

from tasks.demonstration.answers import Story
from tasks.handling.models import Review
from tasks.worklist.models import Work


def in_review(banli, item, story=None):
    """A reply that the unit's office has passed: its deputy is next."""
    play = Play(banli, Standing(banli), item, story or Story("zjj")).until("review")
    play.do("review")
    return play


def task_of(play):
    return play.step("review").task_id


def reviews(banli):
    with banli.reading() as session:
        return [(one.by, one.verdict, one.text) for one in session.scalars(select(Review).order_by(Review.id))]


def cards(page):
    return re.findall(r'<li class="panel" data-task="([^"]+)"', page)


def test_each_reply_is_a_card_that_says_why_it_came(visitor, banli):
    first, second = in_review(banli, 1), in_review(banli, 2)
    page = visitor.be("wubin").read("/sign")
    assert sorted(cards(page)) == sorted([task_of(first), task_of(second)])
    card = page.split(f'data-task="{task_of(first)}"', 1)[1].split("</li>", 1)[0]
    for words in ("建议 0001", "停车难", "住建局", "A 已经解决", "钱磊", "第 7 行", "第 2 道，共 4 道", "light"):
        assert words in card, words


def test_passing_opens_the_next_reply(visitor, banli):
    first, second = in_review(banli, 1), in_review(banli, 2)
    task, following = task_of(first), task_of(second)
    visitor.be("wubin").read(f"/sign/{task}")
    answer = visitor.post(f"/sign/{task}", {"verdict": "pass", "text": "同意上报", "request_id": "one"})
    assert answer.location == f"/sign/{following}"
    assert reviews(banli)[-1] == ("wubin", "pass", "同意上报")
    answer = visitor.post(f"/sign/{following}", {"verdict": "pass", "request_id": "two"})
    assert answer.location == "/sign"
    page = visitor.read("/sign")
    assert cards(page) == []
    assert "没有待签的事项" in page


def test_a_return_needs_a_reason_and_keeps_what_was_typed(visitor, banli):
    task = task_of(in_review(banli, 1))
    answer = visitor.be("wubin").post(f"/sign/{task}", {"verdict": "return", "text": "写明时间", "request_id": "r"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-reasons"' in page
    assert "写明时间</textarea>" in page
    sent = {"verdict": "return", "reasons": ["no_date"], "text": "写明时间", "request_id": "r"}
    assert visitor.post(f"/sign/{task}", sent).status_code == 303
    assert reviews(banli)[-1] == ("wubin", "return", "写明时间")
    assert "已退办给住建局" in visitor.read("/sign")


def test_the_second_version_shows_what_has_changed(visitor, banli):
    play = in_review(banli, 1)
    play.do("review", returned_for="写得太空")
    play.do("draft", words={"body": "新写的一段话。"})
    play.do("review")
    page = visitor.be("wubin").read(f"/sign/{task_of(play)}")
    assert "第 2 稿，与第 1 稿对照" in page
    assert re.search(r"<ins>[^<]*新写", page)
    assert "写得太空" in page, "why it was returned"


def test_the_card_passes_only_what_was_read(visitor, banli):
    task = task_of(in_review(banli, 1))
    visitor.be("wubin")
    assert f"/sign/{task}/pass" not in visitor.read("/sign")
    answer = visitor.post(f"/sign/{task}/pass", {"request_id": "quick"})
    assert answer.location == f"/sign/{task}"
    assert len(reviews(banli)) == 1, "not passed unread"
    assert "请先看答复全文" in visitor.read(f"/sign/{task}")
    assert f"/sign/{task}/pass" in visitor.read("/sign")
    assert visitor.post(f"/sign/{task}/pass", {"request_id": "quick"}).location == "/sign"
    assert reviews(banli)[-1][:2] == ("wubin", "pass")


def test_what_another_has_read_in_this_browser_is_not_read(visitor, banli):
    play = in_review(banli, 1, Story("zjj", key="leader"))
    task = task_of(play)
    visitor.be("wubin").read(f"/sign/{task}")
    visitor.be("zhengtao")
    assert f"/sign/{task}/pass" not in visitor.read("/sign")


def test_who_comes_too_late_reads_who_was_first(visitor, banli):
    play = in_review(banli, 1)
    task = task_of(play)
    visitor.be("wubin").read(f"/sign/{task}")
    play.do("review")
    answer = visitor.post(f"/sign/{task}", {"verdict": "pass", "request_id": "late"})
    assert answer.location == f"/tasks/{task}"
    assert "吴斌" in visitor.read(f"/tasks/{task}")
    assert visitor.get(f"/sign/{task}").location == f"/tasks/{task}"


def test_a_signature_that_is_no_review_opens_its_own_form(visitor, banli):
    play = Play(banli, Standing(banli), 1, Story("zjj", ("cgj",))).until("approve_opinion")
    task = play.step("approve_opinion").task_id
    page = visitor.be("suntao").read("/sign")
    assert cards(page) == [task]
    assert f'href="/tasks/{task}"' in page
    assert visitor.get(f"/sign/{task}").location == f"/tasks/{task}"


def test_a_reply_of_another_unit_cannot_be_opened(visitor, banli):
    task = task_of(in_review(banli, 1))
    visitor.be("suntao")
    assert visitor.get(f"/sign/{task}").status_code == 404
    assert visitor.post(f"/sign/{task}", {"verdict": "pass"}).status_code == 404
    assert len(reviews(banli)) == 1


def test_a_class_c_reply_says_by_which_row_the_leader_signs(visitor, banli):
    play = in_review(banli, 1, Story("zjj", result_class="C"))
    while play.step("review").unit_code != "gov":
        play.do("review")
    page = visitor.be("liuzheng").read("/sign")
    assert "留作参考" in page
    with banli.reading() as session:
        assert session.get_one(Work, cards(page)[0]).unit_code == "gov"


@pytest.mark.parametrize("account", ["wangmin", "zhaoqian", "qianlei", "linguoqiang", "sunjie"])
def test_the_page_is_for_those_who_sign(visitor, account):
    assert visitor.be(account).get("/sign").status_code == 403
    assert 'href="/sign"' not in visitor.read("/")


@pytest.mark.parametrize(("account", "first"), [("liuzheng", "/sign"), ("zhengtao", "/sign"), ("zhoukai", "/")])
def test_the_day_of_a_leader_begins_where_she_signs(visitor, account, first):
    assert visitor.post("/sign-in/as", {"account": account}).location == first
    assert 'href="/sign"' in visitor.read("/")
