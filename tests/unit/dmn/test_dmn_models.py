"""Requirements, functions, services, imports, boxed expressions and types."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from dmn_models import decision, definitions, input_data, literal, model_of

from engine.dmn import DmnError, load_model
from engine.feel import Evaluation, FunctionLibrary

TWICE = (
    '<businessKnowledgeModel id="twice" name="twice"><variable name="twice"/><encapsulatedLogic>'
    '<formalParameter name="n" typeRef="number"/>' + literal("n * 2") + "</encapsulatedLogic></businessKnowledgeModel>"
)


def boxed(logic, inputs=None):
    model = model_of(input_data("x"), decision("result", logic, requires=[("Input", "x")]))
    return model.decide("result", {"x": 3} if inputs is None else inputs)


def test_a_decision_stands_on_inputs_decisions_and_functions():
    model = model_of(
        input_data("x", "number"),
        TWICE,
        decision("middle", literal("twice(x)"), requires=[("Input", "x")], knowledge=["twice"]),
        decision("top", literal("middle + x"), requires=[("Decision", "middle"), ("Input", "x")]),
    )
    outcome = model.evaluate("top", {"x": 3})
    assert outcome.value == Decimal(9)
    assert [each["decision"] for each in outcome.explanation["required"]] == ["middle"]
    assert json.dumps(outcome.explanation)
    assert model.decisions[1].inputs == ("x",)


def test_a_function_may_call_itself():
    logic = literal("if n <= 1 then 1 else n * fact(n - 1)")
    fact = (
        '<businessKnowledgeModel id="fact" name="fact"><encapsulatedLogic><formalParameter name="n"/>'
        f"{logic}</encapsulatedLogic></businessKnowledgeModel>"
    )
    assert model_of(fact, decision("result", literal("fact(5)"), knowledge=["fact"])).decide("result", {}) == 120


def test_decisions_that_require_one_another_are_null_and_not_endless():
    model = model_of(
        decision("a", literal("b"), requires=[("Decision", "b")]),
        decision("b", literal("a"), requires=[("Decision", "a")]),
    )
    assert model.decide("a", {}) is None


@pytest.mark.parametrize(
    ("logic", "result"),
    [
        ("<list>" + literal("x") + literal("x + 1") + "</list>", [3, 4]),
        (
            '<relation><column name="a"/><column name="b"/><row>' + literal("1") + literal("x") + "</row></relation>",
            [{"a": 1, "b": 3}],
        ),
        (
            '<context><contextEntry><variable name="a"/>' + literal("x * 2") + "</contextEntry>"
            '<contextEntry><variable name="b c"/>' + literal("a + 1") + "</contextEntry></context>",
            {"a": 6, "b c": 7},
        ),
        (
            '<context><contextEntry><variable name="a b"/>' + literal("x * 2") + "</contextEntry>"
            "<contextEntry>" + literal("a b + 1") + "</contextEntry></context>",
            7,
        ),
        (
            "<conditional><if>"
            + literal("x > 2")
            + "</if><then>"
            + literal('"yes"')
            + "</then><else>"
            + literal('"no"')
            + "</else></conditional>",
            "yes",
        ),
        ("<filter><in>" + literal("[1, 5]") + "</in><match>" + literal("item > x") + "</match></filter>", [5]),
        (
            '<for iteratorVariable="i"><in>' + literal("1..x") + "</in><return>" + literal("i * x") + "</return></for>",
            None,
        ),
        (
            '<for iteratorVariable="i"><in>'
            + literal("[1..x]")
            + "</in><return>"
            + literal("i * x")
            + "</return></for>",
            [3, 6, 9],
        ),
        (
            '<some iteratorVariable="i"><in>'
            + literal("[1, 5]")
            + "</in><satisfies>"
            + literal("i > x")
            + "</satisfies></some>",
            True,
        ),
        (
            '<every iteratorVariable="i"><in>'
            + literal("[1, 5]")
            + "</in><satisfies>"
            + literal("i > x")
            + "</satisfies></every>",
            False,
        ),
        (
            "<invocation>"
            + literal("function(n) n + 1")
            + '<binding><parameter name="n"/>'
            + literal("x")
            + "</binding></invocation>",
            4,
        ),
    ],
)
def test_every_boxed_expression(logic, result):
    assert boxed(logic) == result


def test_a_service_is_a_function_of_its_borders():
    service = (
        '<decisionService id="service" name="service"><variable name="service"/><outputDecision href="#top"/>'
        '<inputDecision href="#middle"/><inputData href="#x"/></decisionService>'
    )
    model = model_of(
        input_data("x"),
        decision("middle", literal("x * 100"), requires=[("Input", "x")]),
        decision("top", literal("middle + x"), requires=[("Decision", "middle"), ("Input", "x")]),
        service,
        decision("caller", literal("service(1, 2)"), knowledge=["service"]),
    )
    assert model.decide("caller", {}) == Decimal(3)
    outcome = model.evaluate("service", {"x": 1, "middle": 5})
    assert outcome.value == Decimal(6)
    assert [each["decision"] for each in outcome.explanation["required"]] == ["top"]


def test_an_imported_model_is_known_by_its_name_here():
    library = definitions(
        input_data("x") + TWICE + decision("base", literal("x + 1"), requires=[("Input", "x")]), namespace="urn:library"
    ).encode()
    top = definitions(
        '<import name="lib" namespace="urn:library" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        + decision(
            "result",
            literal("lib.twice(lib.base)"),
            requires=[("Decision", "urn:library#base")],
            knowledge=["urn:library#twice"],
        )
    ).encode()
    model = load_model(top, imports=[library])
    assert model.decide("result", {"lib.x": 4}) == Decimal(10)
    assert model.decide("result", {"lib": {"x": 4}}) == Decimal(10)
    assert model.decide("lib.base", {"lib.x": 4}) == Decimal(5)
    assert model.check() == []
    with pytest.raises(DmnError, match="which was not given"):
        load_model(top)


def test_values_are_converted_to_their_types_or_null():
    types = (
        '<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text></allowedValues>'
        '</itemDefinition><itemDefinition name="tList" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    )
    model = model_of(
        types,
        input_data("level", "tLevel"),
        input_data("list", "tList"),
        decision("result", literal("[level, list]"), requires=[("Input", "level"), ("Input", "list")]),
    )
    assert model.decide("result", {"level": "a", "list": 1}) == ["a", [1]]
    assert model.decide("result", {"level": "c", "list": ["x"]}) == [None, None]


@pytest.mark.parametrize(
    "xmlns",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
    ],
)
def test_older_versions_are_read_too(xmlns):
    body = input_data("x", "feel:number") + decision("result", literal("x + 1"), requires=[("Input", "x")])
    assert model_of(body, xmlns=xmlns).decide("result", {"x": 1}) == Decimal(2)


def test_functions_of_the_application_are_known_in_every_expression():
    library = FunctionLibrary({"add days": lambda day, n: date(day.year, day.month, day.day + int(n))})
    source = definitions(decision("result", literal('add days(@"2026-01-01", 4)'))).encode()
    assert load_model(source, functions=library).decide("result", {}) == date(2026, 1, 5)


def test_a_text_that_is_no_feel_is_null_with_a_warning_and_a_problem():
    model = model_of(decision("result", literal("1 +")))
    context = Evaluation()
    assert model.decide("result", {}, context=context) is None
    assert "Expected an expression" in str(context.warnings[0])
    assert [(each.rule, each.severity) for each in model.check()] == [("dmn-feel-syntax", "error")]


def test_an_unknown_decision_is_answered_with_those_there_are():
    with pytest.raises(DmnError, match="it has result"):
        model_of(decision("result", literal("1"))).decide("other", {})
