"""Each behaviour of SpiffWorkflow 3.2.0 that is replaced here, shown on the library alone.

When one of these tests fails after an update, the library has learned it: look at `docs/spiffworkflow.md` and give
the behaviour back. The same behaviour of ours is tested beside each in the other files of this folder.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState
from tests_support.diagrams import chain, end, flow, gateway, process, start, user_task


def stock(diagram: bytes) -> BpmnWorkflow:
    """A workflow of the library's own parser, without the zeebe extensions that it does not read."""
    root = etree.fromstring(diagram)
    for node in root.xpath("//*[local-name()='extensionElements']"):
        node.getparent().remove(node)
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(etree.tostring(root)))
    workflow = BpmnWorkflow(parser.get_spec("p"))
    workflow.do_engine_steps()
    return workflow


def names(workflow: BpmnWorkflow) -> list[str]:
    return sorted(task.task_spec.name for task in workflow.get_tasks(state=TaskState.READY, manual=True))


def finish(workflow: BpmnWorkflow, name: str, **data: object) -> None:
    task = next(
        task for task in workflow.get_tasks(state=TaskState.READY, manual=True) if task.task_spec.name == name)
    task.data.update(data)
    task.run()
    workflow.do_engine_steps()


def test_a_parallel_join_overwrites_a_branchs_variable_with_the_other_branchs_copy():
    workflow = stock(process(
        start() + user_task("first") + gateway("fork", "parallel") + user_task("a") + user_task("b")
        + gateway("join", "parallel") + user_task("after")
        + chain("start", "first", "fork", "a", "join", "after") + chain("fork", "b", "join")))
    finish(workflow, "first", n=1)
    finish(workflow, "a", n=2)
    finish(workflow, "b")
    [after] = workflow.get_tasks(state=TaskState.READY, manual=True)
    assert after.data["n"] == 1


def test_a_start_event_called_start_breaks_the_parser():
    with pytest.raises(WorkflowException, match="No output task connected"):
        stock(process(start("Start") + user_task("a") + chain("Start", "a")))


def test_several_flows_out_of_a_task_are_refused():
    with pytest.raises(ValidationException, match=r"[Mm]ultiple outgoing"):
        stock(process(
            start() + user_task("a") + user_task("b") + user_task("c") + chain("start", "a") + flow("a", "b")
            + flow("a", "c")))


def test_a_path_ends_silently_at_a_link_event():
    link = '<bpmn:linkEventDefinition id="l{}" name="there"/>'
    workflow = stock(process(
        start() + user_task("first")
        + f'<bpmn:intermediateThrowEvent id="t">{link.format(1)}</bpmn:intermediateThrowEvent>'
        + f'<bpmn:intermediateCatchEvent id="c">{link.format(2)}</bpmn:intermediateCatchEvent>' + user_task("a") + end()
        + chain("start", "first", "t") + chain("c", "a", "end")))
    finish(workflow, "first")
    assert names(workflow) == []


def test_a_month_after_the_last_of_january_is_the_third_of_march():
    began = datetime(2026, 1, 31, tzinfo=UTC)
    interval = TimerEventDefinition.get_timedelta_from_start(TimerEventDefinition.parse_iso_duration("P1M"), began)
    assert began + interval == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_loop_of_two_elements_sticks_silently_at_its_five_hundredth_round():
    workflow = stock(process(
        start() + gateway("merge") + user_task("a") + gateway("again", default="again_merge") + end()
        + chain("start", "merge", "a", "again") + flow("again", "merge") + flow("again", "end", "done == True")))
    rounds = 0
    while names(workflow) == ["a"] and rounds < 600:
        finish(workflow, "a", done=False)
        rounds += 1
    assert rounds < 600
    assert not workflow.is_completed() or names(workflow) == []


def test_the_step_of_a_loop_grows_with_its_past():
    workflow = stock(process(
        start() + gateway("merge") + user_task("a") + gateway("again", default="again_merge") + end()
        + chain("start", "merge", "a", "again") + flow("again", "merge") + flow("again", "end", "done == True")))
    for _ in range(50):
        finish(workflow, "a", done=False)
    assert len(workflow.get_tasks()) > 150
