"""The small forms on a case, and the diagrams behind its shapes."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from tests_support.people import Play

from tasks.demonstration.answers import Story
from tasks.handling.extensions import pending_extension
from tasks.register.models import Item
from tasks.settings import BEIJING

SOLE = Story("cgj", closing="close")


class Standing:
    """The county's clock, which stands still."""

    def move(self, **_):
        """Steps of a case need no time here."""


@pytest.fixture
def play(banli):
    clock = Standing()
    clock.__class__.__call__ = lambda _self: banli.now()
    return Play(banli, clock, 1, SOLE)


def item(play: Play) -> Item:
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id)


def test_a_unit_asks_for_more_time_on_the_case_page(visitor, play):
    play.until("draft")
    visitor.be("wufang")
    assert "/cases/1/extension" in visitor.read("/cases/1")
    due = play.step("draft").due.astimezone(BEIJING).date()
    sent = {"kind": "hard", "reason": "", "wanted": (due + dt.timedelta(days=30)).isoformat(), "told_by": "phoned",
            "told_on": "2026-05-07", "plan": "先完成勘测。"}  # fmt: skip
    answer = visitor.post("/cases/1/extension", sent)
    assert answer.status_code == 422
    assert "请写明理由" in answer.get_data(as_text=True)
    assert visitor.post("/cases/1/extension", {**sent, "reason": "跨部门协调"}).status_code == 303
    with play.banli.reading() as session:
        assert pending_extension(session, session.get_one(Item, 1), 1).reason == "跨部门协调"
    assert "/cases/1/extension" not in visitor.read("/cases/1"), "one request at a time"
    page = visitor.be("wangmin").read(f"/tasks/{play.step('hub_extension').task_id}")
    assert "跨部门协调" in page


def test_a_unit_that_does_not_answer_asks_for_nothing(visitor, play):
    play.until("draft")
    assert visitor.be("zhaoqian").get("/cases/1/extension").status_code == 404


def test_the_committee_makes_an_item_a_key_item(visitor, play):
    play.until("review")
    visitor.be("sunjie")
    assert visitor.post("/cases/1/key", {"key": "congress", "key_reason": ""}).status_code == 422
    sent = {"key": "congress", "key_note": "城环工委督办", "key_reason": "代表多"}
    assert visitor.post("/cases/1/key", sent).status_code == 303
    assert item(play).key_kind == "congress"
    assert "人大重点督办建议" in visitor.read("/cases/1/file")


def test_a_unit_makes_nothing_a_key_item(visitor, play):
    play.until("consult")
    visitor.be("wufang")
    assert visitor.post("/cases/1/key", {"key": "mayor", "key_reason": "x"}).status_code == 403
    assert item(play).key_kind == "no"


def test_the_proposer_withdraws_her_item(visitor, play):
    visitor.be("linguoqiang")
    assert "/portal/1/withdraw" in visitor.read("/portal/1")
    assert visitor.post("/portal/1/withdraw", {"withdrawal_reason": " "}).status_code == 422
    assert visitor.post("/portal/1/withdraw", {"withdrawal_reason": "已经解决"}).status_code == 303
    assert item(play).state == "withdrawn"
    assert play.open() == []
    assert visitor.get("/portal/1/withdraw").status_code == 404


def test_a_shape_opens_the_diagram_that_it_called(visitor, play):
    play.until("draft")
    page = visitor.be("wangmin").read("/cases/1/diagram")
    inner = re.search(r'href="(/cases/1/diagram\?at=[^"]+)">承办单位办理', page).group(1)
    unit = visitor.read(inner)
    assert "核对办件情况" not in unit
    reply = re.search(r'href="(/cases/1/diagram\?at=[^"]+)">答复', unit).group(1)
    assert "核对办件情况" in visitor.read(reply)
    assert visitor.get("/cases/1/diagram.json?" + reply.split("?", 1)[1]).get_json()["active"] == ["draft"]
    assert visitor.get("/cases/2/diagram?" + reply.split("?", 1)[1]).status_code == 404, "the case of another item"


def test_the_hub_pauses_the_clock_on_the_case_page_reads_what_moves_and_lets_it_run_again(visitor, play, banli):
    play.until("draft")
    visitor.be("wangmin")
    assert "/cases/1/pause" in visitor.read("/cases/1")
    answer = visitor.post("/cases/1/pause", {"kind": "litigation", "reason": ""})
    assert answer.status_code == 422
    assert "请写明理由" in answer.get_data(as_text=True)
    assert visitor.post("/cases/1/pause", {"kind": "litigation", "reason": "法院正在审理"}).status_code == 303
    page = visitor.read("/cases/1")
    assert "起暂停计时" in page
    assert "法院正在审理" in page
    assert "/cases/1/pause" not in page
    listed = visitor.read("/cases/1/resume")
    assert "恢复计时</button>" in listed, "no working day has passed: no date moves"
    mark = re.search(r'name="mark" value="(\w+)"', listed).group(1)
    assert visitor.post("/cases/1/resume", {"mark": "another"}).status_code == 422
    assert visitor.post("/cases/1/resume", {"mark": mark}).status_code == 303
    assert "起暂停计时" not in visitor.read("/cases/1")
    assert visitor.get("/cases/1/resume").status_code == 404


def test_a_paused_step_says_so_in_the_list_of_its_unit(visitor, play):
    play.until("draft")
    visitor.be("wangmin").post("/cases/1/pause", {"kind": "absent", "reason": "代表出国三个月"})
    assert 'class="light paused"' in visitor.be("wufang").read("/tasks?view=mine")
    assert "关于" in visitor.read("/tasks?view=mine&light=paused")
    assert visitor.get("/cases/1/pause").status_code == 403, "the permission is the hub's"
