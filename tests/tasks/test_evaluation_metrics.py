"""Every metric of handbook §5.3 on parts made by hand, each with its denominator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tasks.evaluation.facts import CO, LEAD, SEPARATE, PartFacts, Rating
from tasks.evaluation.metrics import figures_of
from tasks.evaluation.ranking import Candidate, ranked
from tasks.evaluation.scheme import Group, Scheme
from tasks.statistics.queries import most_returned_first
from tasks.statistics.views import UnitLine

SATISFIED, BASIC, DISSATISFIED = Rating("satisfied"), Rating("basic"), Rating("dissatisfied")


def parts(count, **facts):
    """So many parts alike, numbered on from 1."""
    return [PartFacts(item_id=number, **facts) for number in range(1, count + 1)]


def figure(code, *groups, **choices):
    found = [part for group in groups for part in group]
    numbered = [PartFacts(**{**_fields(part), "item_id": number}) for number, part in enumerate(found, start=1)]
    return figures_of(numbered, **choices)[code]


def _fields(part):
    return {name: getattr(part, name) for name in PartFacts.__slots__}


def fraction(found):
    return found.over, found.under


def test_the_return_ratio_is_the_one_of_yichang_and_may_exceed_one():
    returned = figure("退办比例", parts(1, returns=7), parts(6), parts(14, role=CO))
    assert fraction(returned) == (7, 21)
    assert str(returned.shown) == "33.3"
    assert fraction(figure("退办比例", parts(2, returns=2))) == (4, 2)


def test_seven_of_twenty_one_stand_before_four_of_twelve_by_the_larger_count():
    def unit(name, returns, items):
        return UnitLine(name, name, lead=items, co=0, answered=0, overdue=0, returns=returns, days=None)

    lines = [unit("丙局", 4, 14), unit("乙局", 4, 12), unit("甲局", 7, 21), unit("丁局", 0, 30)]
    assert [line.name for line in most_returned_first(lines)] == ["甲局", "乙局", "丙局", "丁局"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("主办件数", 3), ("会办件数", 2), ("分办件数", 1), ("应答复件数", 4), ("办件数", 6)],
)
def test_items_are_counted_by_role(code, expected):
    found = figure(code, parts(3, role=LEAD), parts(2, role=CO), parts(1, role=SEPARATE))
    assert found.value == expected
    assert len(found.counted) == expected


def test_the_load_weighs_co_handled_items_less():
    assert figure("办件量", parts(3), parts(2, role=CO)).value == Decimal("3.6")
    assert figure("办件量", parts(3), parts(2, role=CO), co_weight=Decimal("0.5")).value == 4


def test_the_reply_rate_is_taken_over_lead_and_separate_items_only():
    assert fraction(figure("答复率", parts(3, replied=True), parts(1, role=SEPARATE), parts(5, role=CO))) == (3, 4)


def test_completion_has_two_meanings_and_the_scheme_chooses():
    made = (parts(116, replied=True, result_class="A"), parts(38, replied=True, result_class="B"))
    assert str(figure("办结率", *made, completion="solved").shown) == "75.3"
    assert str(figure("办结率", *made, completion="replied").shown) == "100.0"


def test_the_meeting_rate_counts_items_with_a_talk_face_to_face():
    assert fraction(figure("面商率", parts(2, met=True), parts(1), parts(4, role=CO, met=True))) == (2, 3)


def test_the_on_time_rate_looks_at_items_that_fell_due():
    found = figure("按时办结率", parts(3, on_time=True, due_passed=True), parts(1, due_passed=True), parts(5))
    assert fraction(found) == (3, 4)
    assert figure("按时办结率", parts(5)).value is None, "nothing was due: there is no rate, and not 0"


def test_opinions_on_time_are_counted_over_co_handled_items():
    found = figure("会办按时率", parts(1, role=CO, on_time=True, due_passed=True), parts(1, role=CO, due_passed=True))
    assert fraction(found) == (1, 2)


def test_what_is_late_is_what_fell_due_and_did_not_come_in_time():
    assert figure("逾期件数", parts(2, due_passed=True), parts(1, due_passed=True, on_time=True), parts(4)).value == 2


def test_solved_and_solved_or_planned():
    made = (parts(82, result_class="A"), parts(30, result_class="B"), parts(21, result_class="C"))
    assert str(figure("解决率", *made).shown) == "61.7"
    assert str(figure("解决采纳率", *made).shown) == "84.2"


def test_satisfaction_is_strict_and_over_those_who_rated():
    made = (parts(129, rating=SATISFIED), parts(4, rating=BASIC), parts(7))
    assert str(figure("满意率", *made).shown) == "97.0"
    assert str(figure("满意和基本满意率", *made).shown) == "100.0"
    assert fraction(figure("满意率", *made, satisfaction_base="all")) == (129, 140)


def test_the_basic_rate_of_a_first_round():
    assert str(figure("基本满意率", parts(86, rating=SATISFIED), parts(7, rating=BASIC)).shown) == "7.5"


def test_figures_on_ratings_name_no_items():
    found = figure("满意率", parts(6, rating=SATISFIED))
    assert (found.rated, list(found.counted), list(found.among)) == (True, [], [])


def test_adoption_is_counted_in_measures_and_not_in_items():
    assert fraction(figure("采纳率", parts(1, proposed=3, adopted=2), parts(1, proposed=1))) == (2, 4)


def test_conversion_compares_the_first_reply_with_now():
    made = (parts(1, first_class="B", result_class="A"), parts(2, first_class="B", result_class="B"),
            parts(4, first_class="A", result_class="A"))  # fmt: skip
    assert fraction(figure("转化率", *made)) == (1, 3)
    assert figure("转化件数", *made).value == 1


def test_fulfilment_is_counted_in_commitments_that_fell_due():
    assert fraction(figure("承诺兑现率", parts(1, commitments_due=3, commitments_kept=2), parts(1))) == (2, 3)


def test_publication_is_taken_over_what_may_be_published():
    made = (parts(2, publishable=True, published=True), parts(1, publishable=True), parts(3))
    assert fraction(figure("公开率", *made)) == (2, 3)


def test_objections_and_those_upheld():
    made = (parts(1, objections=2, upheld=1), parts(3))
    assert fraction(figure("退件率", *made)) == (2, 4)
    assert fraction(figure("退件支持率", *made)) == (1, 2)


def test_average_days_leave_out_what_is_not_answered():
    assert str(figure("平均办理时长", parts(1, days=71), parts(1, days=66), parts(2)).shown) == "68.5"


def test_relapses_are_taken_over_what_was_looked_back_on():
    looked_back = (parts(1, confirmed=True, reopened=True), parts(3, confirmed=True))
    assert fraction(figure("反复率", *looked_back, parts(9))) == (1, 4)


def test_the_share_of_items_with_several_units():
    assert str(figure("涉及多部门占比", parts(75, several=True), parts(25)).shown) == "75.0"


def test_rounding_is_half_up_to_one_decimal():
    assert str(figure("面商率", parts(1, met=True), parts(15)).shown) == "6.3", "6.25 goes up"
    assert str(figure("面商率", parts(129, met=True), parts(4)).shown) == "97.0"


def test_a_figure_says_its_formula_and_its_source():
    for found in figures_of(parts(3)).values():
        assert found.formula, found.code
        assert found.source, found.code


ONE = Scheme(
    "s", "办法", "办法", Decimal(100), "", groups=(Group("all", "全部", "true", Decimal("0.3"), Decimal("0.5")),)
)  # fmt: skip


def place(code, total="90.0", **facts):
    return Candidate(code, "all", Decimal(total), "优秀", **{name: Decimal(value) for name, value in facts.items()})


def order(*candidates):
    return [code for code, _ in sorted(ranked(ONE, candidates).items(), key=lambda pair: pair[1].rank)]


def test_equal_totals_go_by_overdue_then_returns_then_load_then_code():
    assert order(place("b", overdue=1), place("a", overdue=2)) == ["b", "a"]
    assert order(place("b", overdue=1, return_ratio=10), place("a", overdue=1, return_ratio=20)) == ["b", "a"]
    assert order(place("b", return_ratio=10, load=9), place("a", return_ratio=10, load=8)) == ["b", "a"]
    assert order(place("b", load=9), place("a", load=9)) == ["a", "b"]


def test_a_tie_says_by_which_rule_it_was_broken():
    found = ranked(ONE, [place("a", "91.0"), place("b", overdue=0), place("c", overdue=1), place("d", overdue=1)])
    assert {code: one.tie for code, one in found.items()} == {"a": "", "b": "", "c": "逾期件数", "d": "单位代码"}


def test_the_quota_limits_the_excellent_and_the_good():
    found = ranked(ONE, [place(code, total) for code, total in zip("abcdefg", range(99, 92, -1), strict=True)])
    assert [found[code].grade for code in "abcdefg"] == ["优秀", "优秀", "良好", "良好", "良好", "良好", "合格"]


def test_groups_are_ranked_by_themselves():
    groups = (Group("many", "", "true", Decimal(1), Decimal(9)), Group("few", "", "true", Decimal(1), Decimal(9)))
    scheme = Scheme("s", "", "", Decimal(100), "", groups=groups)
    found = ranked(
        scheme,
        [Candidate("a", "many", Decimal(90), "优秀"), Candidate("b", "few", Decimal(80), "优秀"),
         Candidate("c", "few", Decimal(85), "优秀")],
    )  # fmt: skip
    assert {code: one.rank for code, one in found.items()} == {"a": 1, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("silence", "told"),
    [
        ("", "收到评价件数"),
        ("satisfied", "评价件数（逾期未评价的按满意计）"),
        ("basic", "评价件数（逾期未评价的按基本满意计）"),
    ],
)
def test_a_formula_says_how_replies_count_that_nobody_rated_in_time(silence, told):
    rated = parts(3, role=LEAD, rating=SATISFIED)
    assert figure("满意率", rated, silence=silence).formula == f"首轮评价满意件数÷{told}"
    assert figure("评价件数", rated, silence=silence).formula.startswith(f"{told} f")
