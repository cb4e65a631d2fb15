"""Multi-instance activities and call activities (BPMN 2.0.2 §10.3.6, §10.3.8)."""

from __future__ import annotations

from tests_support.diagrams import (
    boundary,
    call,
    chain,
    end,
    loop,
    mapping,
    process,
    service,
    start,
    timer,
    user_task,
)
from tests_support.running import deploy_and_start, finish, open_names

from engine import BpmnError
from engine.process_engine import ProcessEngine

ERROR = '<bpmn:error id="e1" name="one" errorCode="ONE"/>'
ON_ERROR = '<bpmn:errorEventDefinition errorRef="e1"/>'


def complete_for(engine, instance, item, values):
    """Complete the open task whose multi-instance item is this."""
    for task in engine.user_tasks(instance):
        if engine.task_variables(task.id).get("item") == item:
            engine.complete(task.id, values)
            return
    raise AssertionError(item)


def test_parallel_bodies_place_their_outputs_by_index(memory):
    diagram = process(
        start() + user_task("each", loop=loop('=["a", "b", "c"]', output="answers", output_item="=answer"))
        + user_task("after") + chain("start", "each", "after"))
    instance = deploy_and_start(memory, diagram)
    for item in ("c", "a", "b"):
        complete_for(memory, instance, item, {"answer": item.upper()})
    assert memory.instance(instance).variables == {"answers": ["A", "B", "C"]}


def test_sequential_bodies_come_one_after_the_other_and_null_is_an_item(memory):
    diagram = process(
        start() + user_task("each", loop=loop("=items", sequential=True)) + user_task("after")
        + chain("start", "each", "after"))
    instance = deploy_and_start(memory, diagram, {"items": [None, "x", None]})
    for _ in range(3):
        assert open_names(memory, instance) == ["each"]
        finish(memory, instance, "each")
    assert open_names(memory, instance) == ["after"]


def test_the_completion_condition_stops_a_review_at_the_first_return(memory):
    diagram = process(
        start() + user_task("review", loop=loop(
            "=chain", "node", sequential=True, output="verdicts", output_item="=verdict",
            completion="=verdict = &quot;退办&quot;"))
        + user_task("after") + chain("start", "review", "after"))
    instance = deploy_and_start(memory, diagram, {"chain": ["UO", "UD", "UC"]})
    finish(memory, instance, "review", {"verdict": "通过"})
    finish(memory, instance, "review", {"verdict": "退办"})
    assert open_names(memory, instance) == ["after"]
    assert memory.instance(instance).variables["verdicts"] == ["通过", "退办", None]


def test_enough_parallel_answers_cancel_the_rest(memory):
    diagram = process(
        start() + user_task("each", loop=loop("=[1, 2, 3]", completion="=numberOfCompletedInstances = 2"))
        + user_task("after") + chain("start", "each", "after"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "each")
    finish(memory, instance, "each")
    assert open_names(memory, instance) == ["after"]


def test_an_empty_collection_is_passed_over(memory):
    diagram = process(
        start() + user_task("each", loop=loop("=[]", output="out", output_item="=x")) + user_task("after")
        + chain("start", "each", "after"))
    instance = deploy_and_start(memory, diagram)
    assert open_names(memory, instance) == ["after"]
    assert memory.instance(instance).variables["out"] == []


def test_a_collection_that_is_no_list_is_an_incident(memory):
    instance = deploy_and_start(memory, process(
        start() + user_task("each", loop=loop("=units")) + chain("start", "each")), {"units": "住建局"})
    assert "list" in memory.incidents(instance)[0].message


CHILD = process(
    start() + user_task("inner") + end() + chain("start", "inner", "end"), "child")


def test_a_called_process_is_an_instance_of_its_own_with_mapped_variables(memory):
    memory.deploy({"child.bpmn": CHILD})
    diagram = process(
        start() + call("c", "child", mapping({"unit": "=lead"}, {"result": "=answer"})) + user_task("after")
        + chain("start", "c", "after"))
    instance = deploy_and_start(memory, diagram, {"lead": "zjj"})
    [task] = memory.user_tasks(instance)
    assert task.instance_id != instance
    assert task.root_id == instance
    assert memory.task_variables(task.id)["unit"] == "zjj"
    memory.complete(task.id, {"answer": "done", "draft": "x"})
    assert memory.instance(instance).variables == {"lead": "zjj", "result": "done"}
    assert memory.instance(task.instance_id).state == "completed"
    assert open_names(memory, instance) == ["after"]


def test_a_multi_instance_call_collects_what_its_children_answer(memory):
    memory.deploy({"child.bpmn": CHILD})
    diagram = process(
        start() + call("c", "child", loop=loop('=["u1", "u2", "u3"]', output="opinions", output_item="=answer"))
        + user_task("after") + chain("start", "c", "after"))
    instance = deploy_and_start(memory, diagram)
    for item in ("u3", "u1", "u2"):
        complete_for(memory, instance, item, {"answer": item.upper()})
    assert memory.instance(instance).variables == {"opinions": ["U1", "U2", "U3"]}
    assert [one.state for one in memory.history(instance) if one.element_id == "c"] == ["completed"]
    assert open_names(memory, instance) == ["after"]


def test_a_sequential_multi_instance_call_starts_one_child_after_the_other(memory):
    memory.deploy({"child.bpmn": CHILD})
    diagram = process(
        start() + call("c", "child", loop=loop("=[1, 2]", sequential=True)) + user_task("after")
        + chain("start", "c", "after"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "inner")
    assert open_names(memory, instance) == ["inner"]
    finish(memory, instance, "inner")
    assert open_names(memory, instance) == ["after"]


def test_interrupting_a_call_activity_ends_its_children(memory, clock):
    memory.deploy({"child.bpmn": CHILD})
    diagram = process(
        start() + call("c", "child", loop=loop("=[1, 2]")) + boundary("b", "c", timer("P1D")) + user_task("late")
        + chain("start", "c") + chain("b", "late"))
    instance = deploy_and_start(memory, diagram)
    children = [task.instance_id for task in memory.user_tasks(instance)]
    clock.move(days=1)
    memory.run_due()
    assert open_names(memory, instance) == ["late"]
    assert [memory.instance(child).state for child in children] == ["terminated", "terminated"]


def test_an_error_end_of_a_child_reaches_the_callers_boundary(memory):
    child = process(
        start() + user_task("inner") + end("bad", ON_ERROR) + chain("start", "inner", "bad"), "child", ERROR)
    memory.deploy({"child.bpmn": child})
    instance = deploy_and_start(memory, process(
        start() + call("c", "child") + boundary("on", "c", ON_ERROR) + user_task("mend") + user_task("after")
        + chain("start", "c", "after") + chain("on", "mend"), outside=ERROR))
    finish(memory, instance, "inner")
    assert open_names(memory, instance) == ["mend"]


def test_an_error_nobody_catches_ends_child_and_case(memory):
    child = process(
        start() + user_task("inner") + end("bad", ON_ERROR) + chain("start", "inner", "bad"), "child", ERROR)
    memory.deploy({"child.bpmn": child})
    instance = deploy_and_start(memory, process(start() + call("c", "child") + chain("start", "c"), outside=ERROR))
    finish(memory, instance, "inner")
    assert memory.instance(instance).state == "error"


def test_a_handlers_error_inside_a_child_is_caught_by_the_caller(clock):
    def fails(_job):
        raise BpmnError("ONE")

    engine = ProcessEngine("sqlite://", handlers={"fails": fails}, clock=clock)
    engine.deploy({"child.bpmn": process(start() + service("s", "fails") + chain("start", "s"), "child")})
    instance = deploy_and_start(engine, process(
        start() + call("c", "child") + boundary("on", "c", ON_ERROR) + user_task("mend") + chain("start", "c")
        + chain("on", "mend"), outside=ERROR))
    engine.run_due()
    assert open_names(engine, instance) == ["mend"]
    engine.close()


def test_a_missing_child_is_an_incident_that_is_mended_by_deploying_it(memory):
    instance = deploy_and_start(memory, process(
        start() + call("c", "child") + user_task("after") + chain("start", "c", "after")))
    [incident] = memory.incidents(instance)
    assert "child" in incident.message
    memory.deploy({"child.bpmn": CHILD})
    memory.retry(incident.id)
    assert open_names(memory, instance) == ["inner"]


def test_cancelling_a_case_ends_its_called_instances_too(memory):
    memory.deploy({"child.bpmn": CHILD})
    instance = deploy_and_start(memory, process(start() + call("c", "child") + chain("start", "c")))
    child = memory.user_tasks(instance)[0].instance_id
    memory.cancel(instance, "withdrawn by its proposer")
    assert memory.instance(instance).state == memory.instance(child).state == "terminated"
    assert memory.user_tasks(instance) == []


def test_an_embedded_sub_process_may_run_once_for_each_item(memory):
    inner = start("s1") + user_task("a") + user_task("b") + chain("s1", "a", "b")
    sub = f'<bpmn:subProcess id="sub">{inner}{loop("=[1, 2]")}</bpmn:subProcess>'
    instance = deploy_and_start(memory, process(start() + sub + user_task("after") + chain("start", "sub", "after")))
    assert open_names(memory, instance) == ["a", "a"]
    for name in ("a", "b", "a", "b"):
        finish(memory, instance, name)
    assert open_names(memory, instance) == ["after"]
