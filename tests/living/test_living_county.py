"""The county that a visitor finds: an office in the middle of its year, with something to do for everybody."""

import datetime as dt

import pytest
from sqlalchemy import func, select, text
from tests_support.living import settings

from engine.consistency import find_faults
from tasks.absences.models import Absence
from tasks.accounts.actors import actor_named, demonstration_accounts
from tasks.cases.views import ItemState
from tasks.consistency import find_faults as find_contradictions
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.cast import Script
from tasks.demonstration.service import build, move_on, opened
from tasks.directory.models import Unit
from tasks.register.models import Item
from tasks.simulation.report import digest
from tasks.worklist.models import Work
from tasks.worklist.queries import worklist
from tasks.worklist.service import complete, open_task
from tasks.worklist.views import WorklistView

NEAR = dt.timedelta(days=4)
EIGHT = ("linguoqiang", "sunjie", "wangmin", "zhoukai", "qianlei", "zhaoqian", "zhengtao", "liuzheng")


def asked(banli, sql):
    with banli.reading() as session:
        return session.execute(text(sql)).all()


def test_it_is_played_once(played, living):
    assert build(living.settings) is False


def test_thirty_bodies_and_two_years_of_items(living):
    with living.reading() as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 30
        years = dict(session.execute(select(Item.year, func.count()).group_by(Item.year)).all())
    assert years == {2025: 133, 2026: 310}


def test_every_state_and_every_step_stands_somewhere(living):
    with living.reading() as session:
        states = set(session.scalars(select(Item.state).where(Item.year == 2026)))
        steps = set(session.scalars(select(Work.element_id).where(Work.state == "open")))
    assert states >= {
        ItemState.FILING, ItemState.ASSIGNING, ItemState.HANDLING, ItemState.IN_REVIEW, ItemState.REPLIED,
        ItemState.REHANDLING, ItemState.TRACKING, ItemState.CLOSED, ItemState.NOT_FILED, ItemState.MERGED,
        ItemState.CONVERTED, ItemState.WITHDRAWN,
    }  # fmt: skip
    assert steps >= {
        "first_review", "final_review", "assign", "sign_in", "decide_objection", "consult", "opinion", "draft",
        "review", "publish", "rate", "study", "closing_report", "closing_review", "closing_check", "progress",
    }  # fmt: skip


def test_some_are_late_some_were_returned_twice_some_are_in_their_second_reply(living):
    assert asked(living, "SELECT count(*) FROM work WHERE state = 'open' AND due < '2026-06-10'")[0][0] > 10
    assert asked(living, "SELECT count(*) FROM item WHERE returns >= 2 AND closed_at IS NULL")[0][0] > 3
    assert asked(living, "SELECT count(*) FROM reply WHERE stage = 'second'")[0][0] > 0
    assert asked(living, "SELECT count(*) FROM item WHERE level = 'upper'") == [(6,)]


def test_one_is_disputed_for_the_third_time(living):
    disputed = (
        "SELECT work.state, count(*) FROM work JOIN item ON item.id = work.item_id "
        "WHERE element_id = 'decide_objection' AND title LIKE '%健身步道%' GROUP BY work.state ORDER BY work.state"
    )
    assert asked(living, disputed) == [("completed", 2), ("open", 1)]


def test_a_reviewer_is_away_and_a_colleague_stands_in(living):
    with living.reading() as session:
        absence = session.scalars(select(Absence)).one()
    assert (absence.account, absence.substitute) == ("lijianguo", "wangmin")
    stands_in = actor_named(living, "wangmin").stands_in
    assert [one.account for one in stands_in] == ["lijianguo"]


def test_one_incident_waits_for_the_administrator_and_is_gone_when_it_is_repeated(copy):
    (incident,) = copy.engine.incidents()
    assert "UQ" in str(incident.message)
    copy.engine.retry(incident.id, actor="chenli")
    assert copy.engine.incidents() == []


@pytest.mark.parametrize("account", EIGHT)
def test_each_of_eight_people_finds_something_urgent(living, account):
    actor = actor_named(living, account)
    dues = [
        row.due.at
        for view in (WorklistView.MINE, WorklistView.CLAIMABLE)
        for row in worklist(living, actor, view).rows
        if row.due
    ]
    assert min(dues) < living.now() + NEAR


def test_the_sign_in_page_introduces_nine_people_and_what_each_has_to_do(living, visitor):
    page = visitor.read("/sign-in")
    people = demonstration_accounts(living)
    assert {person.account for person in people} == set(Script.read(living.process_folder).visitors)
    for person in people:
        assert person.name in page
        assert person.about in page
        assert not person.most_urgent or person.most_urgent in page


def test_the_county_is_whole(living):
    assert [fault for fault in find_faults(living.engine.runtime) if "incident" not in str(fault)] == []
    assert find_contradictions(living) == []


def test_a_week_on_the_county_has_worked_and_left_the_visitors_tasks_alone(copy):
    visitor = actor_named(copy, "zhaoqian")
    before = {row.task_id for row in worklist(copy, visitor, WorklistView.MINE).rows}
    assert move_on(copy, visitor, 7) > 50
    assert copy.today() == dt.date(2026, 6, 17)
    assert before <= {row.task_id for row in worklist(copy, visitor, WorklistView.MINE).rows}
    assert find_contradictions(copy) == []


def test_the_control_moves_the_clock_for_a_visitor_who_stays_signed_in(copy, newcomer):
    page = newcomer.be("zhengtao").read("/")
    assert "/demonstration/move-on" in page
    after = newcomer.post("/demonstration/move-on", {"span": "day"}, follow_redirects=True).get_data(as_text=True)
    assert copy.today() == dt.date(2026, 6, 11)
    assert "郑涛" in after


def test_played_again_it_is_the_same(living, tmp_path_factory):
    again = settings(tmp_path_factory.mktemp("again"))
    assert build(again)
    banli = opened(again)
    try:
        assert digest(banli) == digest(living)
    finally:
        banli.engine.close()


@pytest.mark.parametrize("account", EIGHT)
def test_each_of_them_can_finish_what_is_urgent(copy, account):
    actor = actor_named(copy, account)
    rows = [
        row
        for view in (WorklistView.MINE, WorklistView.CLAIMABLE)
        for row in worklist(copy, actor, view).rows
        if row.due
    ]
    first = min(rows, key=lambda row: row.due.at)
    page = open_task(copy, actor, first.task_id)
    done = complete(copy, actor, first.task_id, fill_by(Story("zjj"), copy.now())(page), "visitor")
    assert done.task_id == first.task_id
    with copy.reading() as session:
        assert session.get_one(Work, first.task_id).finished_by == account
