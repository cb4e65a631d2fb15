"""Other reference data for running cases: exactly the dates that follow from it move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from tests_support.diagrams import boundary, call, chain, end, flow, gateway, process, service, start, timer, user_task
from tests_support.running import deploy_and_start, finish, open_names

from engine import Conflict, NotFound, ProcessEngine, in_transaction
from engine.consistency import find_faults
from engine.feel import Noted, over_reference


@dataclass(frozen=True)
class Rules:
    """Reference data with one rule: how many days a thing takes."""

    version: str
    days: int


RULES = {"short": Rules("short", 5), "long": Rules("long", 9)}


@over_reference
def deadline(reference, start):
    return Noted(start + dt.timedelta(days=reference.days), {"rule": reference.version})


def schedule(expression):
    return f'<zeebe:taskSchedule dueDate="={expression}"/>'


CHILD = process(
    start() + user_task("opinion", schedule("deadline(now())")) + user_task("after")
    + boundary("late", "opinion", timer("=deadline(now())", "timeDate")) + user_task("reminded")
    + end() + chain("start", "opinion", "after", "end") + chain("late", "reminded", "end"), "child")
PARENT = process(
    start() + gateway("fork", "parallel") + call("c", "child") + user_task("agreed", schedule("date(day)"))
    + user_task("undated") + gateway("join", "parallel") + end()
    + chain("start", "fork", "c", "join", "end") + chain("fork", "agreed", "join") + chain("fork", "undated", "join"),
    "p")


@pytest.fixture
def engine(database_url, clock):
    made = ProcessEngine(
        database_url, clock=clock, functions={"deadline": deadline},
        reference=lambda version: RULES[version or "short"], observers=[])
    made.deploy({"p.bpmn": PARENT, "child.bpmn": CHILD})
    yield made
    made.close()


def running(engine):
    return engine.start("p", {"day": "2026-06-01"})


def task_named(engine, instance, name):
    return next(task for task in engine.user_tasks(instance) if task.name == name)


def test_a_preview_lists_what_would_move_and_changes_nothing(engine, clock):
    instance = running(engine)
    opened = clock()
    clock.move(days=2)
    found = engine.moves(instance, RULES["long"])
    assert [(move.kind, move.name, move.before, move.after) for move in found] == [
        ("task", "opinion", opened + dt.timedelta(days=5), opened + dt.timedelta(days=9)),
        ("timer", "late", opened + dt.timedelta(days=5), opened + dt.timedelta(days=9))]
    assert task_named(engine, instance, "opinion").due == opened + dt.timedelta(days=5)
    assert engine.instance(instance).revision == 1


def test_the_command_moves_exactly_what_the_preview_listed_and_is_repeatable(engine, clock):
    instance = running(engine)
    opened = clock()
    clock.move(days=2)
    listed = engine.moves(instance, RULES["long"])
    moved = engine.retime(instance, "long", "P5 is longer", request_id="change-1", actor="chen")
    assert moved == listed
    assert engine.retime(instance, "long", "P5 is longer", request_id="change-1", actor="chen") == []
    task = task_named(engine, instance, "opinion")
    assert task.due == opened + dt.timedelta(days=9)
    assert [note["rule"] for step in task.due_notes for note in step.get("notes", ())] == ["long"]
    assert task.due_notes[-1]["reason"] == "P5 is longer"
    assert task_named(engine, instance, "agreed").due.date() == dt.date(2026, 6, 1)
    assert [one.due for one in engine.timers(instance)] == [opened + dt.timedelta(days=9)]
    assert [one.reference_version for one in engine.pinned()] == ["long"]
    assert engine.instance(instance).revision == 2
    assert find_faults(engine.runtime) == []


def test_what_opens_later_follows_the_new_reference_data_and_other_cases_do_not(engine, clock):
    first, other = running(engine), running(engine)
    engine.retime(first, "long", "longer")
    assert engine.moves(first, RULES["long"]) == []
    assert len(engine.moves(other, RULES["long"])) == 2
    clock.move(days=9)
    engine.run_due()
    assert "reminded" in open_names(engine, first)
    assert "reminded" in open_names(engine, other)


def test_a_date_that_a_person_moved_stays(engine, clock):
    instance = running(engine)
    task = task_named(engine, instance, "opinion")
    chosen = clock() + dt.timedelta(days=30)
    engine.reschedule(task.id, chosen, "granted")
    assert [move.kind for move in engine.moves(instance, RULES["long"])] == ["timer"]
    engine.retime(instance, "long", "longer")
    assert task_named(engine, instance, "opinion").due == chosen


def test_there_and_back_gives_the_old_dates(engine, clock):
    instance = running(engine)
    before = task_named(engine, instance, "opinion").due
    engine.retime(instance, "long", "longer")
    engine.retime(instance, "short", "taken back")
    assert task_named(engine, instance, "opinion").due == before
    assert find_faults(engine.runtime) == []


def test_a_case_that_is_over_is_refused(engine):
    instance = running(engine)
    engine.cancel(instance, "done with it")
    with pytest.raises(Conflict):
        engine.retime(instance, "long", "longer")
    assert engine.pinned() == []


def test_a_case_that_does_not_exist_is_not_found(engine):
    with pytest.raises(NotFound):
        engine.moves("nothing", RULES["long"])


SERVICE = process(start() + service("s", "send") + user_task("after") + chain("start", "s", "after"))


def test_a_failed_job_is_passed_over_with_a_value(build, clock):
    def send(_job):
        raise OSError("the mail server does not answer")

    engine = build(handlers={"send": send})
    instance = deploy_and_start(engine, SERVICE)
    for _ in range(4):
        engine.run_due()
        clock.move(hours=1)
    [incident] = engine.incidents(instance)
    engine.skip(incident.id, {"sent": "by hand"}, "sent by post", actor="chen")
    assert open_names(engine, instance) == ["after"]
    assert engine.instance(instance).variables == {"sent": "by hand"}
    assert engine.incidents(instance) == []
    with pytest.raises(Conflict):
        engine.skip(incident.id, {}, "again")
    assert find_faults(engine.runtime) == []


def test_a_stuck_element_is_passed_over_with_a_value(build):
    def count(_job):
        raise ValueError("cannot be divided")

    engine = build(handlers={"send": in_transaction(count)})
    instance = deploy_and_start(engine, SERVICE)
    [incident] = engine.incidents(instance)
    engine.skip(incident.id, {"result": 1}, "reckoned by hand")
    finish(engine, instance, "after")
    assert engine.instance(instance).state == "completed"
    assert find_faults(engine.runtime) == []


def test_a_stuck_choice_is_still_stuck_when_no_way_fits(memory):
    instance = deploy_and_start(memory, process(
        start() + user_task("ask") + gateway("which", "exclusive") + user_task("a") + user_task("b")
        + chain("start", "ask", "which") + flow("which", "a", "=x = 1") + flow("which", "b", "=x = 2")))
    finish(memory, instance, "ask", {"x": 3})
    [incident] = memory.incidents(instance)
    memory.skip(incident.id, {}, "try")
    assert len(memory.incidents(instance)) == 1
    memory.skip(memory.incidents(instance)[0].id, {"x": 2}, "the right value")
    assert open_names(memory, instance) == ["b"]
