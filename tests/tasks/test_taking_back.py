"""撤回: what I have just submitted comes back, while nobody has acted on it."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from engine import Conflict, NotFound
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account, RoleGrant
from tasks.cases.queries import case
from tasks.cases.views import ItemState
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story
from tasks.handling.models import Reply
from tasks.register.models import Item
from tasks.worklist.handover import hand_over
from tasks.worklist.models import Work
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim, open_task, save_draft
from tasks.worklist.views import WorklistView
from tasks.worklist.withdrawal import withdraw


@pytest.fixture
def play(banli, clock):
    """A case whose reply has just been handed in."""
    drafting = submitted(banli, clock, Story("cgj")).until("draft")
    drafting.do("draft")
    clock.move(hours=1)
    return drafting


@pytest.fixture
def done(play, banli):
    """The finished task of the draft."""
    with banli.reading() as session:
        return session.scalars(
            select(Work).where(Work.element_id == "draft", Work.item_id == play.item_id, Work.state == "completed")
        ).one()


def versions(banli, play):
    with banli.reading() as session:
        return [
            (reply.version, reply.state)
            for reply in session.scalars(select(Reply).where(Reply.item_id == play.item_id).order_by(Reply.version))
        ]


def test_the_case_is_at_my_step_again_with_what_i_had_submitted(play, done, banli, as_):
    submitted_text = open_task(banli, as_("wufang"), done.task_id).values["body"]
    again = withdraw(banli, as_("wufang"), done.task_id)
    assert play.open() == ["draft"]
    page = open_task(banli, as_("wufang"), again)
    assert page.can_complete
    assert page.draft_saved
    assert page.values["body"] == submitted_text
    assert find_faults(banli) == []


def test_the_step_has_its_former_date_and_its_former_reason(play, done, banli, as_):
    withdraw(banli, as_("wufang"), done.task_id)
    again = play.step("draft")
    assert (again.due, again.sender, again.texts["why"]) == (done.due, done.sender, done.texts["why"])


def test_after_a_return_too_taking_back_wins_no_time(play, banli, clock, as_):
    play.do("review", returned_for="第二条不具体")
    play.do("draft")
    with banli.reading() as session:
        second = session.scalars(
            select(Work).where(Work.element_id == "draft", Work.state == "completed").order_by(Work.finished_at.desc())
        ).first()
    clock.move(days=3)
    withdraw(banli, as_("wufang"), second.task_id)
    again = play.step("draft")
    assert (again.due, again.texts["why"]) == (second.due, "答复被退办，请修改后重报")


def test_the_version_says_that_it_was_taken_back_and_the_next_has_a_number_of_its_own(play, done, banli, as_):
    withdraw(banli, as_("wufang"), done.task_id)
    assert versions(banli, play) == [(1, "withdrawn")]
    with banli.reading() as session:
        assert session.get_one(Item, play.item_id).state == ItemState.HANDLING
    play.do("draft")
    assert versions(banli, play) == [(1, "withdrawn"), (2, "in_review")]
    page = open_task(banli, reviewer(play, as_), play.step("review").task_id)
    assert [reply.version for reply in page.context.replies] == [2]


def reviewer(play, as_):
    accounts = {"unit_office": "jianglin", "unit_head": "suntao"}
    return as_(accounts[play.step("review").candidates[0].split(":")[1]])


def test_the_course_of_events_tells_both_the_submission_and_that_it_was_taken_back(play, done, banli, as_):
    withdraw(banli, as_("wufang"), done.task_id)
    newest, before = case(banli, as_("wufang"), play.item_id).timeline[:2]
    assert (newest.who, newest.what.template) == ("吴芳", "took {step} back")
    assert before.what.template == "finished {step}"


def test_it_is_offered_in_my_list_of_done_things_and_only_there_where_it_is_possible(play, done, banli, as_):
    offered = {row.task_id for row in worklist(banli, as_("wufang"), WorklistView.DONE).rows if row.can_withdraw}
    assert offered == {done.task_id}
    claim(banli, reviewer(play, as_), play.step("review").task_id)
    assert not [row for row in worklist(banli, as_("wufang"), WorklistView.DONE).rows if row.can_withdraw]


def test_what_the_reviewer_has_claimed_cannot_be_taken_back(play, done, banli, as_):
    claim(banli, reviewer(play, as_), play.step("review").task_id)
    with pytest.raises(NotAllowed):
        withdraw(banli, as_("wufang"), done.task_id)
    assert play.open() == ["review"]


def test_what_the_reviewer_has_begun_to_write_on_cannot_be_taken_back(play, done, banli, as_):
    save_draft(banli, reviewer(play, as_), play.step("review").task_id, {"text": "第二条不具体"})
    with pytest.raises(NotAllowed):
        withdraw(banli, as_("wufang"), done.task_id)


def test_a_reviewer_who_claims_in_that_very_moment_is_first(play, done, banli, as_, monkeypatch):
    move = banli.engine.move

    def after_the_claim(*arguments, **named):
        claim(banli, reviewer(play, as_), play.step("review").task_id)
        move(*arguments, **named)

    monkeypatch.setattr(banli.engine, "move", after_the_claim)
    with pytest.raises(Conflict):
        withdraw(banli, as_("wufang"), done.task_id)
    assert play.open() == ["review"]
    assert versions(banli, play) == [(1, "in_review")]


def test_nobody_takes_back_what_somebody_else_submitted(play, done, banli, as_):
    for account in ("suntao", "jianglin"):
        with pytest.raises((NotAllowed, NotFound)):
            withdraw(banli, as_(account), done.task_id)
    assert play.open() == ["review"]


@pytest.mark.parametrize("step", ["assign", "sign_in", "consult"])
def test_what_has_reached_others_cannot_be_taken_back(play, banli, as_, step):
    with banli.reading() as session:
        work = session.scalars(select(Work).where(Work.element_id == step, Work.item_id == play.item_id)).first()
    with pytest.raises(NotAllowed):
        withdraw(banli, as_(work.finished_by), work.task_id)


def test_it_comes_back_to_who_submitted_it_even_where_the_diagram_names_somebody_else(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj")).until("draft")
    with banli.writing() as session:
        clerk = session.scalars(select(Account).where(Account.name == "jianglin")).one()
        session.add(RoleGrant(account_id=clerk.id, unit_id=clerk.unit_id, role="unit_handler"))
    task = play.step("draft").task_id
    hand_over(banli, as_("wufang"), task, "jianglin", "请你来写")
    play.do("draft")
    again = withdraw(banli, as_("jianglin"), task)
    assert (play.step("draft").task_id, play.step("draft").assignee) == (again, "jianglin")
    assert find_faults(banli) == []


def test_asked_twice_it_is_taken_back_once(play, done, banli, as_):
    first = withdraw(banli, as_("wufang"), done.task_id, "the same")
    assert withdraw(banli, as_("wufang"), done.task_id, "the same") == first
    assert play.open() == ["draft"]
    assert find_faults(banli) == []
