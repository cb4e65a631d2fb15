"""Timers, messages, signals, errors, escalations and event sub-processes (BPMN 2.0.2 §10.5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests_support.diagrams import (
    boundary,
    chain,
    end,
    flow,
    gateway,
    loop,
    message,
    process,
    service,
    start,
    timer,
    user_task,
)
from tests_support.running import deploy_and_start, finish, open_names

from engine import BpmnError
from engine.process_engine import ProcessEngine

MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="s"/>'
DECLARED = message("m", "reply") + '<bpmn:signal id="s" name="year end"/>'


def error(code_ref: str = "e1") -> str:
    return f'<bpmn:errorEventDefinition errorRef="{code_ref}"/>'


ERRORS = '<bpmn:error id="e1" name="one" errorCode="ONE"/><bpmn:error id="e2" name="two" errorCode="TWO"/>'


def catch(element_id: str, definition: str) -> str:
    return f'<bpmn:intermediateCatchEvent id="{element_id}">{definition}</bpmn:intermediateCatchEvent>'


def test_an_interrupting_timer_cancels_its_task_and_goes_its_own_way(memory, clock):
    diagram = process(
        start() + user_task("work") + user_task("late") + boundary("b", "work", timer("P3D"))
        + chain("start", "work") + chain("b", "late"))
    instance = deploy_and_start(memory, diagram)
    clock.move(days=2)
    assert memory.run_due() == 0
    clock.move(days=1)
    memory.run_due()
    assert open_names(memory, instance) == ["late"]


def test_a_timer_of_a_finished_task_never_fires(memory, clock):
    diagram = process(
        start() + user_task("work") + user_task("next") + user_task("late") + boundary("b", "work", timer("P3D"))
        + chain("start", "work", "next") + chain("b", "late"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "work")
    clock.move(days=9)
    assert memory.run_due() == 0
    assert open_names(memory, instance) == ["next"]


def test_a_repeating_reminder_accompanies_its_task_and_never_drifts(memory, clock):
    diagram = process(
        start() + user_task("work") + user_task("remind")
        + boundary("b", "work", timer("R3/P1D", "timeCycle"), interrupting=False)
        + chain("start", "work") + chain("b", "remind"))
    instance = deploy_and_start(memory, diagram)
    clock.move(days=1, hours=5)
    memory.run_due()
    assert open_names(memory, instance) == ["remind", "work"]
    [waiting] = memory.timers(instance)
    assert waiting.due == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    clock.move(days=30)
    memory.run_due()
    assert open_names(memory, instance) == ["remind", "remind", "remind", "work"]
    assert memory.timers(instance) == []


def test_a_month_ends_on_the_last_day_of_a_shorter_month(memory, clock):
    clock.now = datetime(2026, 1, 31, 4, 0, tzinfo=UTC)
    instance = deploy_and_start(memory, process(
        start() + catch("wait", timer("P1M")) + user_task("a") + chain("start", "wait", "a")))
    [waiting] = memory.timers(instance)
    assert waiting.due == datetime(2026, 2, 28, 4, 0, tzinfo=UTC)


def test_a_date_is_due_at_the_end_of_that_day_in_beijing(memory):
    instance = deploy_and_start(memory, process(
        start() + catch("wait", timer('=date("2026-06-29")', "timeDate")) + user_task("a")
        + chain("start", "wait", "a")))
    assert memory.timers(instance)[0].due == datetime(2026, 6, 29, 15, 59, 59, tzinfo=UTC)


def test_the_first_event_behind_an_event_gateway_wins_and_the_others_are_taken_back(memory, clock):
    diagram = process(
        start() + gateway("g", "eventBased") + catch("answered", MESSAGE) + catch("timeout", timer("P5D"))
        + user_task("a") + user_task("b") + chain("start", "g", "answered", "a") + chain("g", "timeout", "b"),
        outside=DECLARED)
    answered = deploy_and_start(memory, diagram, {"key": "K1"})
    silent = memory.start("p", {"key": "K2"})
    assert memory.publish_message("reply", "K1", {"text": "yes"}) == 1
    assert open_names(memory, answered) == ["a"]
    assert memory.instance(answered).variables["text"] == "yes"
    clock.move(days=6)
    memory.run_due()
    assert open_names(memory, answered) == ["a"]
    assert open_names(memory, silent) == ["b"]


def test_a_message_nobody_waits_for_is_lost_unless_it_may_live_for_a_while(memory):
    diagram = process(
        start() + user_task("before") + catch("m1", MESSAGE) + user_task("a") + chain("start", "before", "m1", "a"),
        outside=DECLARED)
    lost = deploy_and_start(memory, diagram, {"key": "K1"})
    assert memory.publish_message("reply", "K1") == 0
    finish(memory, lost, "before")
    assert open_names(memory, lost) == []
    kept = memory.start("p", {"key": "K2"})
    memory.publish_message("reply", "K2", {"x": 1}, ttl=timedelta(hours=1))
    finish(memory, kept, "before")
    assert open_names(memory, kept) == ["a"]


def test_a_message_reaches_one_instance_of_each_process_the_oldest_first(memory, clock):
    diagram = process(start() + catch("m1", MESSAGE) + user_task("a") + chain("start", "m1", "a"), outside=DECLARED)
    older = deploy_and_start(memory, diagram, {"key": "K"})
    clock.move(minutes=1)
    younger = memory.start("p", {"key": "K"})
    assert memory.publish_message("reply", "K") == 1
    assert (open_names(memory, older), open_names(memory, younger)) == (["a"], [])


def test_a_non_interrupting_message_boundary_fires_as_often_as_messages_come(memory):
    diagram = process(
        start() + user_task("work") + user_task("note") + boundary("b", "work", MESSAGE, interrupting=False)
        + chain("start", "work") + chain("b", "note"), outside=DECLARED)
    instance = deploy_and_start(memory, diagram, {"key": "K"})
    for _ in range(3):
        assert memory.publish_message("reply", "K") == 1
    assert open_names(memory, instance) == ["note", "note", "note", "work"]


def test_the_same_message_request_is_published_once(memory):
    diagram = process(
        start() + user_task("work") + user_task("note") + boundary("b", "work", MESSAGE, interrupting=False)
        + chain("start", "work") + chain("b", "note"), outside=DECLARED)
    instance = deploy_and_start(memory, diagram, {"key": "K"})
    assert memory.publish_message("reply", "K", request_id="r1") == 1
    assert memory.publish_message("reply", "K", request_id="r1") == 1
    assert open_names(memory, instance) == ["note", "work"]


def test_a_signal_reaches_all_who_wait(memory):
    diagram = process(start() + catch("s1", SIGNAL) + user_task("a") + chain("start", "s1", "a"), outside=DECLARED)
    one = deploy_and_start(memory, diagram)
    other = memory.start("p")
    assert memory.broadcast_signal("year end", {"year": 2026}) == 2
    assert open_names(memory, one) == open_names(memory, other) == ["a"]
    assert memory.instance(one).variables == {"year": 2026}


def test_a_thrown_message_and_signal_reach_other_cases(memory):
    waiting = process(start() + catch("m1", MESSAGE) + user_task("a") + chain("start", "m1", "a"), outside=DECLARED)
    waits = deploy_and_start(memory, waiting, {"key": "K"})
    thrower = process(
        start() + f'<bpmn:intermediateThrowEvent id="t">{MESSAGE}</bpmn:intermediateThrowEvent>' + end()
        + chain("start", "t", "end"), "thrower", DECLARED)
    memory.deploy({"thrower.bpmn": thrower})
    memory.start("thrower", {"key": "K"})
    memory.run_due()
    assert open_names(memory, waits) == ["a"]


def test_an_error_is_caught_only_by_the_boundary_of_the_activity_that_threw_it(clock):
    def fails(_job):
        raise BpmnError("ONE", "no budget", {"why": "money"})

    engine = ProcessEngine("sqlite://", handlers={"fails": fails}, clock=clock)
    diagram = process(
        start() + gateway("fork", "parallel") + service("a", "fails") + user_task("b") + user_task("from a")
        .replace("from a", "from_a") + user_task("from_b")
        + boundary("on_a", "a", error()) + boundary("on_b", "b", error())
        + chain("start", "fork", "a") + chain("fork", "b") + chain("on_a", "from_a") + chain("on_b", "from_b"),
        outside=ERRORS)
    instance = deploy_and_start(engine, diagram)
    engine.run_due()
    assert open_names(engine, instance) == ["b", "from_a"]
    assert engine.instance(instance).variables["why"] == "money"
    engine.close()


def test_an_uncaught_error_end_is_no_success(memory):
    diagram = process(
        start() + gateway("fork", "parallel") + user_task("a") + user_task("b") + end("failed", error())
        + chain("start", "fork", "a", "failed") + chain("fork", "b"), outside=ERRORS)
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    assert memory.instance(instance).state == "error"
    assert open_names(memory, instance) == []


def test_an_error_nobody_catches_is_an_incident_when_a_handler_throws_it(clock):
    def fails(_job):
        raise BpmnError("TWO")

    engine = ProcessEngine("sqlite://", handlers={"fails": fails}, clock=clock)
    instance = deploy_and_start(engine, process(
        start() + service("a", "fails") + boundary("on_a", "a", error()) + user_task("b") + chain("start", "a")
        + chain("on_a", "b"), outside=ERRORS))
    engine.run_due()
    [incident] = engine.incidents(instance)
    assert "TWO" in incident.message
    assert engine.instance(instance).state == "active"
    engine.close()


def sub_process(element_id: str, inner: str, *, triggered: bool = False, more: str = "") -> str:
    marked = ' triggeredByEvent="true"' if triggered else ""
    return f'<bpmn:subProcess id="{element_id}" name="{element_id}"{marked}>{inner}{more}</bpmn:subProcess>'


def test_an_error_end_inside_a_sub_process_leaves_by_its_boundary(memory):
    inner = start("s1") + user_task("a") + end("bad", error()) + chain("s1", "a", "bad")
    diagram = process(
        start() + sub_process("sub", inner) + boundary("on", "sub", error()) + user_task("after") + user_task("mend")
        + chain("start", "sub", "after") + chain("on", "mend"), outside=ERRORS)
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    assert open_names(memory, instance) == ["mend"]


def test_a_sub_process_ends_with_its_last_token(memory):
    inner = (start("s1") + gateway("f", "parallel") + user_task("a") + user_task("b") + end("e1") + end("e2")
             + chain("s1", "f", "a", "e1") + chain("f", "b", "e2"))
    instance = deploy_and_start(memory, process(
        start() + sub_process("sub", inner) + user_task("after") + chain("start", "sub", "after")))
    finish(memory, instance, "a")
    assert open_names(memory, instance) == ["b"]
    finish(memory, instance, "b")
    assert open_names(memory, instance) == ["after"]


def test_an_interrupting_event_sub_process_ends_everything_else_in_its_scope(memory):
    handler = (f'<bpmn:startEvent id="on" isInterrupting="true">{MESSAGE}</bpmn:startEvent>' + user_task("withdrawn")
               + end("e2") + chain("on", "withdrawn", "e2"))
    instance = deploy_and_start(memory, process(
        start() + user_task("work") + sub_process("esp", handler, triggered=True) + chain("start", "work"),
        outside=DECLARED), {"key": "K"})
    memory.publish_message("reply", "K")
    assert open_names(memory, instance) == ["withdrawn"]
    finish(memory, instance, "withdrawn")
    assert memory.instance(instance).state == "completed"


def test_a_non_interrupting_event_sub_process_runs_beside_the_main_path(memory):
    handler = (f'<bpmn:startEvent id="on" isInterrupting="false">{MESSAGE}</bpmn:startEvent>' + user_task("extra")
               + end("e2") + chain("on", "extra", "e2"))
    instance = deploy_and_start(memory, process(
        start() + user_task("work") + sub_process("esp", handler, triggered=True) + end()
        + chain("start", "work", "end"),
        outside=DECLARED), {"key": "K"})
    memory.publish_message("reply", "K")
    memory.publish_message("reply", "K")
    assert open_names(memory, instance) == ["extra", "extra", "work"]
    finish(memory, instance, "work")
    assert memory.instance(instance).state == "active"
    finish(memory, instance, "extra")
    finish(memory, instance, "extra")
    assert memory.instance(instance).state == "completed"


def test_an_error_event_sub_process_does_not_start_with_the_process(memory):
    handler = (f'<bpmn:startEvent id="on">{error()}</bpmn:startEvent>' + user_task("mend") + end("over")
               + chain("on", "mend", "over"))
    instance = deploy_and_start(memory, process(
        start() + user_task("work") + end("bad", error()) + sub_process("esp", handler, triggered=True)
        + chain("start", "work", "bad"), outside=ERRORS))
    assert open_names(memory, instance) == ["work"]
    finish(memory, instance, "work")
    assert open_names(memory, instance) == ["mend"]


def test_an_escalation_goes_on_its_path_and_starts_the_boundarys_path(memory):
    throw = ('<bpmn:intermediateThrowEvent id="up"><bpmn:escalationEventDefinition escalationRef="x"/>'
             "</bpmn:intermediateThrowEvent>")
    inner = start("s1") + throw + user_task("inside") + chain("s1", "up", "inside")
    on = '<bpmn:escalationEventDefinition escalationRef="x"/>'
    instance = deploy_and_start(memory, process(
        start() + sub_process("sub", inner) + boundary("on", "sub", on, interrupting=False) + user_task("leader")
        + chain("start", "sub") + chain("on", "leader"),
        outside='<bpmn:escalation id="x" name="x" escalationCode="X"/>'))
    assert open_names(memory, instance) == ["inside", "leader"]


def test_a_terminate_end_event_ends_its_scope_and_nothing_beyond(memory):
    inner = (start("s1") + gateway("f", "parallel") + user_task("a") + user_task("b")
             + end("stop", "<bpmn:terminateEventDefinition/>") + chain("s1", "f", "a", "stop") + chain("f", "b"))
    instance = deploy_and_start(memory, process(
        start() + sub_process("sub", inner) + user_task("after") + chain("start", "sub", "after")))
    finish(memory, instance, "a")
    assert open_names(memory, instance) == ["after"]


def test_a_boundary_event_cancels_every_body_of_a_multi_instance(memory, clock):
    # Stock SpiffWorkflow removes the bodies without cancelling them (3 started, 0 cancelled).
    diagram = process(
        start() + user_task("each", loop=loop("=[1, 2, 3]")) + boundary("b", "each", timer("P1D")) + user_task("late")
        + chain("start", "each") + chain("b", "late"))
    instance = deploy_and_start(memory, diagram)
    clock.move(days=2)
    memory.run_due()
    assert open_names(memory, instance) == ["late"]
    states = [one.state for one in memory.history(instance) if one.element_id == "each"]
    assert states == ["cancelled"] * 3


def test_a_receive_task_waits_for_its_message(memory):
    instance = deploy_and_start(memory, process(
        start() + '<bpmn:receiveTask id="r" messageRef="m"/>' + user_task("a") + chain("start", "r", "a"),
        outside=DECLARED), {"key": 7})
    assert memory.publish_message("reply", "7") == 1
    assert open_names(memory, instance) == ["a"]


def test_two_timers_of_one_event_gateway_keep_their_own_instants(memory, clock):
    diagram = process(
        start() + gateway("g", "eventBased") + catch("t1", timer("P9D")) + catch("t2", timer("P2D")) + user_task("a")
        + user_task("b") + chain("start", "g", "t1", "a") + chain("g", "t2", "b"))
    instance = deploy_and_start(memory, diagram)
    assert [one.due - clock() for one in memory.timers(instance)] == [timedelta(days=2), timedelta(days=9)]
    clock.move(days=2)
    memory.run_due()
    assert open_names(memory, instance) == ["b"]
    assert memory.timers(instance) == []


def test_flows_may_lead_back_into_a_task_with_a_fresh_timer(memory, clock):
    diagram = process(
        start() + user_task("work") + gateway("g", default="g_work") + end() + boundary("b", "work", timer("P2D"))
        + user_task("late") + chain("start", "work", "g") + flow("g", "work") + flow("g", "end", "= done")
        + chain("b", "late"))
    instance = deploy_and_start(memory, diagram, {"done": False})
    clock.move(days=1)
    finish(memory, instance, "work")
    assert [one.due - clock() for one in memory.timers(instance)] == [timedelta(days=2)]
