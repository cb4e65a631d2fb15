"""Acts on tasks: who may, who was first, and nothing typed is lost."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from engine import Conflict, NotFound
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account, RoleGrant
from tasks.demonstration.answers import Story, fill_by
from tasks.directory.models import Person, Unit
from tasks.register.models import Item
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work, WorkGroup
from tasks.worklist.queries import counts, on_my_desk, worklist
from tasks.worklist.service import claim, complete, open_task, release, save_draft
from tasks.worklist.views import WorklistFilters, WorklistView

SOLE = Story("cgj")


@pytest.fixture
def play(banli, clock):
    return submitted(banli, clock, SOLE)


@pytest.fixture
def colleague(banli):
    """A second officer of the hub."""
    with banli.writing() as session:
        unit = session.scalars(select(Unit).where(Unit.code == "fb")).one()
        person = Person(name="马丽", phone="", title="")
        session.add(person)
        session.flush()
        account = Account(name="mali", person_id=person.id, unit_id=unit.id, password_hash="!")
        session.add(account)
        session.flush()
        session.add(RoleGrant(account_id=account.id, unit_id=unit.id, role="hub_officer"))
    return actor_named(banli, "mali")


def filled(play, page):
    return fill_by(play.story, play.clock())(page)


def test_a_task_of_my_group_can_be_claimed_and_put_back(play, banli, as_):
    officer, task = as_("wangmin"), play.step("assign").task_id
    assert counts(banli, officer)[WorklistView.CLAIMABLE] == 1
    claim(banli, officer, task)
    assert [row.task_id for row in worklist(banli, officer, WorklistView.MINE).rows] == [task]
    release(banli, officer, task)
    assert counts(banli, officer)[WorklistView.CLAIMABLE] == 1


def test_two_people_claiming_at_once_leave_one_owner_and_the_other_reads_who(play, banli, as_, colleague):
    task, officer = play.step("assign").task_id, as_("wangmin")
    start = threading.Barrier(2)
    lost = []

    def grab(actor):
        start.wait()
        try:
            claim(banli, actor, task)
        except Conflict as conflict:
            lost.append((actor.name, conflict.by))

    people = [threading.Thread(target=grab, args=(actor,)) for actor in (officer, colleague)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    owner = play.step("assign").assignee
    names = {"wangmin": "王敏", "mali": "马丽"}
    loser = next(name for account, name in names.items() if account != owner)
    assert lost == [(loser, names[owner])]


def test_a_task_that_a_colleague_claimed_cannot_be_completed_and_the_text_is_kept(play, banli, as_, colleague):
    task = play.step("assign").task_id
    page = open_task(banli, colleague, task)
    claim(banli, as_("wangmin"), task)
    with pytest.raises(Conflict) as caught:
        complete(banli, colleague, task, {**filled(play, page), "reason": "我的理由"}, "r1")
    assert caught.value.by == "王敏"
    assert open_task(banli, colleague, task).lost_draft["reason"] == "我的理由"
    assert play.open() == ["assign"]


def test_what_was_not_claimed_cannot_be_put_back(play, banli, as_):
    with pytest.raises(NotAllowed):
        release(banli, as_("wangmin"), play.step("assign").task_id)


def test_a_foreign_task_is_as_good_as_absent(play, banli, as_):
    task = play.step("assign").task_id
    for account in ("zhaoqian", "linguoqiang", "sunjie", "chenli"):
        with pytest.raises(NotFound):
            open_task(banli, as_(account), task)
        with pytest.raises(NotFound):
            complete(banli, as_(account), task, {"handling_mode": "sole", "lead_unit": "cgj", "key": "no"}, None)
        with pytest.raises(NotFound):
            claim(banli, as_(account), task)
        with pytest.raises(NotFound):
            save_draft(banli, as_(account), task, {"lead_unit": "cgj"})


def test_an_invalid_form_changes_nothing(play, banli, as_):
    task = play.step("assign").task_id
    with pytest.raises(FormInvalid) as caught:
        complete(banli, as_("wangmin"), task, {"key": "no", "hub": "zjj"}, "r1")
    assert {error.key for error in caught.value.errors} == {"handling_mode", "lead_unit", "hub"}
    assert play.open() == ["assign"]


def test_fields_are_judged_together_before_the_engine_is_asked(play, banli, as_):
    with pytest.raises(FormInvalid) as caught:
        complete(
            banli,
            as_("wangmin"),
            play.step("assign").task_id,
            {"handling_mode": "lead", "lead_unit": "cgj", "co_units": ["cgj"], "key": "no"},
            None,
        )
    assert [error.key for error in caught.value.errors] == ["co_units"]


def test_the_same_request_sent_twice_counts_once(play, banli, as_):
    task, officer = play.step("assign").task_id, as_("wangmin")
    values = filled(play, open_task(banli, officer, task))
    complete(banli, officer, task, values, "the same")
    complete(banli, officer, task, values, "the same")
    assert play.open() == ["sign_in"]
    with banli.reading() as session:
        assert session.get_one(Item, play.item_id).round == 1


def test_the_second_of_two_completions_reads_who_was_first_and_keeps_the_text(play, banli, as_, colleague):
    task, officer = play.step("assign").task_id, as_("wangmin")
    values = filled(play, open_task(banli, officer, task))
    complete(banli, officer, task, values, "mine")
    typed = {**values, "reason": "我写了半小时的理由"}
    with pytest.raises(Conflict) as caught:
        complete(banli, colleague, task, typed, "hers")
    assert caught.value.by == "王敏"
    page = open_task(banli, colleague, task)
    assert page.lost_draft["reason"] == "我写了半小时的理由"
    assert (page.finished_by, page.can_complete) == ("王敏", False)
    assert page.values["lead_unit"] == "cgj", "beside it stands what the winner handed in"


def test_two_people_completing_at_once_on_both_databases(banli_on_both, clock):
    banli = banli_on_both
    play = submitted(banli, clock, SOLE)
    officer = actor_named(banli, "wangmin")
    task = play.step("assign").task_id
    values = filled(play, open_task(banli, officer, task))
    start = threading.Barrier(4)
    outcomes = []

    def submit_it(number):
        start.wait()
        try:
            complete(banli, officer, task, values, f"request {number}")
            outcomes.append("won")
        except Conflict:
            outcomes.append("lost")

    people = [threading.Thread(target=submit_it, args=(number,)) for number in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(outcomes) == ["lost", "lost", "lost", "won"]
    assert play.open() == ["sign_in"]


def test_a_draft_comes_back_as_it_was_typed_and_goes_when_the_task_is_done(play, banli, as_):
    task, officer = play.step("assign").task_id, as_("wangmin")
    save_draft(banli, officer, task, {"reason": "写到一半", "nonsense": "x"})
    page = open_task(banli, officer, task)
    assert page.values["reason"] == "写到一半"
    assert "nonsense" not in page.values
    assert page.draft_saved is not None
    complete(banli, officer, task, filled(play, page), "r")
    assert open_task(banli, officer, task).lost_draft is None


def test_every_task_says_why_me_until_when_and_what_next(play, banli, as_):
    play.until("review")
    page = open_task(banli, as_("jianglin"), play.step("review").task_id)
    assert "吴芳" in str(page.strip.why)
    assert page.strip.why_detail == "请审核：城管局办公室核稿"
    assert page.strip.next == "通过：送城管局主要负责人签批，再到县府办审核"
    assert page.row.due.rule == "P18"
    assert page.strip.case_due.rule == "P8"


def test_the_reviewer_sees_the_text_and_the_measures_answered(play, banli, as_):
    play.until("review")
    page = open_task(banli, as_("jianglin"), play.step("review").task_id)
    assert page.context.replies[0].body.startswith("您提出的")
    assert [measure.adopted for measure in page.context.measures] == ["adopted", "adopted"]
    assert page.context.consultations[0].face_to_face


def test_a_class_a_reply_with_a_date_to_come_is_sent_back_before_anybody_reviews_it(play, banli, as_):
    play.until("draft")
    page = open_task(banli, as_("wufang"), play.step("draft").task_id)
    values = {**filled(play, page)}
    values["answers"][0]["due"] = "2027-01-01"
    with pytest.raises(FormInvalid) as caught:
        complete(banli, as_("wufang"), play.step("draft").task_id, values, None)
    assert [error.key for error in caught.value.errors] == ["result_class"]


def test_a_class_b_reply_needs_a_date(play, banli, as_):
    play.until("draft")
    page = open_task(banli, as_("wufang"), play.step("draft").task_id)
    values = {**filled(play, page), "result_class": "B"}
    for answer in values["answers"]:
        answer.pop("due")
    with pytest.raises(FormInvalid):
        complete(banli, as_("wufang"), play.step("draft").task_id, values, None)


def test_the_draft_after_a_return_begins_with_the_former_text(play, banli, as_):
    play.until("review").do("review", returned_for="请写明时间")
    page = open_task(banli, as_("wufang"), play.step("draft").task_id)
    assert page.values["body"].startswith("您提出的")
    assert page.values["answers"][0]["text"]
    assert "退办" in page.strip.why_detail
    assert page.strip.next == "逐道审核：城管局办公室核稿、城管局主要负责人签批、县府办审核"


def test_a_document_number_cannot_be_used_twice(banli, clock, as_):
    first = submitted(banli, clock, SOLE).until("issue")
    first.do("issue")
    second = submitted(banli, clock, SOLE, title="关于增设夜间公交的建议").until("issue")
    page = open_task(banli, as_("jianglin"), second.step("issue").task_id)
    assert page.values["document_number"] == "云城管函〔2026〕2号"
    values = {**filled(second, page), "document_number": "云城管函〔2026〕1号"}
    with pytest.raises(FormInvalid):
        complete(banli, as_("jianglin"), second.step("issue").task_id, values, None)


def test_lists_are_filtered_and_ordered_by_what_hurts_first(banli, clock, as_):
    late = submitted(banli, clock, SOLE)
    clock.move(days=20)
    submitted(banli, clock, SOLE, title="关于增设夜间公交的建议")
    officer = as_("wangmin")
    page = worklist(banli, officer, WorklistView.CLAIMABLE)
    assert page.rows[0].item_id == late.item_id
    assert worklist(banli, officer, WorklistView.CLAIMABLE, WorklistFilters(text="公交")).total == 1
    assert worklist(banli, officer, WorklistView.CLAIMABLE, WorklistFilters(light="overdue")).total == 1
    assert worklist(banli, officer, WorklistView.CLAIMABLE, WorklistFilters(text="100%")).total == 0
    claim(banli, officer, late.step("assign").task_id)
    assert on_my_desk(banli, officer) == (1, 1)


def test_what_i_sent_on_waits_for_others(play, banli, as_):
    play.do("assign")
    rows = worklist(banli, as_("wangmin"), WorklistView.WAITING).rows
    assert [(row.step_name, row.item_id) for row in rows] == [("签收", play.item_id)]


def test_the_projection_forgets_the_groups_of_closed_tasks(play, banli):
    play.until("closing_check").do("closing_check")
    with banli.reading() as session:
        assert session.scalars(select(WorkGroup)).all() == []
        assert {work.state for work in session.scalars(select(Work))} == {"completed"}


def test_a_claim_between_my_look_and_my_submission_is_not_overtaken(play, banli, as_, colleague, monkeypatch):
    officer, task = as_("wangmin"), play.step("assign").task_id
    values = filled(play, open_task(banli, officer, task))
    finish = banli.engine.complete

    def after_the_claim(*told, **more):
        claim(banli, colleague, task)
        finish(*told, **more)

    monkeypatch.setattr(banli.engine, "complete", after_the_claim)
    with pytest.raises(Conflict) as caught:
        complete(banli, officer, task, values, "mine")
    assert caught.value.by == "马丽"
    assert play.step("assign").assignee == colleague.account
    assert open_task(banli, officer, task).lost_draft
