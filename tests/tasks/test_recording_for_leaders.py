"""纸质签批: a secretary records what her leader signed on paper, with the scan, under both names."""

from __future__ import annotations

import pytest
from tests_support.people import submitted

from engine import Conflict, NotFound
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.attachments.service import add_to_form, read
from tasks.attachments.views import Upload
from tasks.cases.queries import case
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story
from tasks.worklist.access import RECORDABLE
from tasks.worklist.errors import FormInvalid
from tasks.worklist.leaders import Paper
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim, open_task, record
from tasks.worklist.views import WorklistView

PDF = b"%PDF-1.7\nsigned\n%%EOF"
PASSED = {"verdict": "pass"}


@pytest.fixture
def play(banli, clock):
    """A reply that waits for the signature of the bureau's head."""
    case_ = submitted(banli, clock, Story("cgj")).until("review")
    while "cgj:unit_head" not in case_.step("review").candidates:
        case_.do("review")
    clock.move(hours=1)
    return case_


def scan(banli, actor, play, content=PDF, name="签批单.pdf"):
    return add_to_form(banli, actor, play.step("review").task_id, Upload(name, content))


def recorded(banli, account, play, leader="suntao", scans=None, values=PASSED, request_id=None):
    actor = actor_named(banli, account)
    files = [scan(banli, actor, play)] if scans is None else scans
    return record(banli, actor, play.step("review").task_id, Paper(leader, values, files), request_id)


def waiting(banli, account):
    return [row.task_id for row in worklist(banli, actor_named(banli, account), WorklistView.ON_PAPER).rows]


def wrong(caught):
    return [error.key for error in caught.value.errors]


def test_the_secretary_finds_it_records_it_and_both_names_stand_in_the_case(play, banli, as_):
    task = play.step("review").task_id
    assert waiting(banli, "jianglin") == [task]
    assert [one.label for one in open_task(banli, as_("jianglin"), task).leaders] == ["孙涛"]
    file = scan(banli, as_("jianglin"), play)
    recorded(banli, "jianglin", play, scans=[file])
    assert waiting(banli, "jianglin") == []
    page = case(banli, as_("wufang"), play.item_id)
    entry = page.timeline[0]
    assert (entry.who, entry.on_behalf.values["name"]) == ("江琳", "孙涛")
    review = page.replies[0].reviews[-1]
    assert (review.by, review.on_behalf.values["name"], review.verdict) == ("江琳", "孙涛", "pass")
    assert read(banli, as_("wangmin"), file).path.read_bytes() == PDF
    assert find_faults(banli) == []


def test_without_the_scan_or_the_leader_nothing_is_recorded(play, banli, as_):
    for scans, leader, expected in (
        ([], "suntao", ["recorded_scan"]),
        (["none"], "suntao", ["recorded_scan"]),
        (None, "zhengtao", ["recorded_for"]),
        ([], "", ["recorded_for", "recorded_scan"]),
    ):
        with pytest.raises(FormInvalid) as caught:
            recorded(banli, "jianglin", play, leader=leader, scans=scans)
        assert wrong(caught) == expected
    text = scan(banli, as_("jianglin"), play, b"only words", "签批单.txt")
    with pytest.raises(FormInvalid) as caught:
        recorded(banli, "jianglin", play, scans=[text])
    assert wrong(caught) == ["recorded_scan"]


def test_the_form_itself_is_checked_as_ever(play, banli):
    with pytest.raises(FormInvalid) as caught:
        recorded(banli, "jianglin", play, values={})
    assert wrong(caught) == ["verdict"]


@pytest.mark.parametrize("account", ["wufang", "qianlei", "sunjie"])
def test_who_is_not_the_leaders_secretary_records_nothing(play, banli, account):
    file = scan(banli, actor_named(banli, "jianglin"), play)
    with pytest.raises((NotAllowed, NotFound)):
        recorded(banli, account, play, scans=[file])
    assert waiting(banli, account) == []


def test_a_task_that_the_leader_has_claimed_is_recorded_for_her_and_nobody_else(play, banli, as_):
    task = play.step("review").task_id
    claim(banli, as_("suntao"), task)
    assert [one.value for one in open_task(banli, as_("jianglin"), task).leaders] == ["suntao"]
    recorded(banli, "jianglin", play)
    assert play.open() != ["review"] or play.step("review").task_id != task


def test_what_the_leader_takes_up_in_this_very_moment_is_not_overtaken(play, banli, as_, monkeypatch):
    command = banli.engine.complete

    def after_the_claim(*told, **more):
        claim(banli, as_("suntao"), play.step("review").task_id)
        command(*told, **more)

    monkeypatch.setattr(banli.engine, "complete", after_the_claim)
    with pytest.raises(Conflict):
        recorded(banli, "jianglin", play)
    assert play.step("review").assignee == "suntao"


def test_sent_twice_it_is_recorded_once(play, banli, as_):
    task, file = play.step("review").task_id, scan(banli, as_("jianglin"), play)
    paper = Paper("suntao", PASSED, [file])
    for _ in range(2):
        record(banli, as_("jianglin"), task, paper, "the same")
    entries = [entry for entry in case(banli, as_("wufang"), play.item_id).timeline if entry.on_behalf is not None]
    assert len(entries) == 1


def test_a_rating_is_never_recorded_for_anybody(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj", complaint="没有解决")).until("rate")
    task = play.step("rate").task_id
    for secretary in ("wangmin", "jianglin"):
        with pytest.raises(NotFound):
            record(banli, as_(secretary), task, Paper("linguoqiang", {}, []), None)
    assert not {"feedback", "committee_decision"} & RECORDABLE


def test_the_hubs_officer_is_the_secretary_of_the_governments_leaders(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj", key="mayor")).until("review")
    for _ in range(12):
        step = play.step("review")
        if {"gov:gov_leader", "gov:mayor"} & set(step.candidates):
            break
        play.do("review")
    assert {"gov:gov_leader", "gov:mayor"} & set(step.candidates)
    assert [one.label for one in open_task(banli, as_("wangmin"), step.task_id).leaders]
