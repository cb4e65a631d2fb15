"""What is found before a model is deployed, with inputs that show it."""

from __future__ import annotations

import pytest
from dmn_models import decision, input_data, literal, model_of, table, table_model

from engine.dmn import load_model


def problems(model, rule):
    return [str(each.message) for each in model.check() if each.rule == rule]


def test_a_complete_table_without_overlap_has_no_problems():
    model = table_model([("x", "number")], ["r"], [(["< 5"], ["1"]), (["[5..10]"], ["2"]), (["> 10"], ["3"])])
    assert model.check() == []


def test_overlapping_rules_are_shown_with_an_input():
    model = table_model(
        ["x", "y"], ["r"], [(["<= 5", "-"], ["1"]), ([">= 5", '"a"'], ["2"]), (["> 5", 'not("a")'], ["3"])]
    )
    assert problems(model, "dmn-overlap") == [
        'The rules 1 and 2 match at once, for example at x = 5, y = "a", but the hit policy is Unique.'
    ]


def test_under_any_only_different_results_overlap():
    same = [(["> 1"], ["1"]), (["> 2"], ["1"]), (["<= 1"], ["2"])]
    assert problems(table_model(["x"], ["r"], same, policy="ANY"), "dmn-overlap") == []
    different = [(["> 1"], ["1"]), (["> 2"], ["3"]), (["<= 1"], ["2"])]
    assert len(problems(table_model(["x"], ["r"], different, policy="ANY"), "dmn-overlap")) == 1


@pytest.mark.parametrize(
    ("rules", "example"),
    [
        ([(["< 5"], ["1"]), (["> 5"], ["2"])], "x = 5"),
        ([(["< 5"], ["1"]), ([">= 6"], ["2"])], "x = 5"),
        ([(['"a"'], ["1"]), (['"b"'], ["2"])], 'x = ""'),
        ([(["true"], ["1"])], "x = false"),
        ([(['< date("2026-03-01")'], ["1"])], 'x = @"2026-03-01"'),
    ],
)
def test_a_gap_is_shown_with_an_input(rules, example):
    assert problems(table_model(["x"], ["r"], rules), "dmn-gap") == [
        f"No rule matches at {example}: the result is null there."
    ]


def test_allowed_values_and_defaults_close_gaps():
    rules = [(['"a"'], ["1"]), (['"b"'], ["2"])]
    assert problems(table_model([("x", "string", '"a", "b"')], ["r"], rules), "dmn-gap") == []
    assert problems(table_model(["x"], [("r", None, "0")], rules), "dmn-gap") == []


def test_a_cell_that_depends_on_a_variable_is_given_the_benefit_of_the_doubt():
    model = table_model(["x", "limit"], ["r"], [(["< limit", "-"], ["1"]), ([">= limit", "-"], ["2"])])
    assert model.check() == []


def test_rules_that_never_decide_are_named():
    first = table_model(["x"], ["r"], [(["> 1"], ["1"]), (["<= 1"], ["2"]), (["[3..4]"], ["3"])], policy="FIRST")
    assert problems(first, "dmn-unreachable") == ["Rule 3 is never reached: the rules before it match first."]
    empty = table_model(["x"], ["r"], [(["[5..1]"], ["1"]), (["-"], ["2"])], policy="FIRST")
    assert "no value passes “[5..1]” in the column “x”" in problems(empty, "dmn-unreachable")[0]


def test_priority_needs_an_order_of_its_outputs():
    rules = [(["> 1"], ['"a"']), (["> 2"], ['"b"'])]
    assert (
        'nothing says whether “"a"” of rule 1 or “"b"” of rule 2'
        in problems(table_model(["x"], ["r"], rules, policy="PRIORITY"), "dmn-priority-order")[0]
    )
    assert problems(table_model(["x"], [("r", '"b", "a"')], rules, policy="PRIORITY"), "dmn-priority-order") == []


def test_a_cell_of_another_kind_than_its_column_is_named():
    model = table_model([("x", "number")], ["r"], [(['"five"'], ["1"]), (["-"], ["2"])], policy="FIRST")
    assert problems(model, "dmn-type-mismatch") == [
        'Rule 1: “"five"” in the column “x” is a string, but the column holds a number.'
    ]


def test_an_unknown_name_is_found_and_a_close_one_offered():
    model = model_of(input_data("承办单位"), decision("r", literal("承办单位一"), requires=[("Input", "承办单位")]))
    assert "did you mean “承办单位”?" in problems(model, "dmn-unknown-name")[0]


def test_an_input_that_is_not_required_is_an_unknown_name():
    model = model_of(input_data("x"), decision("r", table(["x"], ["out"], [(["-"], ["1"])])))
    assert len(problems(model, "dmn-unknown-name")) == 1


def test_unknown_types_references_policies_and_languages_are_errors():
    body = [
        decision("a", literal("1"), type_ref="tNothing"),
        decision("b", literal("1"), requires=[("Input", "nowhere")]),
        decision("c", table([], ["out"], [], policy="WHATEVER")),
        decision("d", '<literalExpression expressionLanguage="python"><text>1</text></literalExpression>'),
        decision("e", '<functionDefinition kind="Java"/>'),
    ]
    rules = {each.rule for each in model_of(*body).check() if each.severity == "error"}
    assert rules == {"dmn-unknown-type", "dmn-reference", "dmn-hit-policy", "dmn-language", "dmn-function-kind"}


def test_every_rule_must_be_as_wide_as_the_table():
    source = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">
      <decision id="d" name="d"><decisionTable><output/><rule id="r"/></decisionTable></decision></definitions>"""
    assert [each.rule for each in load_model(source).check()] == ["dmn-table-shape"]


def test_a_full_width_sign_in_a_name_is_pointed_out():
    model = model_of(input_data("金额"), decision("r", literal("金额＞限额"), requires=[("Input", "金额")]))
    assert "＞ is a full-width sign, write >" in problems(model, "dmn-unknown-name")[0]
