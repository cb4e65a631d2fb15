"""Returning a case to an earlier step: nobody loses a task and nobody gets two."""

from __future__ import annotations

import random
import re

import pytest
from tests_support.diagrams import boundary, chain, end, flow, gateway, loop, process, start, timer, user_task
from tests_support.random_diagrams import draw
from tests_support.running import deploy_and_start, finish, open_names

from engine import EngineError, ProcessEngine
from engine.consistency import find_faults

BRANCHES = process(
    start() + user_task("before") + gateway("fork", "parallel") + user_task("a") + user_task("b") + user_task("a2")
    + gateway("join", "parallel") + user_task("after") + end()
    + chain("start", "before", "fork", "a", "a2", "join", "after", "end") + chain("fork", "b", "join"))


def task_named(engine, instance, name):
    return next(task.id for task in engine.user_tasks(instance) if task.name == name)


def test_a_step_is_returned_to_the_one_before_with_its_variables(memory):
    diagram = process(start() + user_task("draft") + user_task("review") + end()
                      + chain("start", "draft", "review", "end"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "draft", {"text": "first"})
    memory.move(task_named(memory, instance, "review"), "draft", "please add dates", actor="wang")
    assert open_names(memory, instance) == ["draft"]
    assert memory.instance(instance).variables == {"text": "first"}
    finish(memory, instance, "draft")
    finish(memory, instance, "review")
    assert memory.instance(instance).state == "completed"
    assert find_faults(memory.runtime) == []


def test_inside_one_branch_the_other_branch_stays(memory):
    instance = deploy_and_start(memory, BRANCHES)
    finish(memory, instance, "before")
    finish(memory, instance, "a")
    memory.move(task_named(memory, instance, "a2"), "a", "again")
    assert open_names(memory, instance) == ["a", "b"]


def test_back_before_the_fork_every_branch_goes_with_it_those_at_the_join_too(memory):
    instance = deploy_and_start(memory, BRANCHES)
    finish(memory, instance, "before")
    finish(memory, instance, "b")
    memory.move(task_named(memory, instance, "a"), "before", "again")
    assert open_names(memory, instance) == ["before"]
    for name in ("before", "b", "a", "a2", "after"):
        finish(memory, instance, name)
    assert memory.instance(instance).state == "completed"


def test_one_reviewers_return_takes_back_the_whole_review(memory):
    diagram = process(
        start() + user_task("draft") + user_task("review", loop=loop("=[1, 2, 3]")) + end()
        + chain("start", "draft", "review", "end"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "draft")
    memory.move(task_named(memory, instance, "review"), "draft", "again")
    assert open_names(memory, instance) == ["draft"]


def test_from_behind_the_join_into_one_branch_is_refused(memory):
    instance = deploy_and_start(memory, BRANCHES)
    for name in ("before", "a", "a2", "b"):
        finish(memory, instance, name)
    with pytest.raises(EngineError, match="no way leads"):
        memory.move(task_named(memory, instance, "after"), "b", "only b again")
    assert open_names(memory, instance) == ["after"]


@pytest.mark.parametrize("target", ["nowhere", "fork", "start"])
def test_a_target_that_is_no_step_is_refused(memory, target):
    instance = deploy_and_start(memory, BRANCHES)
    with pytest.raises(EngineError, match=target):
        memory.move(task_named(memory, instance, "before"), target, "x")


def test_a_repeated_move_is_done_once(memory):
    diagram = process(start() + user_task("a") + user_task("b") + chain("start", "a", "b"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    task = task_named(memory, instance, "b")
    memory.move(task, "a", "x", request_id="m1")
    memory.move(task, "a", "x", request_id="m1")
    assert open_names(memory, instance) == ["a"]


def test_the_timers_of_what_was_left_are_gone(memory, clock):
    diagram = process(
        start() + user_task("a") + user_task("b") + boundary("late", "b", timer("P1D")) + user_task("x")
        + chain("start", "a", "b") + flow("late", "x"))
    instance = deploy_and_start(memory, diagram)
    finish(memory, instance, "a")
    memory.move(task_named(memory, instance, "b"), "a", "x")
    clock.move(days=5)
    assert memory.run_due() == 0


@pytest.mark.parametrize("block", range(4))
def test_random_moves_over_random_diagrams_never_strand_a_case(clock, block):
    for seed in range(2000 + block * 15, 2000 + block * 15 + 15):
        walk(seed, clock, draw(seed), "p", {"choice": 1})


def walk(seed, clock, diagram, process_id, variables):
    """Complete and move at random; in the end let the case run out, and expect its end."""
    chance = random.Random(seed)  # noqa: S311 - repeatable chance, no secret
    engine = ProcessEngine("sqlite://", clock=clock)
    engine.deploy({"a.bpmn": diagram})
    instance = engine.start(process_id, variables)
    steps = re.findall(r'<bpmn:userTask id="(\w+)"', diagram.decode())
    moves = 0
    for _ in range(400):
        waiting = engine.user_tasks(instance)
        if not waiting:
            break
        task = chance.choice(waiting)
        if moves < 15 and chance.random() < 0.4:
            try:
                engine.move(task.id, chance.choice(sorted(steps)), "chance")
                moves += 1
            except EngineError:
                pass
        else:
            engine.complete(task.id, {"choice": chance.randint(1, 3) if moves < 15 else 1})
        assert find_faults(engine.runtime) == [], f"seed {seed}"
    assert engine.instance(instance).state == "completed", f"seed {seed}"
    engine.close()
