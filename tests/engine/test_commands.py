"""Commands on both databases: durable, exactly once, explained, and the same after a restart."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text, update
from tests_support.diagrams import chain, end, process, start, user_task
from tests_support.running import deploy_and_start, finish, open_names

from engine import Conflict, EngineError, NotFound, tables
from engine.consistency import find_faults
from engine.history import anchor, verify

TWO_STEPS = process(
    start() + user_task("a") + user_task("b") + end() + chain("start", "a", "b", "end"))


def test_a_case_goes_on_in_a_new_process_after_every_step(build):
    first = build()
    instance = deploy_and_start(first, TWO_STEPS, {"title": "关于停车难的建议"}, business_key="item-1")
    second = build()
    finish(second, instance, "a", {"n": 1})
    third = build()
    assert open_names(third, instance) == ["b"]
    finish(third, instance, "b")
    seen = build().instance(instance)
    assert (seen.state, seen.variables, seen.business_key) == (
        "completed", {"title": "关于停车难的建议", "n": 1}, "item-1")
    assert find_faults(third.runtime) == []


def test_a_task_is_completed_once_and_the_second_is_told_who_was_first(engine):
    instance = deploy_and_start(engine, TWO_STEPS)
    [task] = engine.user_tasks(instance)
    engine.complete(task.id, {"by": "wang"}, actor="wang")
    with pytest.raises(Conflict) as refused:
        engine.complete(task.id, {"by": "li"}, actor="li")
    assert refused.value.by == "wang"
    assert engine.instance(instance).variables == {"by": "wang"}


def test_a_repeated_request_is_answered_and_not_done_again(engine):
    engine.deploy({"a.bpmn": TWO_STEPS})
    one = engine.start("p", {}, request_id="r1")
    assert engine.start("p", {}, request_id="r1") == one
    [task] = engine.user_tasks(one)
    engine.complete(task.id, {}, request_id="r2")
    engine.complete(task.id, {}, request_id="r2")
    assert open_names(engine, one) == ["b"]
    assert find_faults(engine.runtime, ["r1", "r2"]) == []


def test_two_people_at_once_on_one_task_one_wins(build):
    engine = build()
    instance = deploy_and_start(engine, TWO_STEPS)
    [task] = engine.user_tasks(instance)
    barrier = threading.Barrier(4)
    outcomes = []

    def act(name):
        barrier.wait()
        try:
            engine.complete(task.id, {"by": name}, actor=name)
            outcomes.append("won")
        except Conflict as conflict:
            outcomes.append(conflict.by)

    threads = [threading.Thread(target=act, args=(f"u{index}",)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = engine.instance(instance).variables["by"]
    assert sorted(outcomes) == sorted(["won", winner, winner, winner])
    assert find_faults(engine.runtime) == []


def test_unknown_tasks_instances_and_processes_are_named(engine):
    for act in (lambda: engine.complete("nothing-1"), lambda: engine.instance("nothing"),
                lambda: engine.start("nothing"), lambda: engine.user_tasks("nothing"),
                lambda: engine.cancel("nothing", "x"), lambda: engine.retry("nothing")):
        with pytest.raises(NotFound, match="nothing"):
            act()


def test_values_that_are_no_feel_values_are_refused_and_change_nothing(engine):
    instance = deploy_and_start(engine, TWO_STEPS)
    [task] = engine.user_tasks(instance)
    with pytest.raises(EngineError, match="FEEL value"):
        engine.complete(task.id, {"x": object()})
    assert open_names(engine, instance) == ["a"]


def test_a_recorder_writes_in_the_same_transaction_and_chooses_the_variables(build):
    def record(submission):
        submission.connection.execute(text("INSERT INTO letters VALUES (:text)"), {"text": submission.values["text"]})
        if submission.values.get("fail"):
            raise ValueError("the recorder refuses")
        return {"class": submission.values["class"]}

    engine = build(recorders={"letter": record})
    with engine.database.writing() as connection:
        connection.execute(text("CREATE TABLE letters (text TEXT)"))
    header = '<zeebe:taskHeaders><zeebe:header key="recorder" value="letter"/></zeebe:taskHeaders>'
    instance = deploy_and_start(engine, process(
        start() + user_task("a", header) + user_task("b") + chain("start", "a", "b")))
    [task] = engine.user_tasks(instance)
    with pytest.raises(ValueError, match="refuses"):
        engine.complete(task.id, {"text": "x", "class": "A", "fail": True})
    assert open_names(engine, instance) == ["a"]
    engine.complete(task.id, {"text": "a long letter", "class": "A"})
    assert engine.instance(instance).variables == {"class": "A"}
    with engine.database.reading() as connection:
        assert connection.execute(text("SELECT text FROM letters")).scalars().all() == ["a long letter"]


def test_an_observer_sees_what_opens_and_closes_before_it_is_committed(build):
    seen = []
    engine = build(observers=[seen.append])
    instance = deploy_and_start(engine, TWO_STEPS, business_key="K")
    finish(engine, instance, "a")
    finish(engine, instance, "b")
    assert [[task.name for task in change.opened] for change in seen] == [["a"], ["b"], []]
    assert [[closed.state for closed in change.closed] for change in seen] == [[], ["completed"], ["completed"]]
    assert seen[-1].ended[0].state == "completed"
    assert {change.business_key for change in seen} == {"K"}


def test_assigning_and_rescheduling_keep_history_and_touch_no_snapshot(engine):
    schedule = '<zeebe:taskSchedule dueDate="=date(&quot;2026-04-10&quot;)"/>'
    instance = deploy_and_start(engine, process(start() + user_task("a", schedule) + chain("start", "a")))
    [task] = engine.user_tasks(instance)
    assert task.due == datetime(2026, 4, 10, 15, 59, 59, tzinfo=UTC)
    with engine.database.reading() as connection:
        before = connection.execute(select(tables.instance.c.snapshot)).scalar()
    engine.assign(task.id, "wang", actor="li")
    engine.reschedule(task.id, datetime(2026, 4, 20, 16, 0, tzinfo=UTC), "extension granted", actor="li")
    [task] = engine.user_tasks(instance)
    assert (task.assignee, task.due) == ("wang", datetime(2026, 4, 20, 16, 0, tzinfo=UTC))
    assert task.due_notes[-1]["reason"] == "extension granted"
    with engine.database.reading() as connection:
        assert connection.execute(select(tables.instance.c.snapshot)).scalar() == before
    assert engine.instance(instance).revision == 3
    assert find_faults(engine.runtime) == []


def test_cancelling_ends_everything_once(engine):
    instance = deploy_and_start(engine, TWO_STEPS)
    engine.cancel(instance, "withdrawn", actor="deputy")
    assert engine.instance(instance).state == "terminated"
    assert engine.user_tasks(instance) == []
    with pytest.raises(Conflict):
        engine.cancel(instance, "again")


def test_running_cases_finish_on_their_version(engine):
    old = deploy_and_start(engine, TWO_STEPS)
    engine.deploy({"a.bpmn": process(start() + user_task("new") + chain("start", "new"))})
    finish(engine, old, "a")
    assert open_names(engine, old) == ["b"]
    assert engine.instance(old).version == 1
    assert open_names(engine, engine.start("p")) == ["new"]
    assert open_names(engine, engine.start("p", version=1)) == ["a"]


@pytest.mark.parametrize("tamper", [
    update(tables.command).where(tables.command.c.revision == 2).values(actor="somebody else"),
    tables.command.delete().where(tables.command.c.revision == 3),
    tables.command.delete().where(tables.command.c.revision == 2),
], ids=["altered", "tail removed", "one removed"])
def test_a_changed_history_is_noticed(engine, tamper):
    instance = deploy_and_start(engine, TWO_STEPS)
    finish(engine, instance, "a")
    finish(engine, instance, "b")
    with engine.database.writing() as connection:
        assert verify(connection, instance) == []
        connection.execute(tamper)
    with engine.database.reading() as connection:
        assert verify(connection, instance) != []


def test_the_daily_anchor_covers_the_heads_of_all_cases(engine, clock):
    deploy_and_start(engine, TWO_STEPS)
    with engine.database.writing() as connection:
        first = anchor(connection, clock())
        assert anchor(connection, clock()) == first
    clock.move(days=1)
    with engine.database.writing() as connection:
        assert anchor(connection, clock()) != first


def test_history_names_every_element_with_its_times(engine, clock):
    instance = deploy_and_start(engine, TWO_STEPS)
    clock.move(days=2)
    finish(engine, instance, "a")
    first = next(one for one in engine.history(instance) if one.element_id == "a")
    assert (first.type, first.state, first.ended - first.started) == (
        "userTask", "completed", clock() - datetime(2026, 3, 27, 1, 0, tzinfo=UTC))
