"""Forms: read once from their schema, validated by the same declaration."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import orjson
import pytest

from tasks.forms.schema import FormRefused, read_form
from tasks.forms.service import hidden, validate, visible
from tasks.forms.views import Option

UNITS = [Option("zjj", "住建局"), Option("cgj", "城管局")]


def form(*components):
    return read_form(orjson.dumps({"id": "f", "components": list(components)}))


def errors(schema, submitted, options=None):
    return {error.key: str(error.message) for error in validate(schema, submitted, {}, options or {}).errors}


TITLE = {"type": "textfield", "key": "title", "label": "案由", "validate": {"required": True, "maxLength": 10}}
VERDICT = {
    "type": "radio",
    "key": "verdict",
    "label": "意见",
    "values": [{"value": "pass", "label": "同意"}, {"value": "return", "label": "退办"}],
    "validate": {"required": True},
}
REASON = {
    "type": "textarea",
    "key": "reason",
    "label": "原因",
    "validate": {"required": True},
    "conditional": {"hide": '=verdict != "return"'},
}


def test_a_missing_required_field_is_named():
    assert errors(form(TITLE), {"title": "  "}) == {"title": "Fill in “案由”."}


def test_an_undeclared_key_is_refused():
    assert "approved_by" in errors(form(TITLE), {"title": "停车", "approved_by": "me"})


def test_a_text_that_is_too_long_is_refused_with_both_lengths():
    assert errors(form(TITLE), {"title": "停" * 11}) == {"title": "At most 10 characters, found 11."}


def test_a_text_without_a_maximum_is_still_bounded():
    free = {"type": "textfield", "key": "note", "label": "备注"}
    assert "note" in errors(form(free), {"note": "x" * 501})


def test_a_choice_that_is_not_offered_is_refused():
    assert errors(form(VERDICT), {"verdict": "approve"}) == {"verdict": "“approve” is not one of the choices."}


def test_a_hidden_field_is_neither_required_nor_kept():
    validated = validate(form(VERDICT, REASON), {"verdict": "pass", "reason": "typed before"}, {}, {})
    assert validated.errors == ()
    assert validated.values == {"verdict": "pass"}


def test_a_field_that_appears_by_its_condition_is_required():
    assert errors(form(VERDICT, REASON), {"verdict": "return"}) == {"reason": "Fill in “原因”."}


def test_conditions_read_process_variables_too():
    late = {"type": "textfield", "key": "x", "label": "x", "conditional": {"hide": "=round < 2"}}
    assert "f" not in visible(form({**late, "id": "f"}), {}, {"round": 1})
    assert "f" in visible(form({**late, "id": "f"}), {}, {"round": 2})


def test_hidden_fields_are_told_by_path_even_for_half_typed_values():
    rows = {
        "type": "dynamiclist",
        "path": "answers",
        "label": "答复",
        "components": [
            {**VERDICT, "key": "adopted", "values": [{"value": "rejected", "label": "不采纳"}]},
            {"type": "datetime", "subtype": "date", "key": "due", "dateLabel": "时间",
             "conditional": {"hide": '=adopted = "rejected"'}},
        ],
    }  # fmt: skip
    schema = form(VERDICT, REASON, rows)
    typed = {"verdict": "pass", "answers": [{"due": "nonsense"}, {"adopted": "rejected"}]}
    assert hidden(schema, typed, {}) == {"reason", "answers.1.due"}


@pytest.mark.parametrize(
    ("component", "typed", "value"),
    [
        ({"type": "number", "key": "k", "label": "n"}, "12.50", Decimal("12.50")),
        ({"type": "datetime", "subtype": "date", "key": "k"}, "2026-03-27", dt.date(2026, 3, 27)),
        ({"type": "checkbox", "key": "k", "label": "c"}, "on", True),
        ({"type": "checkbox", "key": "k", "label": "c"}, None, False),
        ({"type": "checklist", "key": "k", "label": "c", "valuesKey": "units"}, ["zjj", "zjj"], ["zjj"]),
        ({"type": "textarea", "key": "k", "label": "t"}, "一\r\n二", "一\n二"),
    ],
)
def test_what_a_browser_sends_becomes_typed(component, typed, value):
    assert validate(form(component), {"k": typed}, {}, {"units": UNITS}).values == {"k": value}


@pytest.mark.parametrize(
    ("component", "typed"),
    [
        ({"type": "number", "key": "k", "label": "n"}, "zwölf"),
        ({"type": "number", "key": "k", "label": "n"}, "1e999999"),
        ({"type": "datetime", "subtype": "date", "key": "k"}, "2026-02-30"),
        ({"type": "textfield", "key": "k", "label": "t"}, {"$ne": 1}),
        ({"type": "textfield", "key": "k", "label": "t"}, "a\x00b"),
        ({"type": "checklist", "key": "k", "label": "c", "valuesKey": "units"}, ["moon"]),
        ({"type": "checklist", "key": "k", "label": "c", "valuesKey": "units"}, [{"a": 1}]),
        ({"type": "dynamiclist", "path": "k", "label": "l", "components": []}, "text"),
    ],
)
def test_what_cannot_be_read_as_the_fields_type_is_an_error_of_that_field(component, typed):
    assert list(errors(form(component), {"k": typed}, {"units": UNITS})) == ["k"]


def test_rows_of_a_list_are_checked_one_by_one_and_empty_ones_left_out():
    rows = {"type": "dynamiclist", "path": "measures", "label": "措施", "components": [TITLE],
            "properties": {"minItems": "1"}}  # fmt: skip
    schema = form(rows)
    sent = {"measures": {"0": {"title": "一"}, "1": {"title": ""}, "2": {"title": "二", "id": "7"}}}
    assert list(errors(schema, sent)) == ["measures.2.id"]
    assert "measures" in errors(schema, {"measures": [{"title": ""}]})


def test_a_read_only_field_takes_nothing_from_the_browser():
    fixed = {**TITLE, "readonly": True}
    assert validate(form(fixed), {"title": "forged"}, {}, {}).values == {}


def test_a_pattern_that_never_ends_is_stopped():
    slow = {"type": "textfield", "key": "k", "label": "t", "validate": {"pattern": "^(a|aa)+$"}}
    assert "k" in errors(form(slow), {"k": "a" * 400 + "!"})


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ({"type": "html", "content": "<script>"}, "html"),
        ({"type": "textfield", "label": "t"}, "key"),
        ({"type": "textfield", "key": "a.b", "label": "t"}, "dots"),
        ({"type": "radio", "key": "k", "label": "r"}, "no choices"),
        ({"type": "select", "key": "k", "label": "s", "valuesExpression": "=x"}, "expression"),
        ({"type": "datetime", "subtype": "time", "key": "k"}, "time"),
    ],
)
def test_a_schema_that_cannot_be_rendered_is_refused_by_name(component, reason):
    with pytest.raises(FormRefused, match=reason):
        form(component)


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(FormRefused, match="twice"):
        form(TITLE, {**VERDICT, "key": "title"})


def test_a_file_that_is_no_json_is_refused():
    with pytest.raises(FormRefused, match="JSON"):
        read_form(b"<form>")


def test_zero_is_an_answer_to_a_required_number():
    points = {"type": "number", "key": "points", "label": "得分", "decimalDigits": 1, "validate": {"required": True}}
    assert errors(form(points), {"points": "0"}) == {}
    assert errors(form(points), {"points": ""}) == {"points": "Fill in “得分”."}
