"""One slip to a unit about several of its cases (handbook §7.7): one number, one process, an answer to each case."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from tests_support.people import submitted

from engine.errors import NotFound
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.cases.queries import case
from tasks.deadlines.views import Light
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.player import perform
from tasks.desks.office import office
from tasks.notices.queries import notices
from tasks.supervision.board import board, slip, slips_of_item
from tasks.supervision.models import Slip
from tasks.supervision.slips import NewSlip, issue
from tasks.supervision.unit_slips import unit_slip
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.service import complete, open_task

STORY = Story("zjj", ("jjdd",))
TITLES = ("关于修缮校舍的建议", "关于疏通排水沟的建议", "关于增设公厕的建议")


@pytest.fixture
def plays(banli_on_both, clock):
    """Three cases of the housing bureau: two whose consultation is late, one that has just begun."""
    made = []
    for title in TITLES[:2]:
        play = submitted(banli_on_both, clock, STORY, title=title)
        play.do("assign")
        play.do_all("sign_in")
        made.append(play)
    clock.move(days=120)
    fresh = submitted(banli_on_both, clock, STORY, title=TITLES[2])
    fresh.do("assign")
    fresh.do_all("sign_in")
    return [*made, fresh]


@pytest.fixture
def banli(banli_on_both):
    return banli_on_both


def as_(banli, account):
    return actor_named(banli, account)


def issued(banli, plays, level="orange"):
    items = tuple(play.item_id for play in plays)
    return issue(banli, as_(banli, "wangmin"), NewSlip(items, "zjj", level, "逾期没有面商", "三日内书面说明"))


def open_works(banli, slip_id):
    with banli.reading() as session:
        wanted = select(Work).where(Work.subject_kind == "slip", Work.subject_key == str(slip_id), Work.state == "open")
        return session.scalars(wanted.options(selectinload(Work.groups))).all()


def does(banli, clock, slip_id, **words):
    """Whoever has the slip does the open step of it."""
    (work,) = open_works(banli, slip_id)
    story = Story("zjj", ("jjdd",), words=words)
    return perform(banli, work, fill_by(story, clock()))


def test_late_cases_are_chosen_by_the_table_and_each_stands_there_once(banli, plays):
    page = unit_slip(banli, as_(banli, "wangmin"), "zjj")
    assert [one.title for one in page.cases] == list(TITLES[:2])
    assert {one.due.light for one in page.cases} == {Light.OVERDUE}
    with pytest.raises(NotAllowed):
        unit_slip(banli, as_(banli, "qianlei"), "zjj")
    with pytest.raises(NotFound):
        unit_slip(banli, as_(banli, "wangmin"), "nowhere")


def test_one_slip_has_one_number_one_process_and_is_read_on_each_case(banli, plays):
    made = issued(banli, plays[:2])
    (work,) = open_works(banli, made)
    assert (work.item_id, work.element_id, work.subject) == (None, "explain", "住建局：督办单（2件）")
    record = slip(banli, as_(banli, "qianlei"), made)
    assert [one.title for one in record.items] == list(TITLES[:2])
    assert record.number
    for play in plays[:2]:
        with banli.reading() as session:
            shown = slips_of_item(session, as_(banli, "wangmin"), play.item_id)
        assert [one.number for one in shown] == [record.number]
        told = [str(entry.what) for entry in case(banli, as_(banli, "wangmin"), play.item_id).timeline]
        assert f"issued {record.number} to 住建局, about this case and others" in told
    with banli.reading() as session:
        assert slips_of_item(session, as_(banli, "wangmin"), plays[2].item_id) == []


def test_the_unit_finds_it_on_its_desk_and_in_its_notices(banli, plays):
    made = issued(banli, plays[:2])
    assert str(made) in [row.subject_key for row in office(banli, as_(banli, "qianlei")).others]
    assert "（2件）" in notices(banli, as_(banli, "qianlei")).rows[0].sentence.values["text"]


def test_the_unit_answers_once_with_an_explanation_for_each_case(banli, plays, clock):
    made = issued(banli, plays[:2])
    (work,) = open_works(banli, made)
    unit = as_(banli, "qianlei")
    rows = open_task(banli, unit, work.task_id).values["explanations"]
    assert [row["item"] for row in rows] == [f"建议{n}《{title}》" for n, title in zip(
        numbers(banli, made), TITLES, strict=False)]  # fmt: skip
    day = clock().date().isoformat()
    said = [{"explanation": f"原因{n}", "promised_on": day} for n in (1, 2)]
    with pytest.raises(FormInvalid):
        complete(banli, unit, work.task_id, {"explanations": said[:1]}, None)
    complete(banli, unit, work.task_id, {"explanations": said}, None)
    assert [one.explanation for one in slip(banli, unit, made).items] == ["原因1", "原因2"]
    assert "原因2" in [entry.text for entry in case(banli, as_(banli, "wangmin"), plays[1].item_id).timeline]
    (judge,) = open_works(banli, made)
    explained = open_task(banli, as_(banli, "wangmin"), judge.task_id).values["explained"]
    assert "原因1" in explained
    assert "原因2" in explained


def numbers(banli, slip_id):
    return [one.number for one in slip(banli, as_(banli, "wangmin"), slip_id).items]


def test_it_runs_like_any_slip_to_its_end_and_a_sharper_one_is_about_the_same_cases(banli, plays, clock):
    made = issued(banli, plays[:2])
    does(banli, clock, made)
    does(banli, clock, made, judgement="escalate")
    with banli.reading() as session:
        former, sharper = session.scalars(select(Slip).order_by(Slip.id)).all()
        assert (former.state, sharper.level) == ("escalated", "red")
        assert [one.item_id for one in sharper.items] == [play.item_id for play in plays[:2]]
    assert does(banli, clock, made).account == "zhoukai"
    does(banli, clock, made)
    does(banli, clock, made, judgement="accept")
    assert open_works(banli, made) == []
    record = slip(banli, as_(banli, "wangmin"), sharper.id)
    assert (record.state, record.previous) == ("accepted", [slip(banli, as_(banli, "wangmin"), made).number])


def test_a_unit_reads_only_its_own_slips(banli, plays):
    made = issued(banli, plays[:2])
    other = as_(banli, "maxiao")
    with pytest.raises(NotFound):
        slip(banli, other, made)
    with banli.reading() as session:
        assert slips_of_item(session, other, plays[0].item_id) == []
    assert not [entry for entry in case(banli, other, plays[0].item_id).timeline if "督办单" in str(entry.what)]


def test_a_committee_reads_of_a_slip_the_items_of_its_own_body(banli, plays, clock):
    made = issued(banli, plays[:2])
    assert len(slip(banli, as_(banli, "sunjie"), made).items) == 2
    with pytest.raises(NotFound):
        slip(banli, as_(banli, "fanglan"), made)


def test_a_slip_needs_a_case_and_only_cases_of_the_unit(banli, plays):
    with pytest.raises(FormInvalid):
        issued(banli, [])
    with pytest.raises(NotFound):
        issue(banli, as_(banli, "wangmin"), NewSlip((plays[0].item_id,), "cgj", "letter", "一", "二"))


def test_the_ledger_names_the_slip_once(banli, plays):
    issued(banli, plays[:2])
    page = board(banli, as_(banli, "wangmin"))
    assert [len(one.items) for one in page.slips] == [2]
