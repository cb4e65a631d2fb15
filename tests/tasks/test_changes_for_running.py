"""A changed deadline for running cases too: first the list, then exactly these dates move."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from test_changes import WHY, longer
from tests_support.people import setting, submitted

from engine.consistency import find_faults
from tasks.accounts.actors import actor_named
from tasks.changes import following, queries, service
from tasks.changes.errors import StillCarriedOut
from tasks.changes.models import Following
from tasks.demonstration.answers import Story
from tasks.handling.models import Assignment
from tasks.notices.queries import notices
from tasks.settings import BEIJING
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.service import claim


@pytest.fixture
def banli(banli_on_both):
    return banli_on_both


@pytest.fixture
def chenli(banli):
    return actor_named(banli, "chenli")


def with_opinions(banli, clock, title):
    """A case whose co-handling units write their opinions."""
    play = submitted(banli, clock, Story("zjj", ("jjdd",)), title=title)
    return play.until("opinion")


def dates(banli, item_id):
    with banli.reading() as session:
        rows = session.scalars(select(Work).where(Work.item_id == item_id, Work.state == "open")).all()
        parts = session.scalars(select(Assignment).where(Assignment.item_id == item_id)).all()
    return {**{row.element_id: row.due for row in rows}, **{part.role: part.due for part in parts}}


def test_exactly_the_listed_dates_move(banli, clock, chenli):
    plays = [with_opinions(banli, clock, f"关于第{n}件事的建议") for n in range(2)]
    before = [dates(banli, play.item_id) for play in plays]
    change = [longer(banli, amount=60, unit="wd", effective_from=banli.today().isoformat())]
    plan = following.plan(banli, chenli, change)
    assert [case.item_id for case in plan.cases] == [play.item_id for play in plays]
    listed = {(str(move.what), move.is_timer) for move in plan.cases[0].moves}
    assert ("撰写会办意见", False) in listed
    assert any(timer for _, timer in listed)
    assert [dates(banli, play.item_id) for play in plays] == before, "a list changes nothing"

    number = following.confirm(banli, chenli, change, WHY, plan.mark)
    after = [dates(banli, play.item_id) for play in plays]
    for was, now, case in zip(before, after, plan.cases, strict=True):
        moved = {name for name in was if was[name] != now[name]}
        assert moved == {"opinion", "co"}
        promised = {move.after for move in case.moves if not move.is_timer}
        assert {now["opinion"], now["co"]} == promised
    assert queries.one_change(banli, chenli, number).carrying.waiting == 0
    assert find_faults(banli.engine.runtime) == []


def test_dates_that_stood_still_follow_a_rule_with_the_days_that_were_waited(banli, clock, chenli):
    setting(banli, "pause_policy", value=True)
    play = submitted(banli, clock, Story("zjj", ("jjdd",)))
    play.do("assign")
    play.do("sign_in", "zjj", answer="object", suggests=("cgj",))
    clock.move(days=9)
    play.do("decide_objection", ruling="refuse")
    play.until("opinion")
    change = [longer(banli, amount=60, unit="wd", effective_from=banli.today().isoformat())]
    following.confirm(banli, chenli, change, WHY, following.plan(banli, chenli, change).mark)
    now = dates(banli, play.item_id)
    assert now["opinion"] == now["co"]
    with banli.reading() as session:
        part = session.scalars(select(Assignment).where(Assignment.role == "co")).one()
    assigned, days = part.assigned_at.astimezone(BEIJING).date(), part.due_notes[-1]["waits"][0]["days"]
    assert days > 5
    calendar = banli.reference().calendar
    assert calendar.working_days_between(assigned, now["co"].astimezone(BEIJING).date()) == 60 + days


def test_taking_it_back_moves_the_dates_back(banli, clock, chenli):
    play = with_opinions(banli, clock, "关于一件事的建议")
    before = dates(banli, play.item_id)
    change = [longer(banli, amount=60, unit="wd", effective_from=banli.today().isoformat())]
    number = following.confirm(banli, chenli, change, WHY, following.plan(banli, chenli, change).mark)
    back = following.plan_of_taking_back(banli, chenli, number)
    following.take_back_for_all(banli, chenli, number, "撤销", back.mark)
    assert dates(banli, play.item_id) == before


def test_a_change_for_new_items_does_not_slip_in_with_a_later_one_for_running_ones(banli, clock, chenli):
    play = with_opinions(banli, clock, "关于一件事的建议")
    today = banli.today().isoformat()
    service.change(banli, chenli, [longer(banli, "P7", amount=3, unit="wd", effective_from=today)], WHY)
    change = [longer(banli, amount=60, unit="wd", effective_from=today)]
    plan = following.plan(banli, chenli, change)
    following.confirm(banli, chenli, change, WHY, plan.mark)
    root = next(pin for pin in banli.engine.pinned() if pin.business_key == str(play.item_id))
    pinned = banli.reference(root.reference_version)
    assert pinned.rule("P5").amount == 60
    assert pinned.rule("P7").amount == 20, "meant for new items only"
    assert banli.reference().rule("P7").amount == 3


def test_what_was_confirmed_must_be_what_was_shown(banli, clock, chenli):
    with_opinions(banli, clock, "关于一件事的建议")
    change = [longer(banli, amount=60, unit="wd", effective_from=banli.today().isoformat())]
    plan = following.plan(banli, chenli, change)
    with_opinions(banli, clock, "关于又一件事的建议")
    with pytest.raises(FormInvalid):
        following.confirm(banli, chenli, change, WHY, plan.mark)


def test_running_ones_cannot_follow_what_is_not_in_force_yet(banli, chenli):
    later = (banli.today() + dt.timedelta(days=9)).isoformat()
    with pytest.raises(FormInvalid) as refused:
        following.plan(banli, chenli, [longer(banli, amount=60, unit="wd", effective_from=later)])
    assert [error.key for error in refused.value.errors] == ["effective_from"]


def test_an_interrupted_change_is_carried_on_and_nothing_happens_twice(banli, clock, chenli, monkeypatch):
    plays = [with_opinions(banli, clock, f"关于第{n}件事的建议") for n in range(2)]
    change = [longer(banli, amount=60, unit="wd", effective_from=banli.today().isoformat())]
    monkeypatch.setattr(following, "AT_ONCE_SECONDS", 0.0)
    number = following.confirm(banli, chenli, change, WHY, following.plan(banli, chenli, change).mark)
    assert queries.one_change(banli, chenli, number).carrying.waiting >= 2
    with pytest.raises(StillCarriedOut):
        following.plan(banli, chenli, change)
    following.carry_out(banli, 60)
    with banli.writing() as session:  # as though the note of what was done had been lost
        for row in session.scalars(select(Following)):
            row.state = "waiting"
    revisions = [banli.engine.instance(pin.id).revision for pin in banli.engine.pinned()]
    following.carry_out(banli, 60)
    assert [banli.engine.instance(pin.id).revision for pin in banli.engine.pinned()] == revisions
    assert dates(banli, plays[0].item_id)["opinion"] is not None


def test_who_has_the_task_is_told_that_its_date_moved(banli, clock, chenli):
    play = with_opinions(banli, clock, "关于一件事的建议")
    helei = actor_named(banli, "helei")
    task = play.step("opinion")
    if task.assignee is None:
        claim(banli, helei, task.task_id)
    change = [longer(banli, amount=60, unit="wd", effective_from=banli.today().isoformat())]
    following.confirm(banli, chenli, change, WHY, following.plan(banli, chenli, change).mark)
    holder = actor_named(banli, play.step("opinion").assignee)
    told = [row.sentence for row in notices(banli, holder).rows]
    assert any("撰写会办意见" in str(sentence) for sentence in told)
