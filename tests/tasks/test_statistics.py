"""Counting cases: a published year as the source prints it, and units' parts by the handbook's formulas."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import setting, submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import register
from tasks.cases.views import RegisterFilters
from tasks.demonstration.answers import Story
from tasks.directory.models import Area, Sitting
from tasks.handling.models import Feedback
from tasks.register.models import Item
from tasks.statistics.queries import statistics
from tasks.statistics.shares import mean_tenths, tenths
from tasks.statistics.views import StatisticsFilters

CATEGORIES = {"城建交通": 46, "群众生活": 29, "城市管理": 17, "教科文卫": 16, "财政经济": 15, "社区工作": 10}
CLASSES = {"A": 82, "B": 30, "C": 21}
ASSIGNED = dt.datetime(2019, 3, 27, 1, 0, tzinfo=dt.UTC)


def write_jianxi(banli):
    """The 133 suggestions of a published report (Jianxi 2019; handbook §6.1)."""
    categories = [name for name, count in CATEGORIES.items() for _ in range(count)]
    classes = [name for name, count in CLASSES.items() for _ in range(count)]
    with banli.writing() as session:
        area, sitting = session.scalar(select(Area.id)), session.scalar(select(Sitting.id))
        for place, (category, result) in enumerate(zip(categories, classes, strict=True)):
            item = Item(
                area_id=area, sitting_id=sitting, kind="suggestion", timing="in_session", year=2019,
                number=f"{place + 1:04}", title=f"第{place + 1}号建议", situation="", category=category,
                publish_consent=True, key=place < 12, state="replied", round=1, result_class=result,
                submitted_at=ASSIGNED, assigned_at=ASSIGNED,
            )  # fmt: skip
            session.add(item)
            session.flush()
            overall = "satisfied" if place < 129 else "basic"
            session.add(
                Feedback(
                    item_id=item.id, round=1, channel="app", scores={}, overall=overall, contact_made="", opinion="",
                    asks_rehandling=False, by="", at=ASSIGNED,
                )
            )  # fmt: skip


def printed(breakdown):
    return {line.code: (line.count, line.share) for line in breakdown.lines}


@pytest.fixture
def jianxi(banli_on_both):
    write_jianxi(banli_on_both)
    return banli_on_both


def test_a_published_year_is_counted_as_it_was_printed(jianxi):
    page = statistics(jianxi, actor_named(jianxi, "sunjie"))
    assert (page.total, page.assigned, page.answered, page.answered_share, page.key) == (133, 133, 133, 1000, 12)
    assert printed(page.categories) == {
        "城建交通": (46, 346), "群众生活": (29, 218), "城市管理": (17, 128), "教科文卫": (16, 120),
        "财政经济": (15, 113), "社区工作": (10, 75),
    }  # fmt: skip
    assert printed(page.classes) == {"A": (82, 617), "B": (30, 226), "C": (21, 158)}
    assert printed(page.ratings) == {"satisfied": (129, 970), "basic": (4, 30)}


def test_shares_that_do_not_add_up_are_left_so(jianxi):
    page = statistics(jianxi, actor_named(jianxi, "wangmin"))
    assert (page.classes.shares, page.classes.even) == (1001, False)
    assert (page.categories.shares, page.categories.even) == (1000, True)


def test_the_committee_of_the_other_body_counts_nothing_of_it(jianxi):
    page = statistics(jianxi, actor_named(jianxi, "fanglan"))
    assert (page.total, page.ratings.total) == (0, 0)


def test_another_year_is_not_counted(jianxi):
    hub = actor_named(jianxi, "wangmin")
    assert statistics(jianxi, hub, StatisticsFilters(year=2018)).total == 0
    assert statistics(jianxi, hub, StatisticsFilters(year=2019, kind="suggestion")).total == 133
    assert list(statistics(jianxi, hub).years) == [2019]


def test_silence_is_told_apart_and_left_out_of_the_ratings(jianxi):
    with jianxi.writing() as session:
        for feedback in session.scalars(select(Feedback).order_by(Feedback.id).limit(3)):
            feedback.overall = "none"
    page = statistics(jianxi, actor_named(jianxi, "sunjie"))
    assert (page.silent, page.silence, page.ratings.total) == (3, "", 130)


@pytest.mark.parametrize(
    ("policy", "counted"), [("satisfied", {"satisfied": 129, "basic": 4}), ("basic", {"satisfied": 126, "basic": 7})]
)
def test_silence_counts_as_the_area_says_and_the_list_behind_the_number_has_as_many(jianxi, policy, counted):
    with jianxi.writing() as session:
        for feedback in session.scalars(select(Feedback).order_by(Feedback.id).limit(3)):
            feedback.overall = "none"
    setting(jianxi, "silence_policy", policy)
    reader = actor_named(jianxi, "sunjie")
    page = statistics(jianxi, reader)
    assert {line.code: line.count for line in page.ratings.lines} == counted
    assert (page.silent, page.silence, page.ratings.total) == (3, policy, 133)
    listed = register(jianxi, reader, RegisterFilters(rating=f"{policy},none"))
    assert listed.total == counted[policy]
    assert register(jianxi, reader, RegisterFilters(rating="any,none")).total == 133


@pytest.mark.parametrize(
    ("part", "whole", "printed_as"), [(82, 133, 617), (1, 3, 333), (2, 3, 667), (1, 8, 125), (1, 16, 63), (0, 0, 0)]
)
def test_a_share_has_one_decimal_half_up(part, whole, printed_as):
    assert tenths(part, whole) == printed_as


def test_a_mean_of_nothing_is_none():
    assert mean_tenths(0, 0) is None
    assert mean_tenths(3, 2) == 15


def unit(banli, code):
    page = statistics(banli, actor_named(banli, "wangmin"))
    return next((line for line in page.units if line.code == code), None)


def test_returns_count_for_the_unit_whose_reply_was_returned(banli, clock):
    play = submitted(banli, clock, Story("zjj", ("cgj",))).until("review")
    play.do("review", returned_for="写得太空")
    play.until("review").do("review", returned_for="还是太空")
    assert unit(banli, "zjj").returns == 2
    assert unit(banli, "cgj").returns == 0
    returned = RegisterFilters(unit="zjj", only="returned")
    assert register(banli, actor_named(banli, "wangmin"), returned).total == 1


def test_days_run_from_assignment_to_issue(banli, clock):
    play = submitted(banli, clock, Story("zjj")).until("sign_in")
    assigned = clock()
    play.until("issue").do("issue")
    line = unit(banli, "zjj")
    assert (line.lead, line.co, line.answered) == (1, 0, 1)
    assert line.days == 10 * (clock() - assigned).days


def test_each_part_is_overdue_by_its_own_date(banli, clock):
    play = submitted(banli, clock, Story("zjj", ("cgj",))).until("consult")
    assert (unit(banli, "zjj").overdue, unit(banli, "cgj").overdue) == (0, 0)
    clock.move(days=200)
    assert (unit(banli, "zjj").overdue, unit(banli, "cgj").overdue) == (1, 1)
    play.do_all("opinion")
    assert (unit(banli, "zjj").overdue, unit(banli, "cgj").overdue) == (1, 0)
    play.until("issue").do("issue")
    assert (unit(banli, "zjj").overdue, unit(banli, "cgj").overdue) == (0, 0)


def test_parts_are_counted_on_both_databases(banli_on_both, clock):
    play = submitted(banli_on_both, clock, Story("zjj", ("cgj",))).until("review")
    play.do("review", returned_for="写得太空")
    clock.move(days=400)
    hub = actor_named(banli_on_both, "wangmin")
    lines = {line.code: line for line in statistics(banli_on_both, hub).units}
    assert (lines["zjj"].lead, lines["zjj"].returns, lines["zjj"].overdue, lines["cgj"].co) == (1, 1, 1, 1)
    for asked in (
        RegisterFilters(unit="zjj", role="lead", only="overdue"), RegisterFilters(unit="zjj", only="returned"),
        RegisterFilters(unit="cgj", role="co"), RegisterFilters(only="met"), RegisterFilters(only="overdue"),
    ):  # fmt: skip
        assert register(banli_on_both, hub, asked).total == 1, asked
