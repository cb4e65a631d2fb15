"""Registered functions, the clock, and values from Python."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.feel import (
    Evaluation,
    FeelFunctionError,
    FeelValueError,
    FunctionLibrary,
    Noted,
    evaluate,
    over_reference,
)


@over_reference
def working_days(reference, start_date, days=1):
    if start_date > date(2027, 1, 1):
        raise FeelFunctionError("The calendar ends with 2026.")
    return Noted(date(2026, 1, int(start_date.day + days)), {"calendar": reference})


LIBRARY = FunctionLibrary({"add working days": working_days, "twice": lambda value: value * 2})


def test_a_registered_function_gets_the_reference_and_leaves_notes():
    context = Evaluation(reference="holidays of 2026")
    value = evaluate("add working days(d, 3)", {"d": date(2026, 1, 5)}, functions=LIBRARY, context=context)
    assert value == date(2026, 1, 8)
    assert context.notes == [{"calendar": "holidays of 2026"}]


@pytest.mark.parametrize(
    "text", ["add working days(start date: d, days: 2)", "add working days(start_date: d, days: 2)"]
)
def test_named_arguments_take_the_names_of_the_python_signature(text):
    assert evaluate(text, {"d": date(2026, 1, 5)}, functions=LIBRARY) == date(2026, 1, 7)


def test_a_function_without_an_answer_gives_null_and_its_message():
    context = Evaluation()
    assert evaluate("add working days(d)", {"d": date(2028, 1, 1)}, functions=LIBRARY, context=context) is None
    assert str(context.warnings[0].message) == "The calendar ends with 2026."


def test_a_wrong_number_of_arguments_is_null_and_not_an_exception():
    assert evaluate("twice()", functions=LIBRARY) is None
    assert evaluate("twice(1, 2)", functions=LIBRARY) is None
    assert evaluate("twice(no: 2)", functions=LIBRARY) is None


def test_the_clock_of_the_evaluation_is_what_now_and_today_say():
    context = Evaluation(clock=lambda: datetime(2026, 7, 1, 9, 30, tzinfo=UTC))
    assert evaluate("now()", context=context) == datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    assert evaluate("today()", context=context) == date(2026, 7, 1)


def test_without_a_clock_it_is_the_time_in_shanghai():
    assert evaluate("now().timezone") == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("value", "text", "result"),
    [
        (3, "v + 1", Decimal(4)),
        (0.1, "v * 3", Decimal("0.3")),
        ((1, 2), "v[2]", Decimal(2)),
        (OrderedDict(a=1), "v.a", Decimal(1)),
        (float("nan"), "v", None),
        pytest.param(10**7000, "v", None, id="an integer of 7000 digits"),
        (Decimal("1e7000"), "v", None),
        (10**40 + 1, "v", Decimal("1e40")),
        (True, "v = true", True),
        ([{"n": 1}], "v[1].n instance of number", True),
    ],
)
def test_values_of_python_become_values_of_feel(value, text, result):
    assert evaluate(text, {"v": value}) == result


def test_a_value_without_counterpart_is_refused_when_it_is_read():
    assert evaluate("1", {"v": object()}) == 1
    with pytest.raises(FeelValueError, match="A variable is a Python object"):
        evaluate("v", {"v": object()})
