"""A rating given on paper: the committee keys it in with the scan, and nobody of a handling unit sees any of it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from tests_support.people import submitted

from engine import Conflict, NotFound
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.attachments.queries import attachments
from tasks.attachments.service import add_to_form, read
from tasks.attachments.views import Upload
from tasks.cases.queries import case
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story
from tasks.register.models import Item
from tasks.worklist.access import visible_work
from tasks.worklist.errors import FormInvalid
from tasks.worklist.leaders import Paper
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim, complete, open_task, record
from tasks.worklist.views import WorklistView

PDF = b"%PDF-1.7\nrated\n%%EOF"
RATED = {"contact_made": "met", "attitude": "satisfied", "result": "basic", "remark": "办得及时"}
UNIT = ("wufang", "jianglin", "suntao")


@pytest.fixture
def play(banli, clock):
    """A reply that waits for its rating."""
    return submitted(banli, clock, Story("cgj")).until("rate")


def keyed(banli, play, account="sunjie", scans=None):
    actor, task = actor_named(banli, account), play.step("rate").task_id
    files = [add_to_form(banli, actor, task, Upload("评价表.pdf", PDF))] if scans is None else scans
    record(banli, actor, task, Paper("linguoqiang", RATED, files), None)
    return task, files


def test_the_committee_finds_it_on_the_case_and_keys_it_in_for_the_proposer(play, banli, as_):
    task = play.step("rate").task_id
    assert case(banli, as_("sunjie"), play.item_id).paper_ratings == [task]
    page = open_task(banli, as_("sunjie"), task)
    assert ([one.label for one in page.leaders], page.rates, page.can_complete) == (["林国强"], True, False)
    _, (file,) = keyed(banli, play)
    rating = case(banli, as_("sunjie"), play.item_id).ratings[0]
    assert (rating.by, rating.overall, rating.opinion, rating.keyed_by) == ("林国强", "basic", "办得及时", "孙洁")
    assert [(scan.value, scan.label) for scan in rating.scans] == [(file, "评价表.pdf")]
    assert read(banli, as_("sunjie"), file).path.read_bytes() == PDF
    assert find_faults(banli) == []


def test_a_rating_that_the_proposer_gave_herself_names_no_clerk_and_no_paper(play, banli, as_):
    play.do("rate")
    rating = case(banli, as_("sunjie"), play.item_id).ratings[0]
    assert (rating.keyed_by, list(rating.scans)) == ("", [])


def test_without_the_scan_nothing_is_recorded(play, banli):
    with pytest.raises(FormInvalid) as refused:
        keyed(banli, play, scans=[])
    assert [(error.key, error.label) for error in refused.value.errors] == [("recorded_scan", "纸质评价表扫描件")]
    assert "rate" in play.open()


def test_everything_that_is_missing_is_told_at_once(play, banli, as_):
    with pytest.raises(FormInvalid) as refused:
        record(banli, as_("sunjie"), play.step("rate").task_id, Paper("linguoqiang", {}, []), None)
    told = [error.key for error in refused.value.errors]
    assert told[0] == "recorded_scan"
    assert {"contact_made", "attitude", "result"} <= set(told)


@pytest.mark.parametrize("account", [*UNIT, "wangmin", "fanglan"])
def test_nobody_but_the_committee_of_the_body_keys_it_in(play, banli, as_, account):
    task = play.step("rate").task_id
    with pytest.raises(NotFound):
        add_to_form(banli, as_(account), task, Upload("评价表.pdf", PDF))
    with pytest.raises(NotFound):
        record(banli, as_(account), task, Paper("linguoqiang", RATED, []), None)


def test_the_committee_neither_claims_the_rating_nor_submits_it_as_its_own(play, banli, as_):
    task = play.step("rate").task_id
    with pytest.raises((NotAllowed, Conflict)):
        claim(banli, as_("sunjie"), task)
    with pytest.raises((NotAllowed, Conflict)):
        complete(banli, as_("sunjie"), task, RATED, None)


def test_the_rating_of_a_proposer_without_account_waits_among_the_papers_of_the_committee(play, banli, as_):
    task = play.step("rate").task_id
    with banli.writing() as session:
        session.execute(text("UPDATE work SET assignee = NULL WHERE task_id = :task"), {"task": task})
        session.execute(text("UPDATE engine_user_task SET assignee = NULL WHERE id = :task"), {"task": task})

    def listed(account, view):
        return [row.task_id for row in worklist(banli, as_(account), view).rows]

    assert listed("sunjie", WorklistView.ON_PAPER) == [task]
    assert task not in listed("sunjie", WorklistView.CLAIMABLE)
    assert task not in listed("wangmin", WorklistView.ON_PAPER) + listed("wangmin", WorklistView.CLAIMABLE)
    for account in UNIT:
        assert all(task not in listed(account, view) for view in WorklistView)
    keyed(banli, play)
    assert listed("sunjie", WorklistView.ON_PAPER) == []


@pytest.mark.parametrize("account", UNIT)
def test_no_unit_sees_the_scan_neither_before_nor_after_it_was_keyed_in(play, banli, as_, account):
    task = play.step("rate").task_id
    waiting = add_to_form(banli, as_("sunjie"), task, Upload("评价表.pdf", PDF))
    before = case(banli, as_(account), play.item_id).timeline
    for moment in (lambda: None, lambda: keyed(banli, play, scans=[waiting])):
        moment()
        with pytest.raises(NotFound):
            read(banli, as_(account), waiting)
        page = case(banli, as_(account), play.item_id)
        assert (page.ratings, list(page.paper_ratings)) == (None, [])
        assert page.timeline == before
        with banli.reading() as session:
            assert attachments(session, as_(account), session.get_one(Item, play.item_id)) == []
            with pytest.raises(NotFound):
                visible_work(session, as_(account), task)
