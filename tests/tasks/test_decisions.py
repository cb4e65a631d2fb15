"""Reading deployed decision tables and trying values on them."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from tasks.decisions.queries import TrialRefused, decision, decisions

LEAD = {"key": "no", "level": "own", "role": "lead", "result_class": "A", "round": "1", "previous_chain": "[]"}


def test_every_deployed_table_is_listed_with_its_rows(banli):
    listed = {entry.key: entry for entry in decisions(banli)}
    assert listed["review_chain"].name == "审核流程"
    assert listed["review_chain"].rules == 10


def test_a_table_is_shown_as_it_is_written(banli):
    page = decision(banli, "review_chain")
    assert [column.label for column in page.table.inputs][:2] == ["层级", "角色"]
    assert page.trial is None
    assert "lead" in next(one for one in page.inputs if one.name == "role").choices


def test_tried_values_mark_the_row_that_decided(banli):
    page = decision(banli, "review_chain", LEAD)
    assert [rule.matched for rule in page.table.rules].count(True) == 1
    key = decision(banli, "review_chain", {**LEAD, "key": "leader"})
    assert key.trial.result != page.trial.result


def test_a_word_where_a_number_belongs_is_refused_by_name(banli):
    with pytest.raises(TrialRefused, match="轮次"):
        decision(banli, "review_chain", {**LEAD, "round": "two"})


def test_a_decision_that_is_not_there_is_named(banli):
    with pytest.raises(NotFound, match="nothing"):
        decision(banli, "nothing")
