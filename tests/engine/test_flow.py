"""Gateways, loops and joins (BPMN 2.0.2 §10.6, §13.4)."""

from __future__ import annotations

from tests_support.diagrams import chain, end, flow, gateway, process, script, start, user_task
from tests_support.running import deploy_and_start, finish, open_names, passed


def test_exclusive_gateway_takes_the_first_flow_that_holds(memory):
    diagram = process(
        start() + gateway("g", default="g_c") + user_task("a") + user_task("b") + user_task("c")
        + chain("start", "g") + flow("g", "a", "= n &gt; 10") + flow("g", "b", "= n &gt; 5") + flow("g", "c"))
    for number, expected in ((11, "a"), (7, "b"), (1, "c")):
        assert open_names(memory, deploy_and_start(memory, diagram, {"n": number})) == [expected]


def test_a_case_for_which_no_flow_holds_becomes_an_incident_and_goes_on_after_the_value_is_mended(memory):
    diagram = process(
        start() + user_task("first") + gateway("g") + user_task("a") + user_task("b") + chain("start", "first", "g")
        + flow("g", "a", "= kind = 1") + flow("g", "b", "= kind = 2"))
    instance = deploy_and_start(memory, diagram, {"kind": 9})
    finish(memory, instance, "first")
    [incident] = memory.incidents(instance)
    assert incident.element_id == "g"
    memory.set_variables(instance, {"kind": 2}, "wrong kind")
    memory.retry(incident.id)
    assert open_names(memory, instance) == ["b"]
    assert memory.incidents(instance) == []


def test_parallel_join_waits_for_every_branch(memory):
    diagram = process(
        start() + gateway("fork", "parallel") + user_task("a") + user_task("b") + gateway("join", "parallel")
        + user_task("after") + end() + chain("start", "fork", "a", "join", "after", "end") + chain("fork", "b", "join"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    assert open_names(memory, instance) == ["b"]
    finish(memory, instance, "b")
    assert open_names(memory, instance) == ["after"]


def test_a_join_inside_a_loop_counts_tokens_and_never_fires_early(memory):
    # Stock SpiffWorkflow infers arrivals from the past and fires in the second round after the first branch.
    diagram = process(
        start() + gateway("merge") + gateway("fork", "parallel") + user_task("a") + user_task("b")
        + gateway("join", "parallel") + gateway("again", default="again_end") + end()
        + chain("start", "merge", "fork", "a", "join", "again") + chain("fork", "b", "join")
        + flow("again", "merge", "= more") + flow("again", "end"))
    instance = deploy_and_start(memory, diagram, {"more": True})
    for _ in range(3):
        finish(memory, instance, "a")
        assert open_names(memory, instance) == ["b"]
        finish(memory, instance, "b")
        assert open_names(memory, instance) == ["a", "b"]


def test_branches_write_their_variables_without_overwriting_each_other(memory):
    # Stock SpiffWorkflow merges copies at the join: the untouched branch would set n back to 1.
    diagram = process(
        start() + gateway("fork", "parallel") + user_task("a") + user_task("b") + gateway("join", "parallel")
        + user_task("after") + chain("start", "fork", "a", "join", "after") + chain("fork", "b", "join"))
    instance = deploy_and_start(memory, diagram, {"n": 1, "list": ["u1", "u1"]})
    finish(memory, instance, "a", {"n": 2, "list": ["u9"]})
    finish(memory, instance, "b")
    assert memory.instance(instance).variables == {"n": 2, "list": ["u9"]}


def test_inclusive_join_waits_only_for_branches_that_were_taken(memory):
    diagram = process(
        start() + gateway("split", "inclusive", default="split_c") + user_task("a") + user_task("b") + user_task("c")
        + gateway("join", "inclusive") + user_task("after")
        + chain("start", "split") + flow("split", "a", "= x") + flow("split", "b", "= y") + flow("split", "c")
        + flow("a", "join") + flow("b", "join") + flow("c", "join") + flow("join", "after"))
    both = deploy_and_start(memory, diagram, {"x": True, "y": True})
    assert open_names(memory, both) == ["a", "b"]
    finish(memory, both, "a")
    assert open_names(memory, both) == ["b"]
    finish(memory, both, "b")
    assert open_names(memory, both) == ["after"]
    one = deploy_and_start(memory, diagram, {"x": False, "y": True})
    finish(memory, one, "b")
    assert open_names(memory, one) == ["after"]
    neither = deploy_and_start(memory, diagram, {"x": False, "y": False})
    assert open_names(memory, neither) == ["c"]


def test_several_flows_out_of_a_task_are_a_parallel_split_and_into_it_an_uncontrolled_merge(memory):
    diagram = process(
        start() + user_task("a") + user_task("b") + user_task("c") + user_task("d") + chain("start", "a")
        + flow("a", "b") + flow("a", "c") + flow("b", "d") + flow("c", "d"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    assert open_names(memory, instance) == ["b", "c"]
    finish(memory, instance, "b")
    finish(memory, instance, "c")
    assert open_names(memory, instance) == ["d", "d"]


def test_a_loop_is_as_quick_in_its_two_thousandth_round_and_its_snapshot_stays_flat(memory):
    diagram = process(start() + user_task("a") + script("s", "= n + 1", "n") + chain("start", "a", "s", "a"))
    instance = deploy_and_start(memory, diagram, {"n": 0})
    for _ in range(600):
        finish(memory, instance, "a")
    assert memory.instance(instance).variables == {"n": 600}
    assert len(passed(memory, instance)) == 2 * 600 + 2


def test_an_endless_loop_becomes_an_incident_that_names_it(memory):
    diagram = process(
        start() + user_task("a") + script("one", "= 1", "x") + script("two", "= 2", "x")
        + chain("start", "a", "one", "two", "one"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    [incident] = memory.incidents(instance)
    assert incident.element_id in {"one", "two"}
    assert "loop" in incident.message


def test_seven_hundred_elements_in_a_row_run(memory):
    names = [f"s{index}" for index in range(700)]
    diagram = process(
        start() + "".join(script(name, "= 1", "x") for name in names) + user_task("last")
        + chain("start", *names, "last"))
    assert open_names(memory, deploy_and_start(memory, diagram)) == ["last"]


def test_an_element_called_start_is_an_id_like_any_other(memory):
    diagram = process(start("Start") + user_task("End") + chain("Start", "End"))
    assert open_names(memory, deploy_and_start(memory, diagram)) == ["End"]


def test_link_events_are_a_flow_in_two_pieces(memory):
    link = '<bpmn:linkEventDefinition name="over there"/>'
    diagram = process(
        start() + f'<bpmn:intermediateThrowEvent id="here">{link}</bpmn:intermediateThrowEvent>'
        + f'<bpmn:intermediateCatchEvent id="there">{link}</bpmn:intermediateCatchEvent>' + user_task("a")
        + chain("start", "here") + chain("there", "a"))
    assert open_names(memory, deploy_and_start(memory, diagram)) == ["a"]
