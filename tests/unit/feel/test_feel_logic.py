"""Logic, comparison and tests with three outcomes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Evaluation, evaluate, unary_test

TRUTHS = {"true": True, "false": False, "null": None}
truth = st.sampled_from(list(TRUTHS))
numbers = st.integers(min_value=-20, max_value=20)


def _and(a, b):
    if a is False or b is False:
        return False
    return True if a is True and b is True else None


@given(truth, truth)
def test_and_and_or_follow_the_truth_tables(a, b):
    expected = _and(TRUTHS[a], TRUTHS[b])
    assert evaluate(f"{a} and {b}") is expected
    assert evaluate(f"{a} or {b}") is evaluate(f"not(not({a}) and not({b}))")


@given(numbers, numbers, numbers, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]))
def test_a_unary_comparison_agrees_with_its_expression(value, bound, other, operator):
    assert unary_test(f"{operator} {bound}", value) is evaluate(f"{value} {operator} {bound}")
    assert unary_test(f"{operator} {bound}, {other}", value) is evaluate(
        f"{value} {operator} {bound} or {value} = {other}"
    )
    assert unary_test(f"not({operator} {bound})", value) is evaluate(f"not({value} {operator} {bound})")


@given(numbers, numbers, numbers, st.sampled_from("[]("), st.sampled_from("[])"))
def test_a_unary_interval_agrees_with_its_expression(value, low, high, opening, closing):
    interval = f"{opening}{low}..{high}{closing}"
    assert unary_test(interval, value) is evaluate(f"{value} in {interval}")
    assert unary_test("? in r", value, {"r": evaluate(interval)}) is evaluate(f"{value} in {interval}")


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("-", None, True),
        ("null", None, True),
        ("not(null)", 5, True),
        ("not(null)", None, False),
        ("< 5", None, False),
        ("not(< 5)", None, False),
        ("true", False, False),
        ("false", False, True),
        ("true", None, False),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "b", False),
        ("[1, 2, 3]", 2, True),
        ("[[1..3], 7]", 2, True),
        ('starts with(?, "提案")', "提案第一号", True),
        ("? > 1 and ? < 3", 2, True),
        ("odd(?)", 3, True),
        ("limit + 1", 6, True),
        ('"一般"', "一般", True),
        ("> limit", 4, False),
    ],
)
def test_a_cell_passes_only_if_it_is_certainly_true(tests, value, passes):
    assert unary_test(tests, value, {"limit": 5}) is passes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null = null", True),
        ("null != 1", True),
        ('1 = "1"', None),
        ("1 < null", None),
        ('"a" < "b"', True),
        ("true < false", None),
        ("[1, [2]] = [1, [2]]", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ('@"2026-01-01" = @"2026-01-01T00:00:00"', None),
        ('@"10:00:00Z" = @"18:00:00+08:00"', True),
        ('@"2026-01-01T08:00:00@Asia/Shanghai" = @"2026-01-01T00:00:00Z"', True),
        ('@"2026-01-01T08:00:00" = @"2026-01-01T08:00:00Z"', False),
        ('@"2026-01-01T08:00:00" < @"2026-01-01T08:00:00Z"', None),
        ("1 in (2, > 3, [0..1])", True),
        ("5 between 1 and 10", True),
        ("20 between null and 10", False),
        ("if null then 1 else 2", Decimal(2)),
        ("some x in [1, null] satisfies x = 1", True),
        ("every x in [1, null] satisfies x > 0", None),
        ("some x in [] satisfies true", False),
        ("null instance of number", False),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("{} instance of context<a: number>", False),
        ('@"P1D" instance of days and time duration', True),
        ("[1..2] instance of range<number>", True),
        ("(function(a: number) a) instance of function<number> -> Any", True),
    ],
)
def test_comparison_by_example(text, value):
    assert evaluate(text) == value


def test_an_undefined_part_leaves_a_warning_with_its_place():
    context = Evaluation()
    assert evaluate('1 +\n  "a"', context=context) is None
    assert [(each.line, each.column) for each in context.warnings] == [(1, 3)]
    assert str(context.warnings[0].message) == "number + string has no meaning."
