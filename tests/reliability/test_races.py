"""Races between two workers on one case: one wins, the other is told, nothing is lost and nobody deadlocks."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from tests_support.diagrams import boundary, chain, end, message, process, start, timer, user_task

from engine import Conflict, ProcessEngine
from engine.consistency import find_faults

ROUNDS = 500
MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'
WORK = process(
    start() + user_task("work") + user_task("next") + user_task("late") + boundary("b", "work", timer("P1D"))
    + chain("start", "work", "next") + chain("b", "late"))
LISTEN = process(
    start() + user_task("before") + f'<bpmn:intermediateCatchEvent id="c">{MESSAGE}</bpmn:intermediateCatchEvent>'
    + user_task("heard") + end() + chain("start", "before", "c", "heard", "end"), outside=message("m", "reply"))


class Pair:
    """Two threads that begin each round together, each with an engine and connections of its own."""

    def __init__(self, one, other):
        self.acts = (one, other)
        self.outcomes: list[tuple[object, object]] = []

    def run(self, rounds):
        """Let both act in every round; what each answered or raised."""
        barrier = threading.Barrier(2, timeout=60)
        answers = [[None] * rounds, [None] * rounds]

        def loop(index):
            for number in range(rounds):
                barrier.wait()
                try:
                    answers[index][number] = self.acts[index](number)
                except Conflict as conflict:
                    answers[index][number] = conflict

        threads = [threading.Thread(target=loop, args=(index,)) for index in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return list(zip(*answers, strict=True))


@pytest.fixture(params=["postgresql", "sqlite"])
def engines(request, clock, tmp_path):
    url = (request.getfixturevalue("postgres_url") if request.param == "postgresql"
           else f"sqlite:///{tmp_path / 'race.sqlite'}")
    pair = [ProcessEngine(url, clock=clock), ProcessEngine(url, clock=clock)]
    yield pair
    for engine in pair:
        engine.close()


def rounds_for(engine):
    return ROUNDS if engine.database.engine.dialect.name == "postgresql" else ROUNDS // 5


def test_two_completions_of_one_task(engines):
    one, other = engines
    one.deploy({"a.bpmn": WORK})
    rounds = rounds_for(one)
    tasks = [one.user_tasks(one.start("p"))[0].id for _ in range(rounds)]
    pair = Pair(lambda n: one.complete(tasks[n], {"by": 1}), lambda n: other.complete(tasks[n], {"by": 2}))
    outcomes = pair.run(rounds)
    assert all([isinstance(answer, Conflict) for answer in answers].count(True) == 1 for answers in outcomes)
    assert find_faults(one.runtime) == []


def test_a_timer_against_a_completion(engines, clock):
    one, other = engines
    one.deploy({"a.bpmn": WORK})
    rounds = rounds_for(one)
    cases = [one.start("p") for _ in range(rounds)]
    tasks = [one.user_tasks(case)[0].id for case in cases]
    clock.move(days=2)
    Pair(lambda n: one.complete(tasks[n]), lambda _n: other.run_once(limit=1)).run(rounds)
    other.run_due()
    ended = [[task.name for task in one.user_tasks(case)] for case in cases]
    assert all(names in (["next"], ["late"]) for names in ended)
    assert find_faults(one.runtime) == []


def test_a_message_against_its_subscription(engines):
    one, other = engines
    one.deploy({"a.bpmn": LISTEN})
    rounds = rounds_for(one)
    cases = [one.start("p", {"key": str(number)}) for number in range(rounds)]
    tasks = [one.user_tasks(case)[0].id for case in cases]
    Pair(lambda n: one.complete(tasks[n]),
         lambda n: other.publish_message("reply", str(n), ttl=timedelta(hours=1))).run(rounds)
    lost = [case for case in cases if [task.name for task in one.user_tasks(case)] != ["heard"]]
    assert lost == []
    assert find_faults(one.runtime) == []


def test_cancelling_against_completing(engines):
    one, other = engines
    one.deploy({"a.bpmn": WORK})
    rounds = rounds_for(one) // 5
    cases = [one.start("p") for _ in range(rounds)]
    tasks = [one.user_tasks(case)[0].id for case in cases]
    Pair(lambda n: one.complete(tasks[n]), lambda n: other.cancel(cases[n], "withdrawn")).run(rounds)
    assert {one.instance(case).state for case in cases} == {"terminated"}
    assert find_faults(one.runtime) == []
