"""The review chain as an office changes it: in the deployed table, for the next review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests_support.people import submitted

from engine.consistency import find_faults
from engine.dmn.editing import rules_of, with_rules
from tasks.accounts.actors import actor_named
from tasks.bootstrap import SHIPPED_PROCESSES
from tasks.chains.queries import chain_page
from tasks.chains.table import DECISION, ChainRow, content_of, rows_of, with_row
from tasks.changes import service
from tasks.changes.service import Part
from tasks.demonstration.answers import Story
from tasks.packages.queries import newest
from tasks.worklist.errors import FormInvalid

WHY = "区政府办公室第5号通知"
FILE = SHIPPED_PROCESSES / "handling" / "review-chain.dmn"
NODE = {"code": "FZ", "name": "{unit}合法性审查", "side": "hub", "roles": ["supervisor", "hub_leader"]}


@pytest.fixture
def chenli(banli):
    return actor_named(banli, "chenli")


def rows(banli):
    return rows_of(service.contents(banli, DECISION)[DECISION])


def put(banli, chenli, changed, why=WHY):
    return service.change(banli, chenli, [Part(DECISION, DECISION, content_of(changed))], why)


def key_row(banli):
    return next(row for row in rows(banli) if row.label == "第 3 行")


def test_writing_the_rules_back_changes_nothing_in_the_file():
    content = FILE.read_bytes()
    again = with_rules(content, DECISION, rules_of(content, DECISION))
    assert rules_of(again, DECISION) == rules_of(content, DECISION)
    assert again.split(b"<decision", 1)[1] == content.rstrip().split(b"<decision", 1)[1]


def test_a_reviewer_added_for_key_items_reviews_the_next_key_item(banli, chenli, clock):
    running = submitted(banli, clock, Story("zjj", key="leader"), title="关于已在办理的重点件的建议").until("draft")
    service.change(banli, chenli, [Part("review_node", "FZ", NODE)], WHY)
    row = key_row(banli)
    nodes = (*row.nodes[:4], "FZ", *row.nodes[4:])
    put(banli, chenli, with_row(rows(banli), replace(row, nodes=nodes)))
    fresh = submitted(banli, clock, Story("zjj", key="leader"), title="关于新的重点件的建议").until("draft")
    for play in (fresh, running):  # running ones that have not come to their review meet it too
        play.do("draft")
        variables = banli.engine.task_variables(play.step("review").task_id)
        assert [node["code"] for node in variables["chain"]] == ["UO", "UD", "UC", "FZ", "S1", "SV", "VM"]
    assert find_faults(banli.engine.runtime) == []


def test_an_added_row_for_key_items_comes_before_the_others(banli, chenli):
    made = ChainRow("row_x", ("-", "-", "-", 'not("no")', "-", "-", "-"), ("UO", "UC"), "", "第 20 行", "试行", "")
    put(banli, chenli, with_row(rows(banli), made, 0))
    page = chain_page(banli, chenli, {"key": "leader"})
    assert page.trial.label == "第 20 行"
    assert len(page.trial.steps) == 2
    assert any("never reached" in str(remark) for remark in page.remarks), "the table's own check says what it hides"


def test_the_table_is_a_version_of_its_package_and_can_be_taken_back(banli, chenli):
    before = service.contents(banli, DECISION)[DECISION]
    version = newest(banli, "handling").number
    number = put(banli, chenli, with_row(rows(banli), replace(key_row(banli), nodes=("UO", "UC"))))
    assert newest(banli, "handling").number == version + 1
    service.take_back(banli, chenli, number, "改错了")
    assert service.contents(banli, DECISION)[DECISION] == before
    assert newest(banli, "handling").number == version + 2


@pytest.mark.parametrize(("change", "said"), [
    ({"nodes": ()}, "at least one reviewer"),
    ({"nodes": ("UO", "ZZ")}, "There is no reviewer"),
    ({"nodes": ("UO", "UC", "UO")}, "named twice"),
    ({"label": "第 4 行"}, "name of its own"),
    ({"label": ""}, "name of its own"),
    ({"nodes": ("UO",) * 16}, "at most 15"),
    ({"basis": "长" * 201}, "At most 200"),
])  # fmt: skip
def test_a_wrong_row_is_refused_in_words(banli, chenli, change, said):
    with pytest.raises(FormInvalid) as refused:
        put(banli, chenli, with_row(rows(banli), replace(key_row(banli), **change)))
    assert any(said in str(error.message) for error in refused.value.errors)


def test_what_the_gate_refuses_is_said_and_nothing_is_changed(banli, chenli):
    version = newest(banli, "handling").number
    with pytest.raises(FormInvalid):
        put(banli, chenli, with_row(rows(banli), replace(key_row(banli), tests=("((",) * 7)))
    assert newest(banli, "handling").number == version


def test_a_reviewer_that_is_in_use_is_not_removed(banli, chenli):
    with pytest.raises(FormInvalid) as refused:
        service.change(banli, chenli, [Part("review_node", "SV", None)], WHY)
    assert "第 2 行" in str(refused.value.errors[0].message)


def test_uses_are_counted_row_by_row(banli, chenli, clock):
    submitted(banli, clock, Story("zjj", key="leader"), title="关于重点件的建议").until("review")
    used = {one.row.label: one.used for one in chain_page(banli, chenli).rows}
    assert used["第 3 行"] == 1
    assert sum(used.values()) == 1
