"""加签: colleagues answer before a task goes on; who has the task keeps it."""

from __future__ import annotations

import pytest
from tests_support.people import submitted

from engine import Conflict, NotFound
from tasks.accounts.errors import NotAllowed
from tasks.cases.queries import case
from tasks.consistency import find_faults
from tasks.countersigning.answering import answer
from tasks.countersigning.asking import MOST_AT_ONCE, ask, offered, withdraw
from tasks.countersigning.queries import countersignature
from tasks.countersigning.views import CountersignState, CountersignWish
from tasks.demonstration.answers import Story, fill_by
from tasks.worklist.errors import FormInvalid
from tasks.worklist.queries import counts, worklist
from tasks.worklist.service import complete, open_task, save_draft
from tasks.worklist.views import WorklistView

QUESTION = "请核对车位数"


@pytest.fixture
def play(banli, clock):
    drafting = submitted(banli, clock, Story("cgj")).until("draft")
    clock.move(hours=1)
    return drafting


def asked(banli, actor, play, *people, required=True, question=QUESTION, step="draft"):
    return ask(banli, actor, play.step(step).task_id, CountersignWish(people, question, required))


def request_of(banli, actor):
    return worklist(banli, actor, WorklistView.MINE).countersignatures[0].request_id


def finish(banli, play, actor, step="draft"):
    task = play.step(step).task_id
    return complete(banli, actor, task, fill_by(play.story, play.clock())(open_task(banli, actor, task)), None)


def wrong(caught):
    return [error.key for error in caught.value.errors]


def test_the_colleague_finds_the_question_among_her_tasks_and_the_holder_reads_the_answer(play, banli, as_):
    assert asked(banli, as_("wufang"), play, "jianglin") == 1
    assert counts(banli, as_("jianglin"))[WorklistView.MINE] == 1
    row = worklist(banli, as_("jianglin"), WorklistView.MINE).countersignatures[0]
    assert (row.asked_by_name, row.question, row.step_name) == ("吴芳", QUESTION, play.step("draft").step_name)
    answer(banli, as_("jianglin"), row.request_id, "remark", "车位数以年报为准")
    shown = open_task(banli, as_("wufang"), play.step("draft").task_id).countersignatures
    assert [(one.asked_name, one.state, one.answer) for one in shown] == [
        ("江琳", CountersignState.REMARK, "车位数以年报为准")
    ]
    assert counts(banli, as_("jianglin"))[WorklistView.MINE] == 0
    assert find_faults(banli) == []


def test_she_reads_what_has_been_typed_so_far_until_she_has_answered(play, banli, as_):
    save_draft(banli, as_("wufang"), play.step("draft").task_id, {"body": "拟答复：新增车位五百个"})
    asked(banli, as_("wufang"), play, "jianglin")
    number = request_of(banli, as_("jianglin"))
    assert countersignature(banli, as_("jianglin"), number).typed["body"] == "拟答复：新增车位五百个"
    answer(banli, as_("jianglin"), number, "agree", "")
    page = countersignature(banli, as_("jianglin"), number)
    assert (page.can_answer, page.typed, page.context) == (False, {}, None)


def test_the_task_waits_for_a_required_answer(play, banli, as_):
    asked(banli, as_("wufang"), play, "jianglin")
    with pytest.raises(FormInvalid) as caught:
        finish(banli, play, as_("wufang"))
    assert wrong(caught) == ["countersign"]
    answer(banli, as_("jianglin"), request_of(banli, as_("jianglin")), "disagree", "数字不实")
    finish(banli, play, as_("wufang"))
    assert "draft" not in play.open()


def test_it_does_not_wait_for_one_that_was_withdrawn(play, banli, as_):
    asked(banli, as_("wufang"), play, "jianglin")
    number = request_of(banli, as_("jianglin"))
    withdraw(banli, as_("wufang"), number)
    with pytest.raises(Conflict):
        answer(banli, as_("jianglin"), number, "agree", "")
    finish(banli, play, as_("wufang"))


def test_one_that_nobody_waits_for_lapses_when_the_task_goes_on(play, banli, as_):
    asked(banli, as_("wufang"), play, "jianglin", required=False)
    number = request_of(banli, as_("jianglin"))
    finish(banli, play, as_("wufang"))
    assert not worklist(banli, as_("jianglin"), WorklistView.MINE).countersignatures
    assert countersignature(banli, as_("jianglin"), number).row.state is CountersignState.LAPSED


def test_a_question_put_in_the_moment_of_submitting_holds_the_task(play, banli, as_, monkeypatch):
    officer = as_("wufang")
    command = banli.engine.complete

    def after_the_question(*told, **more):
        asked(banli, officer, play, "jianglin")
        command(*told, **more)

    monkeypatch.setattr(banli.engine, "complete", after_the_question)
    with pytest.raises(NotAllowed):
        finish(banli, play, officer)
    assert "draft" in play.open()


def test_a_unit_asks_its_own_people_and_the_hub_anybody(play, banli, clock, as_):
    assert set(offered(banli, as_("wufang"), play.step("draft").task_id)) == {"城管局"}
    with pytest.raises(FormInvalid):
        asked(banli, as_("wufang"), play, "zhaoqian")
    other = submitted(banli, clock, Story("cgj"), title="关于增设夜间公交的建议")
    units = offered(banli, as_("wangmin"), other.step("assign").task_id)
    assert {"县府办", "住建局", "代表工委"} <= set(units)
    assert asked(banli, as_("wangmin"), other, "zhaoqian", "sunjie", step="assign") == 2


def test_nobody_is_asked_about_a_step_that_tells_of_a_rating(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj", complaint="没有解决")).until("rate")
    with pytest.raises(NotAllowed):
        offered(banli, as_("linguoqiang"), play.step("rate").task_id)
    play.do("rate", rating="dissatisfied")
    with pytest.raises(NotAllowed):
        asked(banli, as_("sunjie"), play, "wufang", step="study")


@pytest.mark.parametrize(
    ("people", "question", "expected"),
    [
        ((), QUESTION, ["countersign_by"]),
        (("wufang",), QUESTION, ["countersign_by"]),
        (("jianglin",), "  ", ["countersign_question"]),
        (("jianglin",), "长" * 501, ["countersign_question"]),
        ((), "", ["countersign_by", "countersign_question"]),
    ],
)
def test_what_is_missing_is_named(play, banli, as_, people, question, expected):
    with pytest.raises(FormInvalid) as caught:
        asked(banli, as_("wufang"), play, *people, question=question)
    assert wrong(caught) == expected


def test_not_a_whole_county_at_once(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj"))
    units = offered(banli, as_("wangmin"), play.step("assign").task_id)
    everybody = [one.value for people in units.values() for one in people]
    assert len(everybody) > MOST_AT_ONCE
    with pytest.raises(FormInvalid) as caught:
        asked(banli, as_("wangmin"), play, *everybody, step="assign")
    assert wrong(caught) == ["countersign_by"]


@pytest.mark.parametrize(
    ("verdict", "text", "expected"),
    [
        ("", "", ["verdict"]),
        ("yes", "", ["verdict"]),
        ("disagree", " ", ["answer"]),
        ("remark", "", ["answer"]),
        ("agree", "长" * 501, ["answer"]),
    ],
)
def test_an_answer_says_what_it_must(play, banli, as_, verdict, text, expected):
    asked(banli, as_("wufang"), play, "jianglin")
    with pytest.raises(FormInvalid) as caught:
        answer(banli, as_("jianglin"), request_of(banli, as_("jianglin")), verdict, text)
    assert wrong(caught) == expected


def test_asked_or_answered_twice_it_counts_once(play, banli, as_):
    assert [asked(banli, as_("wufang"), play, "jianglin") for _ in range(2)] == [1, 0]
    number = request_of(banli, as_("jianglin"))
    for _ in range(2):
        answer(banli, as_("jianglin"), number, "disagree", "数字不实")
    texts = [entry.text for entry in case(banli, as_("wufang"), play.item_id).timeline]
    assert (texts.count(QUESTION), texts.count("数字不实")) == (1, 1)


def test_nobody_else_reads_or_answers_it_and_the_proposer_does_not_see_it(play, banli, as_):
    asked(banli, as_("wufang"), play, "jianglin")
    number = request_of(banli, as_("jianglin"))
    for stranger in ("suntao", "zhaoqian", "wufang"):
        with pytest.raises(NotFound):
            countersignature(banli, as_(stranger), number)
        with pytest.raises(NotFound):
            answer(banli, as_(stranger), number, "agree", "")
    with pytest.raises(NotFound):
        withdraw(banli, as_("zhaoqian"), number)
    assert QUESTION not in [entry.text for entry in case(banli, as_("linguoqiang"), play.item_id).timeline]
