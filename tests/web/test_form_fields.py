"""From the schema to fields, and from what a browser sends back to values."""

import datetime as dt
import json

import pytest
from werkzeug.datastructures import MultiDict

from engine.message import say
from tasks.forms.schema import read_form
from tasks.forms.views import FieldError, Option
from web.forms.fields import all_fields, fields, rows_of
from web.forms.submission import MAX_ROWS, submission, typed


def form(*components):
    return read_form(json.dumps({"id": "example", "name": "示例", "components": list(components)}))


CLASS = {
    "type": "radio", "key": "class", "id": "class", "label": "办理结果",
    "values": [{"value": "A", "label": "已经解决"}, {"value": "C", "label": "留作参考"}],
}  # fmt: skip
REASON = {
    "type": "textarea", "key": "reason", "id": "reason", "label": "理由", "conditional": {"hide": '=class != "C"'}
}  # fmt: skip
ANSWERS = {
    "type": "dynamiclist", "path": "answers", "id": "answers", "label": "逐条答复", "allowAddRemove": False,
    "components": [
        {"type": "textarea", "key": "measure", "id": "measure", "label": "措施", "readonly": True},
        {"type": "textarea", "key": "text", "id": "text", "label": "答复"},
        {"type": "datetime", "key": "due", "id": "due", "subtype": "date", "dateLabel": "时间",
         "conditional": {"hide": "=text = null"}},
    ],
}  # fmt: skip


def drawn(schema, values=None, errors=(), options=None):
    found = fields(schema, values or {}, options or {}, {}, errors)
    return {field.name: field for field in all_fields(found)}


def test_a_condition_hides_the_field_until_its_choice_is_made():
    assert drawn(form(CLASS, REASON), {"class": "A"})["reason"].hidden
    assert not drawn(form(CLASS, REASON), {"class": "C"})["reason"].hidden


def test_a_condition_inside_a_list_sees_its_own_row():
    shown = drawn(form(ANSWERS), {"answers": [{"measure": "甲", "text": "已办"}, {"measure": "乙"}]})
    assert not shown["answers.0.due"].hidden
    assert shown["answers.1.due"].hidden


def test_an_error_stands_at_its_field_in_its_row():
    error = FieldError("answers.1.text", "答复", say("Fill in “{label}”.", label="答复"))
    shown = drawn(form(ANSWERS), {"answers": [{}, {}]}, (error,))
    assert shown["answers.1.text"].error == error.message
    assert shown["answers.0.text"].error is None


def test_stored_values_are_shown_as_a_browser_expects_them():
    shown = drawn(form(ANSWERS), {"answers": [{"text": "已办", "due": dt.date(2026, 10, 31)}]})
    assert shown["answers.0.due"].shown == "2026-10-31"


def test_choices_come_from_their_named_source():
    unit = {"type": "select", "key": "unit", "id": "unit", "label": "单位", "valuesKey": "units"}
    assert drawn(form(unit), options={"units": [Option("zjj", "住建局")]})["unit"].options[0].label == "住建局"


def test_an_open_list_begins_with_one_empty_row():
    measures = {**ANSWERS, "allowAddRemove": True}
    assert "answers.0.text" in drawn(form(measures))


def test_half_width_fields_stand_beside_each_other():
    half = [
        {"type": "textfield", "key": key, "id": key, "label": key, "layout": {"row": "r1", "columns": 8}}
        for key in ("name", "phone")
    ]
    assert [len(row) for row in rows_of(fields(form(*half, CLASS), {}, {}, {}))] == [2, 1]


def test_rows_are_read_by_their_numbers_and_not_by_their_order():
    sent = MultiDict([("answers.1.text", "乙"), ("answers.0.text", "甲"), ("csrf_token", "x"), ("request_id", "y")])
    assert submission(form(ANSWERS), sent) == {"answers": [{"text": "甲"}, {"text": "乙"}]}


def test_an_undeclared_field_is_passed_on_so_that_it_can_be_refused_by_name():
    assert submission(form(CLASS), MultiDict([("class", "A"), ("assignee", "me")])) == {"class": "A", "assignee": "me"}


def test_a_row_number_without_end_makes_no_endless_list():
    sent = MultiDict([(f"answers.{MAX_ROWS}.text", "x")])
    assert "answers" not in submission(form(ANSWERS), sent)


def test_a_checklist_is_read_as_all_its_ticks():
    units = {"type": "checklist", "key": "co", "id": "co", "label": "会办", "valuesKey": "units"}
    assert submission(form(units), MultiDict([("co", "a"), ("co", "b")])) == {"co": ["a", "b"]}


@pytest.mark.parametrize("field", ["class", "answers"])
def test_what_was_typed_is_readable_as_labels_and_texts(field):
    values = {"class": "C", "answers": [{"measure": "甲", "text": "已办"}]}
    assert dict(typed(form(CLASS, ANSWERS), {field: values[field]})) in (
        {"办理结果": "留作参考"},
        {"逐条答复": "甲 · 已办"},
    )


def test_a_condition_sees_the_choice_that_is_made_by_default():
    preset = {**CLASS, "defaultValue": "A"}
    shown = drawn(form(preset, REASON))
    assert shown["class"].shown == "A"
    assert shown["reason"].hidden
