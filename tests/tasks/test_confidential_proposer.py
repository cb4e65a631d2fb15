"""A proposer may ask for confidentiality: then units see the text only (handbook §2.2, separation rules)."""

from __future__ import annotations

import pytest
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.cases.headers import CONFIDENTIAL
from tasks.cases.queries import case, register
from tasks.cases.views import RegisterFilters
from tasks.demonstration.answers import Story
from tasks.handling.item_withdrawals import withdraw_item


@pytest.fixture
def play(banli, clock):
    """A confidential case at the housing bureau."""
    play = submitted(banli, clock, Story("zjj"), confidential="true", cosigners=[])
    play.do("assign")
    return play


def page(play, account: str):
    return case(play.banli, actor_named(play.banli, account), play.item_id)


def test_a_unit_reads_the_text_without_the_name(play):
    seen = page(play, "qianlei")
    assert (seen.item.proposer, seen.item.proposer_phone, seen.item.cosigners) == (CONFIDENTIAL, "", [])
    assert seen.item.situation
    assert "林国强" not in {entry.who for entry in seen.timeline}


def test_the_register_does_not_tell_it_and_cannot_be_asked_for_it(play):
    unit = actor_named(play.banli, "qianlei")
    assert [row.proposer for row in register(play.banli, unit).rows] == [CONFIDENTIAL]
    assert register(play.banli, unit, RegisterFilters(text="林国强")).total == 0


@pytest.mark.parametrize("account", ["wangmin", "sunjie", "linguoqiang"])
def test_who_looks_after_the_case_and_the_proposer_know_it(play, account):
    assert page(play, account).item.proposer == "林国强"
    assert "林国强" in {entry.who for entry in page(play, account).timeline}


def test_a_withdrawal_tells_a_unit_neither_name_nor_hint_of_it(play):
    play.clock.move(hours=1)
    withdraw_item(play.banli, actor_named(play.banli, "linguoqiang"), play.item_id, "问题已经解决。")
    seen = page(play, "qianlei")
    [entry] = [one for one in seen.file if one.kind == "withdrawal"]
    assert entry.by == CONFIDENTIAL
    assert (seen.timeline[0].who, seen.timeline[0].text) == (CONFIDENTIAL, "问题已经解决。")
    assert seen.holders == []
    assert page(play, "sunjie").timeline[0].who == "林国强"
