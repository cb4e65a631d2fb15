"""Tracking: promises half-way and on their day, second replies, look-back (handbook §3.2, steps 21 and 22)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from tests_support.tracking import answered, stand_in, track
from tests_support.walking import told, walked

from tasks.accounts.actors import actor_named
from tasks.cases.views import ItemState
from tasks.deadlines.library import freeze_today
from tasks.deadlines.models import AreaSetting
from tasks.demonstration.answers import fill_by
from tasks.demonstration.player import perform
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.campaigns import NewCampaign, open_campaign
from tasks.tracking.models import ClassChange, Commitment, LookBackVisit
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.service import complete, open_task

JUNE, JULY = dt.date(2026, 6, 30), dt.date(2026, 7, 31)


def telling(play, **words: str):
    return replace(play, story=replace(play.story, words=words))


def item_of(play) -> Item:
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id)


def commitments(play) -> list[Commitment]:
    with play.banli.reading() as session:
        wanted = select(Commitment).where(Commitment.item_id == play.item_id).options(joinedload(Commitment.unit))
        return list(session.scalars(wanted))


def at(play, day: dt.date) -> None:
    """The clock comes to nine in the morning of this day."""
    play.clock.now = dt.datetime.combine(day, dt.time(9, 0), BEIJING)
    play.banli.engine.run_due()


def rate(play, decision: str | None = None) -> None:
    work = play.step("work")
    play.banli.engine.complete(work.task_id, {"decision": decision}, actor="linguoqiang")


@pytest.fixture
def promised(banli, clock):
    """One promise of the housing bureau until the end of June; answered on 27 March."""
    play = answered(banli, clock, {"zjj": [JUNE]})
    track(play)
    return play


def test_dated_adopted_answers_become_commitments(banli, clock):
    play = answered(banli, clock, {"zjj": [JUNE, None], "cgj": [dt.date(2026, 3, 1), JULY]})
    track(play)
    rows = commitments(play)
    assert [(row.unit.code, row.due) for row in rows] == [("zjj", JUNE), ("cgj", JULY)], "what is past is no promise"
    assert item_of(play).state == ItemState.TRACKING


def test_a_class_a_reply_promises_nothing(banli, clock):
    play = answered(banli, clock, {"zjj": [JUNE]}, result_class="A")
    track(play)
    assert commitments(play) == []
    assert play.open() == []
    assert item_of(play).state == ItemState.CLOSED


def test_half_of_the_period_asks_for_progress(promised):
    at(promised, dt.date(2026, 5, 12))
    assert promised.open() == []
    at(promised, dt.date(2026, 5, 14))
    assert promised.open() == ["progress"]
    assert promised.step("progress").assignee == "zhaoqian"
    assert [note["rule"] for note in promised.step("progress").due_notes] == ["P17P"]


def test_the_share_of_the_period_is_a_setting(banli, clock):
    with banli.writing() as session:
        row = session.scalar(select(AreaSetting).where(AreaSetting.name == "settings"))
        row.content = {**row.content, "half_time_share": 0.25}
    freeze_today(banli)
    play = answered(banli, clock, {"zjj": [JUNE]})
    track(play)
    at(play, dt.date(2026, 4, 21))
    assert play.open() == ["progress"]


def test_on_its_day_the_unit_says_whether_it_was_kept(promised):
    at(promised, dt.date(2026, 5, 14))
    promised.do("progress")
    assert promised.open() == []
    at(promised, JUNE)
    page = open_task(promised.banli, actor_named(promised.banli, "zhaoqian"), promised.step("fulfil").task_id)
    assert "半程反馈：已完成招标" in page.values["reported"]
    promised.do("fulfil")
    [row] = commitments(promised)
    assert (row.state, row.fulfilled_on) == ("fulfilled", dt.date(2026, 7, 1))
    assert promised.open() == ["work"], "the second reply is out and waits for its rating"


def test_a_missing_report_does_not_hold_up_the_day(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    assert promised.open() == ["fulfil"]


def test_evidence_is_compulsory(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    values = {"outcome": "done", "done_on": "2026-06-30"}
    with pytest.raises(FormInvalid) as refused:
        complete(promised.banli, actor_named(promised.banli, "zhaoqian"), promised.step("fulfil").task_id, values, None)
    assert [error.key for error in refused.value.errors] == ["evidence"]


def test_a_postponement_is_signed_by_the_units_head_and_runs_anew(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    telling(promised, promise="postponed").do("fulfil")
    assert promised.open() == ["sign_explanation"]
    assert promised.do("sign_explanation").account == "zhengtao"
    [row] = commitments(promised)
    assert (row.state, row.original_due, row.due) == ("open", JUNE, dt.date(2026, 8, 30))
    with promised.banli.reading() as session:
        assert session.get_one(Commitment, row.id).reports[-1].copied_to == "rd"
    at(promised, dt.date(2026, 8, 3))
    assert promised.open() == ["progress"], "half of the new period is over"
    promised.do("progress")
    at(promised, dt.date(2026, 8, 30))
    promised.do("fulfil")
    assert commitments(promised)[0].state == "fulfilled"


def test_what_the_head_does_not_sign_comes_back(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    telling(promised, promise="postponed").do("fulfil")
    telling(promised, signature="refuse").do("sign_explanation")
    assert promised.open() == ["fulfil"]
    promised.do("fulfil")
    assert commitments(promised)[0].state == "fulfilled"


def test_changed_circumstances_end_a_promise_with_a_signed_explanation(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    telling(promised, promise="changed").do("fulfil")
    promised.do("sign_explanation")
    assert commitments(promised)[0].state == "changed"
    rate(promised)
    promised.do("confirm_tracking")
    assert item_of(promised).result_class == "B", "it was not kept"


def test_kept_promises_raise_the_class_and_close_the_case_again(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    promised.do("fulfil")
    rate(promised)
    assert item_of(promised).state == ItemState.TRACKING, "the rating alone changes nothing that a unit could see"
    assert promised.do("confirm_tracking").account == "wangmin"
    item = item_of(promised)
    assert (item.result_class, item.state, promised.open()) == ("A", ItemState.CLOSED, [])
    with promised.banli.reading() as session:
        [change] = session.scalars(select(ClassChange)).all()
    assert (change.before, change.after, change.cause) == ("B", "A", "promises")


def test_a_second_reply_may_have_to_be_given_again(promised):
    at(promised, dt.date(2026, 5, 14))
    at(promised, JUNE)
    promised.do("fulfil")
    rate(promised, "rehandle")
    assert promised.open() == ["work"]
    rate(promised)
    assert promised.open() == ["confirm_tracking"]


@pytest.mark.parametrize(
    ("scope", "waiting"), [("none", ["confirm_tracking"]), ("planned", ["work"]), ("all", ["work", "work"])]
)
def test_who_replies_again_is_a_setting(banli, clock, scope, waiting):
    with banli.writing() as session:
        row = session.scalar(select(AreaSetting).where(AreaSetting.name == "settings"))
        row.content = {**row.content, "second_reply_scope": scope}
    freeze_today(banli)
    play = answered(banli, clock, {"zjj": [JUNE], "cgj": [None]})
    track(play)
    at(play, dt.date(2026, 5, 14))
    at(play, JUNE)
    play.do("fulfil")
    assert play.open() == waiting


def campaign(play, **changes) -> int:
    new = NewCampaign("年中回头看", "year", (), dt.date(2026, 5, 20), "")
    return open_campaign(play.banli, actor_named(play.banli, "wangmin"), replace(new, **changes))


def visits(play) -> list[LookBackVisit]:
    with play.banli.reading() as session:
        return list(session.scalars(select(LookBackVisit).options(joinedload(LookBackVisit.unit))))


def test_a_campaign_asks_every_unit_that_replied(banli, clock):
    play = answered(banli, clock, {"zjj": [None], "cgj": [None]})
    campaign(play)
    assert play.open() == ["visit", "visit"]
    assert {play.step("visit", unit).due.astimezone(BEIJING).date() for unit in ("zjj", "cgj")} == {
        dt.date(2026, 5, 20)
    }


def test_a_campaign_may_ask_some_units_only(banli, clock):
    play = answered(banli, clock, {"zjj": [None], "cgj": [None]})
    campaign(play, units=["cgj"])
    assert [visit.unit.code for visit in visits(play)] == ["cgj"]


def test_what_is_confirmed_as_solved_raises_the_class(banli, clock):
    play = answered(banli, clock, {"zjj": [None]})
    campaign(play)
    play = telling(play, look_back="solved")
    play.do("visit")
    assert item_of(play).result_class == "B", "the unit's word alone changes nothing"
    assert play.do("confirm").account == "wangmin"
    assert item_of(play).result_class == "A"


def test_a_better_result_raises_the_class_without_being_solved(banli, clock):
    play = answered(banli, clock, {"zjj": [None]}, result_class="C")
    campaign(play)
    play = telling(play, look_back="upgraded", look_back_confirmed="upgraded")
    with pytest.raises(FormInvalid):
        play.do("visit")
    fill = fill_by(play.story, play.clock())
    for step in ("visit", "confirm"):
        perform(play.banli, play.step(step), lambda page: {**fill(page), "class_now": "B"})
    assert item_of(play).result_class == "B"
    assert [visit.verdict for visit in visits(play)] == ["upgraded"]


def test_a_relapse_is_handled_in_a_new_case_that_remembers_the_old(banli, clock):
    play = answered(banli, clock, {"zjj": [None]})
    closed = item_of(play).instance_id
    campaign(play)
    play.do("visit")
    telling(play, look_back_confirmed="relapsed").do("confirm")
    assert item_of(play).closed_at is None
    assert item_of(play).instance_id not in {None, closed}
    assert visits(play)[0].former_instance_id == closed
    assert play.open(), "somebody has to do something"
    assert play.open() != ["visit"]


def test_a_campaign_over_nothing_is_refused(banli, clock):
    play = answered(banli, clock, {"zjj": [None]})
    with pytest.raises(FormInvalid):
        campaign(play, units=["wjw"])
    with pytest.raises(FormInvalid) as refused:
        campaign(play, name=" ", due=dt.date(2026, 3, 1))
    assert [error.key for error in refused.value.errors] == ["name", "due"]


def test_every_flow_of_tracking_is_walked(banli, clock):
    roots = []

    def begun(title: str, dues, **more):
        play = answered(banli, clock, dues, title=f"关于{title}的建议", **more)
        roots.append(track(play))
        return play

    nothing = begun("甲", {"zjj": [None]})
    kept, late, moved, changed = (begun(name, {"zjj": [JUNE]}) for name in "乙丙丁戊")
    at(kept, dt.date(2026, 5, 14))
    kept.do("progress")
    at(kept, JUNE)
    for play, word in ((kept, "done"), (late, "done"), (moved, "postponed"), (changed, "changed")):
        telling(play, promise=word).do("fulfil")
    telling(moved, signature="refuse").do("sign_explanation")
    telling(moved, promise="postponed").do("fulfil")
    moved.do("sign_explanation")
    changed.do("sign_explanation")
    rate(kept, "rehandle")
    for play in (kept, late, changed):
        rate(play)
        play.do("confirm_tracking")
    at(moved, dt.date(2026, 9, 10))
    at(moved, dt.date(2026, 12, 10))
    moved.do("fulfil")
    rate(moved)
    moved.do("confirm_tracking")
    assert [play.open() for play in (nothing, kept, late, moved, changed)] == [[]] * 5
    taken, there = walked(banli, roots)
    for name in ("tracking", "promise", "second_reply"):
        print(told(name, taken[name], there[name]))  # noqa: T201 - the coverage is to be read
        assert taken[name] == there[name]


def test_every_flow_of_looking_back_is_walked(banli, clock):
    stand_in(banli)
    for title in ("甲", "乙"):
        answered(banli, clock, {"zjj": [None]}, title=f"关于{title}的建议")
    play = answered(banli, clock, {"zjj": [None]})
    campaign(play)
    plays = [replace(play, item_id=visit.item_id) for visit in visits(play)]
    for one, word in zip(plays, ("solved", "relapsed", "unchanged"), strict=True):
        one.do("visit")
        telling(one, look_back_confirmed=word).do("confirm")
    roots = {work for one in plays for work in _roots(one)}
    taken, there = walked(banli, roots)
    print(told("look_back", taken["look_back"], there["look_back"]))  # noqa: T201 - the coverage is to be read
    assert taken["look_back"] == there["look_back"]


def _roots(play) -> set[str]:
    with play.banli.reading() as session:
        return set(session.scalars(select(Work.root_id).where(Work.item_id == play.item_id)))
