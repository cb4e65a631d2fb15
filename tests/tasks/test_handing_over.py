"""改派: a task goes to a colleague with a word on why."""

from __future__ import annotations

import pytest
from tests_support.people import hired, submitted

from engine import Conflict, NotFound
from tasks.accounts.errors import NotAllowed
from tasks.cases.queries import case
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story
from tasks.worklist.errors import FormInvalid
from tasks.worklist.handover import hand_over
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim, open_task, save_draft
from tasks.worklist.views import WorklistView


@pytest.fixture
def play(banli, clock):
    drafting = submitted(banli, clock, Story("cgj")).until("draft")
    clock.move(hours=1)
    return drafting


@pytest.fixture
def colleague(banli):
    return hired(banli, "lijing", "李静", "cgj", "unit_handler")


def test_the_holder_gives_a_task_to_a_colleague_who_reads_from_whom_and_why(play, banli, as_, colleague):
    task = play.step("draft").task_id
    hand_over(banli, as_("wufang"), task, "lijing", "我下周出差")
    row = worklist(banli, colleague, WorklistView.MINE).rows[0]
    assert row.task_id == task
    assert row.why.values["name"] == "吴芳"
    assert row.why.values["remark"] == "我下周出差"
    assert not worklist(banli, as_("wufang"), WorklistView.MINE).rows
    assert find_faults(banli) == []


def test_both_see_the_hand_over_in_the_course_of_events_and_the_proposer_does_not(play, banli, as_, colleague):
    hand_over(banli, as_("wufang"), play.step("draft").task_id, "lijing", "我下周出差")
    for person in (as_("wufang"), colleague):
        newest = case(banli, person, play.item_id).timeline[0]
        assert (newest.who, newest.what.values["name"], newest.text) == ("吴芳", "李静", "我下周出差")
    seen = case(banli, as_("linguoqiang"), play.item_id).timeline
    assert "我下周出差" not in [entry.text for entry in seen]


def test_what_was_typed_goes_with_the_task(play, banli, as_, colleague):
    task = play.step("draft").task_id
    save_draft(banli, as_("wufang"), task, {"body": "已经写了一半"})
    hand_over(banli, as_("wufang"), task, "lijing", "请接着写")
    assert open_task(banli, colleague, task).values["body"] == "已经写了一半"


def test_a_leader_of_the_unit_takes_it_from_one_and_gives_it_to_another(play, banli, as_, colleague):
    task = play.step("draft").task_id
    assert play.step("draft").assignee == "wufang"
    hand_over(banli, as_("suntao"), task, "lijing", "吴芳请病假")
    assert play.step("draft").assignee == colleague.account


def test_a_leader_of_another_unit_does_not_even_find_the_task(play, banli, as_, colleague):
    assert colleague
    with pytest.raises(NotFound):
        hand_over(banli, as_("zhengtao"), play.step("draft").task_id, "lijing", "给你")


def test_a_colleague_cannot_take_a_task_by_handing_it_to_herself(play, banli, colleague):
    with pytest.raises(NotAllowed):
        hand_over(banli, colleague, play.step("draft").task_id, "lijing", "我来")
    assert not open_task(banli, colleague, play.step("draft").task_id).colleagues


@pytest.mark.parametrize(
    ("receiver", "remark", "wrong"),
    [
        ("zhaoqian", "不是本单位的人", ["hand_over_to"]),
        ("jianglin", "没有这个角色", ["hand_over_to"]),
        ("wufang", "给自己", ["hand_over_to"]),
        ("lijing", "  ", ["hand_over_remark"]),
        ("", "", ["hand_over_to", "hand_over_remark"]),
        ("lijing", "长" * 501, ["hand_over_remark"]),
    ],
)
@pytest.mark.usefixtures("colleague")
def test_what_is_missing_is_named_and_nothing_changes(play, banli, as_, receiver, remark, wrong):
    with pytest.raises(FormInvalid) as caught:
        hand_over(banli, as_("wufang"), play.step("draft").task_id, receiver, remark)
    assert [error.key for error in caught.value.errors] == wrong
    assert play.step("draft").assignee == "wufang"


def test_only_those_with_a_role_of_the_task_are_offered(play, banli, as_, colleague):
    offered = open_task(banli, as_("wufang"), play.step("draft").task_id).colleagues
    assert [option.value for option in offered] == [colleague.account]


def test_the_same_form_sent_twice_hands_over_once(play, banli, as_, colleague):
    task = play.step("draft").task_id
    for _ in range(2):
        assert hand_over(banli, as_("wufang"), task, colleague.account, "我下周出差") == "李静"
    told = [entry.text for entry in case(banli, colleague, play.item_id).timeline]
    assert told.count("我下周出差") == 1


def test_a_leader_who_was_too_late_reads_who_has_it(play, banli, as_, colleague, monkeypatch):
    """Between the leader's look and her act, the holder gave it to somebody else."""
    third = hired(banli, "wanghao", "王浩", "cgj", "unit_handler")
    task = play.step("draft").task_id
    assign = banli.engine.assign

    def after_the_holder(task_id, user, actor=None):
        monkeypatch.setattr(banli.engine, "assign", assign)
        hand_over(banli, as_("wufang"), task, third.account, "先给王浩")
        assign(task_id, user, actor=actor)

    monkeypatch.setattr(banli.engine, "assign", after_the_holder)
    with pytest.raises(Conflict) as caught:
        hand_over(banli, as_("suntao"), task, colleague.account, "给李静")
    assert caught.value.by == "王浩"
    assert play.step("draft").assignee == third.account


def test_the_proposers_rating_is_nobodys_to_hand_over(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj")).until("rate")
    task = play.step("rate").task_id
    assert not open_task(banli, as_("linguoqiang"), task).colleagues
    with pytest.raises(NotAllowed):
        hand_over(banli, as_("linguoqiang"), task, "sunjie", "请代我评价")


def test_a_claimed_task_of_the_group_is_handed_over_too(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj"))
    hired(banli, "mali", "马丽", "fb", "hub_officer")
    task = play.step("assign").task_id
    claim(banli, as_("wangmin"), task)
    hand_over(banli, as_("wangmin"), task, "mali", "你熟悉这一块")
    assert play.step("assign").assignee == "mali"
