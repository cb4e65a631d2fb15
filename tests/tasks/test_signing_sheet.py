"""呈批单: the sheet that a leader signs by hand, for her and for who keeps her papers."""

from __future__ import annotations

import pytest
from tests_support.people import submitted

from engine import NotFound
from tasks.accounts.errors import NotAllowed
from tasks.demonstration.answers import Story
from tasks.desks.signing_sheet import signing_sheet


@pytest.fixture
def play(banli, clock):
    """A reply that waits for the signature of the bureau's head."""
    case = submitted(banli, clock, Story("cgj")).until("review")
    while "cgj:unit_head" not in case.step("review").candidates:
        case.do("review")
    return case


@pytest.mark.parametrize("account", ["jianglin", "suntao"])
def test_the_leader_and_her_secretary_get_the_text_and_who_signed_before(play, banli, as_, account):
    sheet = signing_sheet(banli, as_(account), play.step("review").task_id)
    assert "政府办公室" in sheet.office
    assert sheet.reply.body
    assert sheet.reply.result_class
    assert [one.verdict for one in sheet.reviews] == ["pass"] * len(sheet.reviews)
    assert sheet.reviews[0].by
    assert sheet.printed_at == banli.now()


@pytest.mark.parametrize("account", ["wufang", "qianlei", "sunjie", "linguoqiang"])
def test_nobody_else_prints_it(play, banli, as_, account):
    with pytest.raises((NotAllowed, NotFound)):
        signing_sheet(banli, as_(account), play.step("review").task_id)


def test_a_signed_task_has_no_sheet_any_more(play, banli, as_):
    task = play.step("review").task_id
    play.do("review")
    with pytest.raises((NotAllowed, NotFound)):
        signing_sheet(banli, as_("suntao"), task)


@pytest.mark.parametrize("account", ["linguoqiang", "wangmin", "jianglin"])
def test_there_is_none_for_a_rating(banli, clock, as_, account):
    play = submitted(banli, clock, Story("cgj", complaint="没有解决")).until("rate")
    with pytest.raises((NotAllowed, NotFound)):
        signing_sheet(banli, as_(account), play.step("rate").task_id)


def test_an_opinion_to_be_approved_stands_on_the_sheet(banli, clock, as_):
    play = submitted(banli, clock, Story("zjj", ("cgj",))).until("approve_opinion")
    sheet = signing_sheet(banli, as_("suntao"), play.step("approve_opinion").task_id)
    assert [one.unit_code for one in sheet.opinions] == ["cgj"]
    assert sheet.reply is None
