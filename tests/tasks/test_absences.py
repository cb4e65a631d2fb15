"""代办: while somebody is away a colleague does her tasks, as herself and in her place."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from sqlalchemy import select
from tests_support.people import hired, submitted

from engine import Conflict, NotFound
from tasks.absences.queries import absences
from tasks.absences.service import accept, end, set_absence
from tasks.absences.standing_in import MOST_LINKS
from tasks.absences.views import AbsenceState, AbsenceWish
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.cases.queries import case
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story, fill_by
from tasks.worklist.errors import FormInvalid
from tasks.worklist.handover import hand_over
from tasks.worklist.models import WorkAct
from tasks.worklist.queries import counts, worklist
from tasks.worklist.service import claim, complete, open_task, release
from tasks.worklist.views import WorklistView


@pytest.fixture
def play(banli, clock):
    return submitted(banli, clock, Story("cgj")).until("draft")


def wish(banli, account, substitute, start=0, days=5, remark="休假"):
    first = banli.today() + dt.timedelta(days=start)
    last = first + dt.timedelta(days=days)
    return AbsenceWish(account, substitute, first.isoformat(), last.isoformat(), remark)


def away(banli, account, substitute, *, by=None, **when):
    return set_absence(banli, actor_named(banli, by or account), wish(banli, account, substitute, **when))


def entrusted(banli, account):
    return [row.task_id for row in worklist(banli, actor_named(banli, account), WorklistView.DELEGATED).rows]


def wrong(caught):
    return [error.key for error in caught.value.errors]


def test_the_substitute_finds_the_tasks_of_who_is_away_and_completes_one_in_her_place(play, banli, as_):
    away(banli, "wufang", "jianglin")
    task = play.step("draft").task_id
    assert entrusted(banli, "jianglin") == [task]
    page = open_task(banli, as_("jianglin"), task)
    assert (page.can_complete, page.stands_in_for) == (True, "吴芳")
    complete(banli, as_("jianglin"), task, fill_by(play.story, play.clock())(page), "mine")
    entry = next(entry for entry in case(banli, as_("wufang"), play.item_id).timeline if entry.element_id == "draft")
    assert (entry.who, entry.on_behalf.values["name"]) == ("江琳", "吴芳")
    with banli.reading() as session:
        kept = session.scalars(select(WorkAct).where(WorkAct.task_id == task)).one()
        assert (kept.kind, kept.by, kept.receiver) == ("stand_in", "jianglin", "wufang")
    assert find_faults(banli) == []


def test_on_other_days_she_sees_nothing_and_the_task_is_as_good_as_absent(banli, clock, as_):
    play = submitted(banli, clock, Story("zjj")).until("draft")
    hired(banli, "shihua", "石华", "zjj", "unit_office")
    away(banli, "zhaoqian", "shihua", start=2, days=1)
    task = play.step("draft").task_id
    assert entrusted(banli, "shihua") == []
    with pytest.raises(NotFound):
        open_task(banli, as_("shihua"), task)
    clock.move(days=2)
    assert entrusted(banli, "shihua") == [task]
    clock.move(days=2)
    assert entrusted(banli, "shihua") == []


def test_what_is_offered_to_the_group_of_who_is_away_can_be_claimed_in_her_place_and_put_back(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj"))
    away(banli, "wangmin", "hanbing")
    task = play.step("assign").task_id
    assert counts(banli, as_("hanbing"))[WorklistView.DELEGATED] == 1
    claim(banli, as_("hanbing"), task)
    assert play.step("assign").assignee == "hanbing"
    release(banli, as_("hanbing"), task)
    assert play.step("assign").assignee is None


def test_the_chain_is_followed_to_who_is_really_there(play, banli):
    hired(banli, "lijing", "李静", "cgj", "unit_handler")
    away(banli, "wufang", "jianglin")
    away(banli, "jianglin", "lijing")
    assert entrusted(banli, "lijing") == [play.step("draft").task_id]


def test_a_circle_is_refused(banli):
    hired(banli, "lijing", "李静", "cgj", "unit_handler")
    away(banli, "wufang", "jianglin")
    away(banli, "jianglin", "lijing")
    with pytest.raises(FormInvalid) as caught:
        away(banli, "lijing", "wufang")
    assert wrong(caught) == ["substitute"]
    away(banli, "lijing", "wufang", start=10)  # in other days it is none


def test_a_chain_that_grows_too_long_is_refused(banli):
    names = ["wufang", *(f"clerk{n}" for n in range(MOST_LINKS + 1))]
    for name in names[1:]:
        hired(banli, name, name, "cgj", "unit_handler")
    for one, other in itertools.pairwise(names[: MOST_LINKS + 1]):
        away(banli, one, other)
    with pytest.raises(FormInvalid) as caught:
        away(banli, names[MOST_LINKS], names[MOST_LINKS + 1])
    assert wrong(caught) == ["substitute"]


def test_two_absences_of_one_person_never_share_a_day(banli):
    first = away(banli, "wufang", "jianglin", days=5)
    with pytest.raises(FormInvalid) as caught:
        away(banli, "wufang", "suntao", start=5)
    assert wrong(caught) == ["first_day"]
    end(banli, actor_named(banli, "wufang"), first)
    away(banli, "wufang", "suntao", start=5)


def test_sent_twice_it_is_set_once(banli):
    assert away(banli, "wufang", "jianglin") == away(banli, "wufang", "jianglin")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"substitute": ""}, ["substitute"]),
        ({"substitute": "wufang"}, ["substitute"]),
        ({"substitute": "linguoqiang"}, ["substitute"]),
        ({"first_day": ""}, ["first_day"]),
        ({"first_day": "morgen", "last_day": ""}, ["first_day", "last_day"]),
        ({"last_day": "2026-01-01"}, ["last_day"]),
        ({"last_day": "2028-01-01"}, ["last_day"]),
        ({"remark": "长" * 201}, ["remark"]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_set(banli, as_, changes, expected):
    told = wish(banli, "wufang", "jianglin")
    values = {name: changes.get(name, getattr(told, name)) for name in AbsenceWish.__dataclass_fields__}
    with pytest.raises(FormInvalid) as caught:
        set_absence(banli, as_("wufang"), AbsenceWish(**values))
    assert wrong(caught) == expected
    assert not absences(banli, as_("wufang")).mine


def test_a_leader_of_the_unit_and_an_administrator_may_set_it_others_may_not(banli):
    away(banli, "wufang", "jianglin", by="suntao")
    away(banli, "zhaoqian", "qianlei", by="chenli")
    for stranger in ("jianglin", "zhengtao", "wangmin"):
        with pytest.raises(NotAllowed):
            away(banli, "suntao", "jianglin", by=stranger)


def test_a_substitute_of_another_unit_waits_for_an_administrator(play, banli, as_):
    absence = away(banli, "wufang", "zhaoqian")
    assert absences(banli, as_("wufang")).mine[0].state is AbsenceState.WAITING
    assert entrusted(banli, "zhaoqian") == []
    with pytest.raises(NotAllowed):
        accept(banli, as_("suntao"), absence)
    accept(banli, as_("chenli"), absence)
    assert entrusted(banli, "zhaoqian") == [play.step("draft").task_id]


def test_when_she_is_back_early_the_substitute_sees_nothing_more(play, banli, as_):
    absence = away(banli, "wufang", "jianglin")
    end(banli, as_("suntao"), absence)
    assert entrusted(banli, "jianglin") == []
    with pytest.raises(NotFound):
        complete(banli, as_("jianglin"), play.step("draft").task_id, {}, None)


def test_a_deputy_leaves_her_rating_to_nobody(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj")).until("rate")
    for setter in ("linguoqiang", "chenli"):
        with pytest.raises(NotAllowed):
            away(banli, "linguoqiang", "sunjie", by=setter)
    assert play.step("rate").assignee == "linguoqiang"
    with pytest.raises(NotFound):
        open_task(banli, as_("wangmin"), play.step("rate").task_id)


def test_who_stands_in_for_the_committee_from_a_unit_never_learns_of_a_rating(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj", complaint="没有解决")).until("rate")
    play.do("rate", rating="dissatisfied")
    assert "study" in play.open()
    accept(banli, as_("chenli"), away(banli, "sunjie", "wufang"))
    assert entrusted(banli, "wufang") == []
    with pytest.raises(NotFound):
        open_task(banli, as_("wufang"), play.step("study").task_id)


def test_who_wrote_a_reply_does_not_review_it_for_an_absent_reviewer(play, banli, as_):
    play.do("draft")
    reviewer = play.step("review")
    assert "cgj:unit_office" in reviewer.candidates
    away(banli, "jianglin", "wufang")
    page = open_task(banli, as_("wufang"), reviewer.task_id)
    assert page.stands_in_for == "江琳"
    with pytest.raises(NotAllowed):
        complete(banli, as_("wufang"), reviewer.task_id, fill_by(play.story, play.clock())(page), None)


def test_a_colleague_who_got_the_task_in_this_very_moment_is_not_overtaken(play, banli, as_, monkeypatch):
    hired(banli, "lijing", "李静", "cgj", "unit_handler")
    away(banli, "wufang", "jianglin")
    task = play.step("draft").task_id
    values = fill_by(play.story, play.clock())(open_task(banli, as_("jianglin"), task))
    finish = banli.engine.complete

    def after_the_hand_over(*told, **more):
        hand_over(banli, as_("wufang"), task, "lijing", "我还没走")
        finish(*told, **more)

    monkeypatch.setattr(banli.engine, "complete", after_the_hand_over)
    with pytest.raises(Conflict):
        complete(banli, as_("jianglin"), task, values, None)
    assert play.step("draft").assignee == "lijing"
