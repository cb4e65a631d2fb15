"""The narrow procedure, played by its people through the services, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import Play, submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import case
from tasks.cases.views import ItemState
from tasks.demonstration.answers import Story
from tasks.handling.models import Assignment, Feedback
from tasks.register.models import Item
from tasks.settings import BEIJING

SOLE = Story("cgj")
JOINT = Story("zjj", ("jjdd", "cgj"), result_class="B", closing="close")
AFTER = ["closing_report", "publish"]
"""What the unit does while the reply is rated."""


def drawn(banli, actor, item_id, link):
    """The diagram behind a shape, as a click opens it."""
    return case(banli, actor, item_id, link.instance_id).diagram


def state(play: Play) -> str:
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id).state


def test_a_suggestion_lives_from_intake_to_its_closing_with_a_return_and_a_rehandling(banli_on_both, clock, reopened):
    play = submitted(banli_on_both, clock, JOINT)
    assert play.open() == ["assign"]
    play.do("assign")
    assert play.open() == ["sign_in"] * 3
    play.banli = reopened(play.banli)
    for unit in ("zjj", "jjdd", "cgj"):
        play.do("sign_in", unit)
    assert play.open() == ["consult", "opinion", "opinion"]
    play.do("consult")
    for unit in ("jjdd", "cgj"):
        assert "draft" not in play.open(), "the join stands before the draft"
        play.do("opinion", unit)
        play.do("approve_opinion", unit)
        play.do("accept_opinion")
    play.do("draft")
    play.do("review", "zjj")
    play.do("review", "zjj", returned_for="请写明时间")
    assert play.open() == ["draft"], "a returned reply re-enters after the join"
    play.banli = reopened(play.banli)
    play.do("draft")
    assert play.do_all("review") == 7, "UO UD UC, two countersigning units, S1, S2"
    play.do("issue")
    play.do("rate", rating="dissatisfied")
    assert play.open() == ["closing_report", "publish", "study"]
    play.do("study")
    assert play.open() == ["sign_in"] * 3, "a re-handling begins with a new assignment, and what followed is moot"
    play.until("rate").do("rate", rating="satisfied")
    play.until("closing_check").do("closing_check")
    assert play.open() == []
    assert state(play) == ItemState.CLOSED
    with play.banli.reading() as session:
        instance = session.get_one(Item, play.item_id).instance_id
    assert play.banli.engine.instance(instance).state == "completed"
    assert play.banli.engine.incidents(instance) == []


def test_a_sole_unit_needs_no_opinions_and_no_countersignature(banli, clock):
    play = submitted(banli, clock, SOLE)
    play.do("assign")
    play.do("sign_in")
    assert play.open() == ["consult"]
    play.do("consult")
    play.do("draft")
    assert play.do_all("review") == 3, "UO, the head (who stands in for the missing deputy head), S1"


def test_units_that_do_not_sign_in_count_as_having_accepted(banli, clock):
    play = submitted(banli, clock, JOINT)
    play.do("assign")
    play.do("sign_in", "zjj")
    clock.move(days=9)
    banli.engine.run_due()
    assert play.open() == ["sign_in", "sign_in"], "overdue, but the wait of two working days is not over"
    clock.move(days=2)
    banli.engine.run_due()
    assert play.open() == ["consult", "opinion", "opinion"]
    with banli.reading() as session:
        signed = {
            row.unit.code: row.signed_by_default
            for row in session.scalars(select(Assignment).where(Assignment.item_id == play.item_id))
        }
    assert signed == {"zjj": False, "jjdd": True, "cgj": True}


def test_silence_after_the_rating_window_leads_to_closing(banli, clock):
    play = submitted(banli, clock, SOLE).until("rate")
    clock.move(days=60)
    banli.engine.run_due()
    assert play.open() == AFTER
    play.until("closing_review")
    with banli.reading() as session:
        feedback = session.scalars(select(Feedback)).one()
    assert (feedback.overall, feedback.channel) == ("none", "silence")


def test_after_the_last_round_the_committee_can_only_explain(banli, clock):
    play = submitted(banli, clock, SOLE).until("rate")
    play.do("rate", rating="dissatisfied")
    play.do("study")
    play.until("rate").do("rate", rating="dissatisfied")
    play.do("study", decision="explain")
    assert play.open() == AFTER
    play.until("closing_review")


def test_the_committee_may_explain_at_once(banli, clock):
    play = submitted(banli, clock, SOLE).until("rate")
    play.do("rate", rating="dissatisfied")
    play.do("study", decision="explain")
    assert play.open() == AFTER


@pytest.mark.parametrize("rating", ["satisfied", "basic"])
def test_contentment_goes_straight_to_closing(banli, clock, rating):
    play = submitted(banli, clock, SOLE).until("rate")
    play.do("rate", rating=rating)
    assert play.open() == AFTER
    play.until("closing_review")


def test_a_return_shortens_the_date_and_is_counted(banli, clock):
    play = submitted(banli, clock, SOLE).until("review")
    first = play.banli.engine.user_tasks(instance_of(play))
    assert len(first) == 1
    play.do("review", returned_for="请写明时间")
    draft = play.step("draft")
    assert [note["rule"] for note in draft.due_notes] == ["P19"]
    with banli.reading() as session:
        assert session.get_one(Item, play.item_id).returns == 1


def instance_of(play: Play) -> str:
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id).instance_id or ""


def test_each_date_follows_its_parameter(banli, clock):
    play = submitted(banli, clock, JOINT)
    rules = {}
    while (waiting := play.open()) and waiting[0] != "closing_check":
        work = play.step(waiting[0])
        rules.setdefault(work.element_id, work.due_notes[-1]["rule"])
        play.do(waiting[0])
    assert rules == {
        "assign": "P1",
        "sign_in": "P3",
        "consult": "P7",
        "opinion": "P5",
        "approve_opinion": "P18",
        "accept_opinion": "P18",
        "draft": "P8",
        "review": "P18",
        "issue": "P8",
        "rate": "P11",
        "publish": "P13",
        "closing_report": "PR",
        "closing_review": "PC",
    }


def test_the_reply_is_due_three_months_after_the_assignment_by_the_national_preset(banli, clock):
    play = submitted(banli, clock, SOLE)
    clock.now = dt.datetime(2026, 3, 26, 1, 0, tzinfo=dt.UTC)
    play.do("assign")
    play.until("draft")
    draft = play.step("draft")
    assert draft.due.astimezone(BEIJING).date() == dt.date(2026, 6, 29), "27 June is a Saturday"
    assert draft.due_notes[-1]["rolled_from"] == "2026-06-27"


def test_the_case_page_shows_the_way_that_was_taken(banli, clock):
    play = submitted(banli, clock, SOLE).until("review")
    play.do("review", returned_for="请写明时间")
    hub = actor_named(banli, "wangmin")
    whole = case(banli, hub, play.item_id).diagram
    assert whole.active == ("handle",)
    unit = drawn(banli, hub, play.item_id, whole.details["handle"].opens[0])
    assert unit.active == ("replying",)
    assert [link.name for link in unit.trail] == ["建议提案办理", "承办单位办理"]
    reply = drawn(banli, hub, play.item_id, unit.details["replying"].opens[0])
    assert reply.active == ("draft",)
    assert "returned" in reply.flows
    assert "passed" not in reply.flows
    assert "issue" not in reply.visited
    assert reply.details["draft"].state == "active"


def test_the_case_page_names_the_row_of_the_table_that_chose_the_reviewers(banli, clock):
    play = submitted(banli, clock, Story("cgj", key="leader")).until("review")
    page = case(banli, actor_named(banli, "wangmin"), play.item_id)
    assert [why.source for why in page.why if why.source.startswith("审核流程")] == ["审核流程 第 3 行"]


def test_a_task_goes_to_the_handler_whom_the_unit_named_at_sign_in(banli, clock):
    play = submitted(banli, clock, SOLE).until("consult")
    assert play.step("consult").assignee == "wufang"
