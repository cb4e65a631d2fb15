"""What two versions of a diagram differ in: shapes, flows and properties, never the layout."""

from tests_support.diagrams import chain, end, flow, process, start, user_task

from engine.bpmn.difference import compare
from engine.bpmn.reader import read_diagram


def read(shapes):
    return read_diagram(process(shapes))


BEFORE = read(start() + user_task("draft") + end() + chain("start", "draft", "end"))


def test_the_same_file_differs_in_nothing():
    assert compare(BEFORE, BEFORE) == []


def test_an_added_step_is_told_with_the_flow_that_was_turned():
    after = read(start() + user_task("draft") + user_task("legal") + end() + chain("start", "draft", "legal")
                 + flow("legal", "end"))  # fmt: skip
    told = {(one.kind, one.element_id) for one in compare(BEFORE, after)}
    assert told == {("added", "legal"), ("added", "draft_legal"), ("added", "legal_end"), ("removed", "draft_end")}


def test_a_changed_property_is_told_before_and_after():
    after = read(start() + user_task("draft", groups="lawyers") + end() + chain("start", "draft", "end"))
    (change,) = compare(BEFORE, after)
    (told,) = change.properties
    assert (change.kind, told.name, told.before, told.after) == (
        "changed", "user_task.candidate_groups", "staff", "lawyers")  # fmt: skip


def test_a_file_that_is_not_there_is_all_added_or_all_removed():
    assert {one.kind for one in compare(None, BEFORE)} == {"added"}
    assert {one.kind for one in compare(BEFORE, None)} == {"removed"}
