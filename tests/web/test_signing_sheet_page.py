"""The page of the signing sheet (呈批单): what an office expects on it, and how one comes to it."""

from __future__ import annotations

import pytest
from tests_support.people import Play, Standing

from tasks.demonstration.answers import Story


@pytest.fixture
def task(banli):
    """A reply that the unit's office has passed: its deputy is next."""
    play = Play(banli, Standing(banli), 1, Story("zjj")).until("review")
    play.do("review")
    return play.step("review").task_id


def test_it_has_what_a_leader_must_know_and_room_to_sign(visitor, task):
    sheet = visitor.be("wubin").read(f"/tasks/{task}/sheet")
    for words in (
        "政府办公室", "呈　批　单", "第0001号建议", "停车难", "提出人", "主办：", "办理时限", "参数 P",
        "拟定类别", "拟办意见", "：同意", "批办", "批示", "签名：", "打印：", "的答复",
    ):  # fmt: skip
        assert words in sheet, words
    assert "满意" not in sheet


def test_the_pages_of_the_leader_lead_to_it(visitor, task):
    for address in (f"/tasks/{task}", f"/sign/{task}"):
        assert f'href="/tasks/{task}/sheet"' in visitor.be("wubin").read(address), address
