"""Filters that are typed."""

import pytest

from tasks.forms.views import Option
from web.worklist.filters import asked

STEPS = [Option("ReviewReply", "答复审核"), Option("WriteReply", "拟写答复")]
UNITS = [Option("zjj", "住建局"), Option("cgj", "城管局")]


def filters(**query):
    return asked(query, STEPS, UNITS).filters


def test_a_typed_step_and_unit_are_found_by_their_labels():
    found = filters(q="环节:答复审核 单位:住建局 停车")
    assert (found.step, found.unit, found.text) == ("ReviewReply", "zjj", "停车")


def test_the_wide_colon_of_a_chinese_keyboard_works_too():
    assert filters(q="环节：拟写").step == "WriteReply"


@pytest.mark.parametrize(("typed", "light"), [("时限:逾期", "overdue"), ("due:near", "near"), ("時限:緊急", "urgent")])
def test_lights_are_typed_by_their_words(typed, light):
    assert filters(q=typed).light == light


def test_key_items_only():
    assert filters(q="重点:是").key_only


def test_an_unknown_name_is_searched_as_text():
    assert filters(q="编号:0043").text == "编号:0043"


def test_a_value_that_no_filter_knows_is_ignored():
    found = filters(kind="motion", light="blue")
    assert (found.kind, found.light) == ("", "")
