"""The desk of a committee: what it studies, approves and checks, who has not rated, key items, promises."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select
from tests_support.county import DAY
from tests_support.people import Play, Standing

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.desks.committee import desk
from tasks.directory.models import Unit
from tasks.handling.models import ReplyAnswer
from tasks.register.models import Item
from tasks.tracking.models import Commitment


def play(banli, item, story=None):
    return Play(banli, Standing(banli), item, story or Story("zjj"))


def section(page, name):
    return page.split(f'id="{name}"', 1)[1].split("</section>", 1)[0]


def figure(page, name):
    return int(re.search(rf"<span>{name}</span><strong>(\d+)</strong>", page)[1])


def test_a_dissatisfied_rating_waits_to_be_studied(visitor, banli):
    case = play(banli, 1, Story("zjj", complaint="没有解决", rating="dissatisfied")).until("rate")
    case.do("rate")
    page = visitor.be("sunjie").read("/desk")
    assert figure(page, "待研究") == 1
    assert f'data-task="{case.step("study").task_id}"' in section(page, "study")


def test_closings_stand_on_the_desk(visitor, banli):
    case = play(banli, 1).until("closing_check")
    page = visitor.be("sunjie").read("/desk")
    assert figure(page, "待核对结案") == 1
    assert f'data-task="{case.step("closing_check").task_id}"' in section(page, "closings")


def test_who_has_not_rated_stands_there_with_the_date(visitor, banli):
    case = play(banli, 1).until("rate")
    page = visitor.be("sunjie").read("/desk")
    silent = section(page, "silent")
    assert figure(page, "还没有评价") == 1
    assert 'data-silent="1"' in silent
    assert "林国强" in silent
    assert re.search(r"\d{4}-\d\d-\d\d 截止", silent)
    case.do("rate")
    assert figure(visitor.read("/desk"), "还没有评价") == 0


def test_key_items_show_how_they_are_pressed(visitor, banli):
    case = play(banli, 1, Story("zjj", key="leader")).until("plan")
    task = case.step("plan").task_id
    visitor.be("wangmin").post("/supervision/remind", {"task": [task], "text": "请抓紧"})
    visitor.be("sunjie")
    page = visitor.read("/desk")
    lines = section(page, "key-items")
    assert figure(page, "在办重点件") == 1
    assert "停车难" in lines
    assert "催办 1 次，督办单 0 份，还没有督查" in lines


def promised(banli, dues):
    """Promises of the first item's reply, one for each of its measures."""
    play(banli, 1).until("rate")
    with banli.writing() as session:
        answers = session.scalars(select(ReplyAnswer).order_by(ReplyAnswer.id)).all()
        unit = session.scalars(select(Unit.id).where(Unit.code == "zjj")).one()
        for answer, due in zip(answers, dues, strict=True):
            session.add(
                Commitment(
                    item_id=1, unit_id=unit, reply_answer_id=answer.id, measure=answer.measure, promise=answer.text,
                    promised_on=DAY.date(), original_due=due, due=due, state="open",
                )
            )  # fmt: skip


def test_promises_of_this_month_stand_there_and_later_ones_do_not(visitor, banli):
    promised(banli, [dt.date(2026, 5, 31), dt.date(2026, 6, 1)])
    page = visitor.be("sunjie").read("/desk")
    assert figure(page, "本月到期承诺") == 1
    assert section(page, "promises").count("<li>") == 1
    assert "住建局" in section(page, "promises")


def test_a_promise_that_should_have_been_kept_before_stands_there_too(banli):
    promised(banli, [dt.date(2026, 4, 30), dt.date(2026, 6, 1)])
    page = desk(banli, actor_named(banli, "sunjie"))
    assert [(one.due.at.month, one.due.light) for one in page.promises] == [(4, "overdue")]


def test_the_committee_of_the_other_body_sees_nothing_of_it(visitor, banli):
    play(banli, 1, Story("zjj", key="leader", complaint="没有解决", rating="dissatisfied")).until("rate").do("rate")
    play(banli, 2).until("rate")
    page = visitor.be("fanglan").read("/desk")
    assert "停车难" not in page
    assert "公厕" not in page
    assert [figure(page, name) for name in ("待研究", "还没有评价", "在办重点件")] == [0, 0, 0]


def test_every_figure_leads_to_its_list(visitor, banli):
    play(banli, 1).until("closing_check")
    page = visitor.be("sunjie").read("/desk")
    addresses = re.findall(r'<a href="([^"]+)"><span>', page.split('class="figs', 1)[1].split("</nav>", 1)[0])
    assert len(addresses) == 7
    for address in addresses:
        if address.startswith("/"):
            assert visitor.get(address).status_code == 200, address
        else:
            assert f'id="{address[1:]}"' in page, address


def test_a_closed_key_item_is_not_under_way(banli):
    play(banli, 1, Story("zjj", key="leader")).until("plan")
    with banli.writing() as session:
        session.get_one(Item, 1).state = "closed"
    assert desk(banli, actor_named(banli, "sunjie")).key_total == 0


@pytest.mark.parametrize("account", ["wangmin", "zhaoqian", "qianlei", "zhengtao", "linguoqiang", "liuzheng"])
def test_the_desk_is_the_committees(visitor, account):
    assert visitor.be(account).get("/desk").status_code == 403
    assert 'href="/desk"' not in visitor.read("/")


def test_the_day_of_a_committee_begins_at_its_desk(visitor):
    assert visitor.post("/sign-in/as", {"account": "sunjie"}).location == "/desk"
    assert 'href="/desk"' in visitor.read("/")
