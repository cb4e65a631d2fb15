"""What a handler may do to the case around it: move dates, carry facts down; all inside its command."""

from __future__ import annotations

import datetime as dt

import pytest
from tests_support.diagrams import call, chain, end, flow, gateway, process, service, start, user_task
from tests_support.running import deploy_and_start, finish, open_names

from engine import ProcessEngine, in_transaction
from engine.consistency import find_faults

PARENT = process(
    start() + gateway("fork", "parallel") + call("c", "child") + user_task("grant") + service("extend", "extend")
    + gateway("join", "parallel") + end()
    + chain("start", "fork", "c", "join", "end") + chain("fork", "grant", "extend", "join"), "p")
CHILD = process(start() + user_task("first") + gateway("which", "exclusive") + user_task("late") + user_task("early")
                + end() + chain("start", "first", "which") + flow("which", "late", "=extended")
                + flow("which", "early", "=not(extended)") + chain("late", "end") + chain("early", "end"), "child")
DAY = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


def engine_with(url, clock, handler) -> ProcessEngine:
    return ProcessEngine(url, clock=clock, handlers={"extend": in_transaction(handler)})


def running(engine) -> str:
    engine.deploy({"p.bpmn": PARENT, "child.bpmn": CHILD})
    return engine.start("p", {"extended": False})


def task_named(engine, instance, name):
    return next(task for task in engine.user_tasks(instance) if task.name == name)


def test_a_changed_fact_reaches_the_processes_that_were_called_with_it(database_url, clock):
    engine = engine_with(database_url, clock, lambda job: job.case.set_below({"extended": True, "unknown": 1}))
    instance = running(engine)
    finish(engine, instance, "grant")
    finish(engine, instance, "first")
    assert open_names(engine, instance) == ["late"], "the called process decides with the new fact"
    below = engine.family(instance)[1]
    assert engine.instance(below.id).variables == {"extended": True}, "it gets no variable that it was not given"
    assert find_faults(engine.runtime) == []
    engine.close()


def test_a_date_moves_inside_the_command_and_says_why(database_url, clock):
    def extend(job):
        for task in engine.user_tasks(job.root_id):
            job.case.reschedule(task.id, DAY, "granted", {"rule": "P9"})

    engine = engine_with(database_url, clock, extend)
    instance = running(engine)
    finish(engine, instance, "grant")
    task = task_named(engine, instance, "first")
    assert task.due == DAY
    assert [note.get("reason") for note in task.due_notes if "moved" in note] == ["granted"]
    assert {"rule": "P9"} in [note for step in task.due_notes for note in step.get("notes", ())]
    assert find_faults(engine.runtime) == []
    engine.close()


def test_what_a_failing_handler_did_is_undone(database_url, clock):
    def extend(job):
        job.case.set_below({"extended": True})
        for task in engine.user_tasks(job.root_id):
            job.case.reschedule(task.id, DAY, "granted")
        raise RuntimeError("afterwards it fails")

    engine = engine_with(database_url, clock, extend)
    instance = running(engine)
    finish(engine, instance, "grant")
    assert task_named(engine, instance, "first").due is None
    assert engine.instance(engine.family(instance)[1].id).variables == {"extended": False}
    assert len(engine.incidents(instance)) == 1
    engine.close()


def test_a_task_of_another_case_is_out_of_reach(database_url, clock):
    def extend(job):
        job.case.reschedule(other.id, DAY, "granted")

    engine = engine_with(database_url, clock, extend)
    instance = running(engine)
    other = task_named(engine, engine.start("p", {"extended": False}), "first")
    finish(engine, instance, "grant")
    assert engine.user_task(other.id).due is None
    assert len(engine.incidents(instance)) == 1
    engine.close()


def test_the_family_of_a_case_names_who_called_whom(memory):
    memory.deploy({"p.bpmn": process(start() + call("c", "child") + end() + chain("start", "c", "end"), "p"),
                   "child.bpmn": CHILD})
    instance = memory.start("p", {"extended": False})
    root, child = memory.family(instance)
    assert (root.process_id, root.parent_id, root.element_id) == ("p", None, None)
    assert (child.process_id, child.parent_id, child.element_id) == ("child", instance, "c")
    assert child.ended is None


@pytest.mark.parametrize("parallel", [False, True])
def test_a_case_is_moved_out_of_a_sub_process_to_a_step_around_it(memory, parallel):
    inner = (f'<bpmn:subProcess id="s">{start("is")}{user_task("review")}{end("ie")}'
             f'{chain("is", "review", "ie")}</bpmn:subProcess>')
    shapes = start() + user_task("draft") + inner + end()
    if parallel:
        shapes += (gateway("fork", "parallel") + user_task("beside") + gateway("join", "parallel")
                   + chain("start", "fork", "draft", "s", "join", "end") + chain("fork", "beside", "join"))
    else:
        shapes += chain("start", "draft", "s", "end")
    instance = deploy_and_start(memory, process(shapes))
    finish(memory, instance, "draft")
    memory.move(task_named(memory, instance, "review").id, "draft", "again", actor="wang")
    assert open_names(memory, instance) == (["beside", "draft"] if parallel else ["draft"])
    finish(memory, instance, "draft")
    finish(memory, instance, "review")
    if parallel:
        finish(memory, instance, "beside")
    assert memory.instance(instance).state == "completed"
    assert find_faults(memory.runtime) == []
