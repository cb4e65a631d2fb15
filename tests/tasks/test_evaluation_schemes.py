"""The five kinds of schemes of handbook §5.2 are data: each is read from its file and computed."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.evaluation.facts import CO, PartFacts, Rating
from tasks.evaluation.ranking import group_of
from tasks.evaluation.scheme import Kind, SchemeInvalid, read_scheme
from tasks.evaluation.scoring import compute, result, system_score, with_inputs

FOLDER = Path(__file__).parents[2] / "processes" / "evaluation"
FILES = [FOLDER / "scheme.toml", *sorted((FOLDER / "schemes").glob("*.toml"))]


def content(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def scheme_in(name, **changes):
    return read_scheme({**content(name), **changes})


def good(number, **changes):
    """A lead item on which nothing is wrong."""
    facts = {
        "due_passed": True, "on_time": True, "replied": True, "met": True, "first_class": "A", "result_class": "A",
        "phases": frozenset({"before", "during", "after"}), "proposed": 2, "adopted": 2,
    }  # fmt: skip
    return PartFacts(item_id=number, **{**facts, **changes})


def evaluated(scheme, parts, panel=None, inputs=None, vetoes=()):
    """The result with the panel's scores by indicator."""
    figures = with_inputs(scheme, compute(scheme, parts).figures, inputs or {})
    given = panel or {}
    scores = {
        one.code: given.get(one.code, Decimal(0)) if (found := system_score(scheme, one, figures)) is None else found
        for one in scheme.indicators
        if one.kind is not Kind.GRADE
    }
    return result(scheme, figures, scores, vetoes)


def panel(scheme, points):
    return {one.code: Decimal(points) for one in scheme.indicators if one.by_panel and one.kind is Kind.PANEL}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_scheme_is_read_and_its_weights_make_its_points(path):
    scheme = read_scheme(tomllib.loads(path.read_text(encoding="utf-8")))
    counted = [one.weight for one in scheme.indicators if one.kind in {Kind.COMPUTED, Kind.PANEL}]
    assert sum(counted) == scheme.points
    assert all(one.name and one.standard and one.source for one in scheme.indicators)


def test_additive_full_points_for_work_without_a_fault():
    scheme = scheme_in("scheme.toml")
    found = evaluated(scheme, [good(number) for number in range(1, 4)], panel(scheme, 5))
    assert (found.scores["items"], found.total) == (Decimal("70.0"), Decimal("100.0"))


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, 85),
        ({"on_time": False}, 65),
        ({"phases": frozenset({"before"})}, 75),
        ({"phases": frozenset({"before"}), "head_met": True}, 77),
        ({"returns": 1}, 82),
        ({"returns": 1, "format_returns": 1}, 81),
        ({"result_class": "B"}, 78),
        ({"result_class": "B", "commitments_due": 2, "commitments_kept": 1}, 70),
        ({"result_class": "C", "class_approved": True}, 70),
        ({"result_class": "C"}, 60),
    ],
)
def test_additive_the_score_of_one_item_follows_the_template(facts, points):
    """85 of 100: the rating is no part of an item's score, but only of the unit's mean."""
    assert compute(scheme_in("scheme.toml"), [good(1, **facts)]).items[0].total == points


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"on_time": True, "opinion": True}, 50),
        ({"on_time": False, "opinion": True}, 30),
        ({"on_time": True, "opinion": True, "opinion_redone": True}, 40),
        ({"on_time": False}, 0),
    ],
)
def test_additive_the_score_of_a_co_handled_item(facts, points):
    part = PartFacts(item_id=1, role=CO, due_passed=True, **facts)
    assert compute(scheme_in("scheme.toml"), [part]).items[0].total == points


def test_additive_lead_items_weigh_one_and_co_handled_ones_three_tenths():
    scheme = scheme_in("scheme.toml")
    bad = PartFacts(item_id=9, role=CO, due_passed=True)
    figures = compute(scheme, [good(1), good(2), good(3), bad]).figures
    assert figures["主办得分"].value == 100
    assert figures["会办得分"].value == 0
    assert str(figures["件均分"].shown) == "90.9", "300 points over a load of 3.3"


def test_additive_bonus_is_capped_penalties_are_taken_and_nothing_falls_below_zero():
    scheme = scheme_in("scheme.toml")
    converted = [good(number, first_class="B") for number in range(1, 21)]
    found = evaluated(scheme, converted, {**panel(scheme, 5), "praise": Decimal(3), "bulletin": Decimal(2)})
    assert (found.bonus, found.penalty, found.total) == (Decimal("5.0"), Decimal(2), Decimal("103.0"))
    late = [good(number, on_time=False) for number in range(1, 61)]
    assert evaluated(scheme, late).total == 0


def test_additive_a_rating_after_re_handling_brings_eight_points_at_most():
    scheme = scheme_in("scheme.toml")
    rated = [good(number, rating=Rating("dissatisfied", last="satisfied")) for number in range(1, 7)]
    assert compute(scheme, rated).figures["评价均分"].value == 8


def test_deduction_points_fall_to_zero_and_no_lower():
    scheme = scheme_in("schemes/deduction.toml")
    late = [good(number, on_time=False, met=number > 2) for number in range(1, 11)]
    found = evaluated(scheme, late)
    assert found.scores["time"] == 0, "ten late items would take 1.0 of 0.4"
    assert found.scores["quality"] == Decimal("0.40"), "meeting rate 80 %: 20 points at 0.01"
    few = evaluated(scheme, [good(1, on_time=False), good(2)], {"rules": Decimal("0.4"), "rest": Decimal("0.2")})
    assert few.total == Decimal("0.4") + Decimal("0.3") + Decimal("0.6") + Decimal("0.4") + Decimal("0.2")


def test_deduction_each_return_costs():
    scheme = scheme_in("schemes/deduction.toml")
    assert evaluated(scheme, [good(1, returns=3)]).penalty == Decimal("0.30")


RATED = [Rating("satisfied")] * 6 + [Rating("basic")] * 4


@pytest.mark.parametrize(
    ("facts", "ratings", "grade"),
    [
        ({}, [Rating("satisfied")] * 10, "良好"),
        ({"on_time": False}, [Rating("satisfied")] * 10, "不合格"),
        ({"met": False}, [Rating("satisfied")] * 10, "不合格"),
        ({}, RATED, "良好"),
        ({}, [*RATED, Rating("dissatisfied"), Rating("dissatisfied")], "不合格"),
    ],
)
def test_grades_any_failure_fails_and_two_good_ones_are_good(facts, ratings, grade):
    scheme = scheme_in("schemes/grades.toml")
    parts = [good(number, rating=rating, **facts) for number, rating in enumerate(ratings, start=1)]
    assert evaluated(scheme, parts).grade == grade


def test_grades_only_passes_when_but_one_is_good():
    scheme = scheme_in("schemes/grades.toml")
    parts = [good(number, rating=rating, met=number > 1) for number, rating in enumerate(RATED, start=1)]
    assert evaluated(scheme, parts).grade == "合格"


def deputies(number, contact, reply, effect, follow_up):
    scores = {"contact": contact, "reply": reply, "effect": effect, "follow_up": follow_up}
    return good(number, rating=Rating("satisfied", {name: str(value) for name, value in scores.items()}))


def test_deputies_score_each_item_and_the_unit_gets_the_mean():
    scheme = scheme_in("schemes/deputies.toml")
    parts = [deputies(number, 8, 27, 45, 10) for number in range(1, 8)]
    found = compute(scheme, parts)
    assert evaluated(scheme, parts).total == Decimal("90.0")
    assert all(score.points == {} for score in found.items), "no item's own score is kept"


def test_a_third_partys_column_stands_beside_computer_and_panel():
    scheme = scheme_in("schemes/third-party.toml")
    inputs = {"第三方质量分": Decimal("89.5"), "第三方态度率": Decimal("98.8")}
    found = evaluated(scheme, [good(1), good(2)], {"organisation": Decimal(18)}, inputs)
    assert found.scores["third_quality"] == Decimal("26.9"), "26.85 goes up"
    assert found.total == Decimal("40.0") + 18 + Decimal("26.9") + Decimal("9.9")


def test_without_its_report_the_third_partys_column_is_zero():
    scheme = scheme_in("schemes/third-party.toml")
    assert evaluated(scheme, [good(1)]).scores["third_quality"] == 0


def test_towns_are_a_group_and_bureaus_are_parted_by_ten_items():
    scheme = scheme_in("scheme.toml")
    many, few = (compute(scheme, [good(one) for one in range(count)]).figures for count in (10, 9))
    assert group_of(scheme, "zjj", "云岭县住房和城乡建设局", many) == "many"
    assert group_of(scheme, "cgj", "云岭县城市管理局", few) == "few"
    assert group_of(scheme, "slz", "石林镇人民政府", few) == "towns"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"least_rated": 3}, "5"),
        ({"total": "基本分 + 运气"}, "运气"),
        ({"total": "基本分 +"}, "total"),
        ({"points": "many"}, "cannot be read"),
        ({"part": []}, "办件得分"),
    ],
)
def test_a_scheme_that_could_not_be_computed_is_refused_when_it_is_taken_in(changes, words):
    with pytest.raises(SchemeInvalid, match=words):
        scheme_in("scheme.toml", **changes)


def test_an_indicator_that_is_there_twice_is_refused():
    raw = content("scheme.toml")
    with pytest.raises(SchemeInvalid, match="items"):
        read_scheme({**raw, "indicator": [*raw["indicator"], raw["indicator"][0]]})
