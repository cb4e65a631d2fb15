"""Decision tables: hit policies, aggregators, defaults, and rules that match only for certain."""

from __future__ import annotations

from decimal import Decimal

import pytest
from dmn_models import table_model

from engine.feel import Evaluation

LEVELS = [(["> 10"], ['"high"']), (["> 5"], ['"middle"']), (["-"], ['"low"'])]
ORDER = ("level", '"low", "middle", "high"')


def decide(policy, value, *, outputs=("level",), rules=LEVELS, aggregation=None, context=None):
    model = table_model(["x"], list(outputs), rules, policy=policy, aggregation=aggregation)
    return model.decide("result", {"x": value}, context=context)


@pytest.mark.parametrize(
    ("policy", "outputs", "value", "result"),
    [
        ("FIRST", ["level"], 20, "high"),
        ("RULE ORDER", ["level"], 20, ["high", "middle", "low"]),
        ("COLLECT", ["level"], 7, ["middle", "low"]),
        ("PRIORITY", [ORDER], 20, "low"),
        ("OUTPUT ORDER", [ORDER], 20, ["low", "middle", "high"]),
        ("UNIQUE", ["level"], 1, "low"),
        ("UNIQUE", ["level"], 20, None),
        ("ANY", ["level"], 20, None),
        ("ANY", ["level"], 1, "low"),
    ],
)
def test_each_hit_policy_makes_its_own_of_the_matching_rules(policy, outputs, value, result):
    assert decide(policy, value, outputs=outputs) == result


@pytest.mark.parametrize(("aggregation", "result"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)])
def test_collect_aggregates(aggregation, result):
    rules = [(["-"], [str(number)]) for number in (3, 1, 2)]
    assert decide("COLLECT", 0, rules=rules, aggregation=aggregation) == Decimal(result)


def test_several_outputs_are_a_context():
    model = table_model(["x"], ["a", "b"], [(["1"], ["x + 1", '"one"'])])
    assert model.decide("result", {"x": 1}) == {"a": Decimal(2), "b": "one"}


def test_where_no_rule_matches_the_default_stands():
    model = table_model(["x"], [("a", None, '"other"')], [(["1"], ['"one"'])])
    assert model.decide("result", {"x": 2}) == "other"


def test_without_a_default_nothing_is_null():
    assert decide("UNIQUE", 2, rules=[(["1"], ['"one"'])]) is None


@pytest.mark.parametrize("cell", ["< 5", "not(< 5)", '"a"', "[1..3]", "? > 1"])
def test_an_unknown_input_matches_no_test(cell):
    assert decide("FIRST", None, rules=[([cell], ['"match"'])]) is None


def test_unknown_matches_a_cell_that_takes_anything_or_asks_for_null():
    assert decide("FIRST", None, rules=[(["null"], ['"none"'])]) == "none"
    assert decide("FIRST", None, rules=[(["-"], ['"any"'])]) == "any"
    assert decide("FIRST", None, rules=[(["not(5)"], ['"not five"'])]) == "not five"


def test_a_value_that_is_not_allowed_gives_null_and_says_so():
    model = table_model([("x", "string", '"a", "b"')], ["r"], [(["-"], ['"ok"'])])
    context = Evaluation()
    assert model.decide("result", {"x": "c"}, context=context) is None
    assert "not among the allowed ones" in str(context.warnings[0])


def test_two_rules_at_once_under_unique_are_named_in_the_warning():
    context = Evaluation()
    decide("UNIQUE", 20, context=context)
    assert "The rules 1, 2, 3 match at once" in str(context.warnings[0])


def test_the_explanation_tells_inputs_rules_and_outputs():
    model = table_model(["x"], ["level"], LEVELS, policy="FIRST")
    outcome = model.evaluate("result", {"x": 7})
    assert outcome.value == "middle"
    assert outcome.explanation["decision"] == "result"
    assert outcome.explanation["inputs"] == [{"expression": "x", "label": "x", "value": 7}]
    assert outcome.explanation["rules"] == [{"index": 2, "id": "rule2", "annotation": "note 2"}]
    assert outcome.explanation["outputs"] == ["middle"]
