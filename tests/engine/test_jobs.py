"""Handlers inside the transaction and jobs outside of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update
from tests_support.diagrams import boundary, chain, flow, gateway, process, service, start, timer, user_task
from tests_support.running import deploy_and_start, finish, open_names

from engine import BpmnError, in_transaction, tables
from engine import jobs as job_module
from engine.consistency import find_faults

DIAGRAM = process(start() + service("s", "send") + user_task("after") + chain("start", "s", "after"))


def test_a_job_runs_after_the_commit_with_its_variables_and_headers(build):
    seen = []

    def send(job):
        seen.append((dict(job.variables), dict(job.headers), job.connection, job.element_id))
        return {"sent": True}

    header = '<zeebe:taskHeaders><zeebe:header key="to" value="deputy"/></zeebe:taskHeaders>'
    engine = build(handlers={"send": send})
    instance = deploy_and_start(engine, process(
        start() + service("s", "send", header) + user_task("after") + chain("start", "s", "after")), {"x": 1})
    assert seen == []
    engine.run_due()
    assert seen == [({"x": 1}, {"to": "deputy"}, None, "s")]
    assert engine.instance(instance).variables == {"x": 1, "sent": True}
    assert open_names(engine, instance) == ["after"]


def test_a_failing_job_is_tried_later_and_at_last_becomes_an_incident(build, clock):
    attempts = []

    def send(job):
        attempts.append(clock())
        if len(attempts) < 5:
            raise OSError("the mail server does not answer")
        return {}

    engine = build(handlers={"send": send})
    instance = deploy_and_start(engine, DIAGRAM)
    for _ in range(5):
        engine.run_due()
        clock.move(hours=1)
    assert len(attempts) == 3
    [incident] = engine.incidents(instance)
    assert "mail server" in incident.message
    assert find_faults(engine.runtime) == []
    engine.retry(incident.id)
    engine.run_due()
    clock.move(hours=1)
    engine.run_due()
    assert open_names(engine, instance) == ["after"]
    assert engine.incidents(instance) == []


def test_the_wait_between_attempts_doubles_up_to_an_hour():
    waits = [job_module.backoff(attempt).total_seconds() for attempt in (1, 2, 3, 20)]
    assert waits == [10, 20, 40, 3600]


def test_work_nobody_does_is_an_incident_in_the_end(build, clock):
    engine = build()
    instance = deploy_and_start(engine, DIAGRAM)
    for _ in range(4):
        engine.run_due()
        clock.move(hours=1)
    assert "send" in engine.incidents(instance)[0].message


def test_a_late_result_of_a_lost_worker_is_refused(build, clock):
    engine = build(handlers={"send": lambda _job: {"by": "second"}})
    instance = deploy_and_start(engine, DIAGRAM)
    with engine.database.writing() as connection:
        [lost] = job_module.claim(connection, clock(), "lost worker", 1)
    clock.move(hours=1)
    engine.run_due()
    assert job_module._finish(engine.runtime, lost, variables={"by": "first"}) is False
    assert engine.instance(instance).variables == {"by": "second"}


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(build, clock):
    engine = build(handlers={"send": lambda _job: {}})
    deploy_and_start(engine, DIAGRAM)
    with engine.database.writing() as connection:
        assert len(job_module.claim(connection, clock(), "one", 5)) == 1
        assert job_module.claim(connection, clock(), "two", 5) == []


def test_an_in_transaction_handler_pauses_the_advance_and_later_conditions_see_its_result(build):
    @in_transaction
    def number(job):
        job.connection.execute(text("INSERT INTO numbers VALUES (7)"))
        return {"number": 7}

    engine = build(handlers={"number": number})
    with engine.database.writing() as connection:
        connection.execute(text("CREATE TABLE numbers (n INTEGER)"))
    instance = deploy_and_start(engine, process(
        start() + service("s", "number") + gateway("g", default="g_b") + user_task("a") + user_task("b")
        + chain("start", "s", "g") + flow("g", "a", "= number = 7") + flow("g", "b")))
    assert open_names(engine, instance) == ["a"]


def test_a_failing_in_transaction_handler_never_takes_the_users_act_with_it(build):
    calls = []

    @in_transaction
    def number(job):
        job.connection.execute(text("INSERT INTO numbers VALUES (7)"))
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("no number left")
        return {"number": 7}

    engine = build(handlers={"number": number})
    with engine.database.writing() as connection:
        connection.execute(text("CREATE TABLE numbers (n INTEGER)"))
    instance = deploy_and_start(engine, process(
        start() + user_task("before") + service("s", "number") + user_task("after")
        + chain("start", "before", "s", "after")))
    finish(engine, instance, "before", {"typed": "text"})
    [incident] = engine.incidents(instance)
    assert "no number left" in incident.message
    assert engine.instance(instance).variables == {"typed": "text"}
    engine.retry(incident.id)
    assert open_names(engine, instance) == ["after"]
    with engine.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM numbers")).scalar() == 1
    assert find_faults(engine.runtime) == []


def test_a_handlers_business_error_goes_to_the_boundary(build):
    @in_transaction
    def check(_job):
        raise BpmnError("ONE")

    engine = build(handlers={"check": check})
    instance = deploy_and_start(engine, process(
        start() + service("s", "check") + boundary("on", "s", '<bpmn:errorEventDefinition errorRef="e1"/>')
        + user_task("mend") + chain("start", "s") + chain("on", "mend"),
        outside='<bpmn:error id="e1" errorCode="ONE"/>'))
    assert open_names(engine, instance) == ["mend"]


def test_a_case_that_cannot_be_read_becomes_an_incident_and_disturbs_nobody(build, clock):
    diagram = process(
        start() + user_task("work") + user_task("late") + boundary("b", "work", timer("P1D"))
        + chain("start", "work") + chain("b", "late"))
    engine = build()
    poisoned = deploy_and_start(engine, diagram)
    healthy = engine.start("p")
    with engine.database.writing() as connection:
        connection.execute(
            update(tables.instance).where(tables.instance.c.id == poisoned).values(snapshot=b"\x01\x00x"))
    clock.move(days=2)
    engine.run_due()
    assert open_names(engine, healthy) == ["late"]
    with engine.database.reading() as connection:
        assert connection.execute(select(tables.incident.c.root_id)).scalars().all() == [poisoned]


@pytest.mark.parametrize("retries", ["1", "=2"])
def test_retries_are_drawn_in_the_diagram(build, clock, retries):
    attempts = []

    def send(_job):
        attempts.append(1)
        raise OSError("down")

    engine = build(handlers={"send": send})
    deploy_and_start(engine, process(
        start() + service("s", "send", retries=retries) + user_task("after") + chain("start", "s", "after")))
    for _ in range(5):
        engine.run_due()
        clock.move(hours=1)
    assert len(attempts) == int(retries.removeprefix("="))
