"""Names: of several words, in Chinese, with operators in them, and where they are looked up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import Evaluation, FeelSyntaxError, FeelUnsupportedError, compile_expression, evaluate


@pytest.mark.parametrize(
    ("text", "variables", "value"),
    [
        ('承办单位 = "教育局"', {"承办单位": "教育局"}, True),
        ("承办 单位 + 1", {"承办 单位": 1}, Decimal(2)),
        ("Order and Delivery", {"Order and Delivery": 3}, Decimal(3)),
        ("Pre-bureau - 1", {"Pre-bureau": 3}, Decimal(2)),
        ("a-b", {"a": 3, "b": 1}, Decimal(2)),
        ("a-b", {"a": 3, "b": 1, "a-b": 9}, Decimal(9)),
        ("case.办理 期限", {"case": {"办理 期限": 90}}, Decimal(90)),
        ("list.a", {"list": [{"a": 1}, {"a": 2}]}, [Decimal(1), Decimal(2)]),
        ("count", {"count": 5}, Decimal(5)),
        ("count([1, 2])", {"count": 5}, Decimal(2)),
        ("for 条 in [1, 2] return 条 * 2", {}, [Decimal(2), Decimal(4)]),
        ("for some thing in [1, 2] return some thing + 1", {}, [Decimal(2), Decimal(3)]),
        ("{Monthly Payment: 5, twice: Monthly Payment * 2}.twice", {}, Decimal(10)),
        ("[{a: 1, b: 2}, {a: 3, b: 4}][a > limit].b", {"limit": 2}, [Decimal(4)]),
        ("[1, 2, 3][item > 1]", {}, [Decimal(2), Decimal(3)]),
        ("[{item: 1}, {item: 2}][item = 2]", {}, [{"item": Decimal(2)}]),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1)}.f(5)", {}, Decimal(120)),
        ("(for x in [1, 2] return function(y) x + y)[1](10)", {}, Decimal(11)),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", {}, [1, 1, 2, 6, 24]),
        ("// a comment\n1 /* another */ + 1", {}, Decimal(2)),
        ('"\\u4e00\\U01F40E\\n\\d"', {}, "一🐎\n\\d"),
    ],
)
def test_a_name_means_what_is_nearest(text, variables, value):
    assert evaluate(text, variables) == value


def test_an_expression_tells_which_variables_it_reads():
    expression = compile_expression('amount > limit and contains(标题, "教育") and [1][item > x] != null')
    assert expression.names == {"amount", "limit", "标题", "x"}


def test_a_full_width_sign_that_became_a_name_is_pointed_out():
    context = Evaluation()
    assert evaluate("f（1，2）", context=context) is None
    assert str(context.warnings[0].message) == "There is no variable “f（1，2）”; （ is a full-width sign, write (."


def test_python_s_attributes_are_out_of_reach():
    assert evaluate("a.__class__", {"a": "text"}) is None
    assert evaluate("f.__globals__", {"f": evaluate("function() 1")}) is None
    assert evaluate("__import__", {}) is None


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("1 +", "Expected an expression, but the text ends.", 1, 4),
        ("(1", "Expected ), but the text ends.", 1, 3),
        ('a\n  = "x', "The string that begins here is not closed by a quotation mark.", 2, 5),
        ("if a then b", "Expected else, but the text ends.", 1, 12),
        ("1 2", "Expected the end of the expression or an operator, but found 2.", 1, 3),
        ("金额 ＞ 100", "Expected the end of the expression or an operator; ＞ is a full-width sign, write >.", 1, 6),
        ("a = “x”", '“ is a full-width sign; write ".', 1, 5),
        ("a % b", "The character % has no meaning in FEEL.", 1, 3),
    ],
)
def test_a_syntax_error_says_what_was_expected_and_where(text, message, line, column):
    with pytest.raises(FeelSyntaxError) as caught:
        evaluate(text)
    assert (str(caught.value.message), caught.value.line, caught.value.column) == (message, line, column)


def test_an_external_function_is_refused_with_a_reason():
    with pytest.raises(FeelUnsupportedError, match="write the function in FEEL"):
        evaluate('function(a) external {java: {class: "java.lang.Math", method signature: "sqrt(double)"}}')


def test_the_members_of_a_type_name_no_arguments():
    assert evaluate("not(1 instance of context<a: number>)") is True
