"""Random diagrams on random paths: after each step a new process reads what the last one wrote."""

from __future__ import annotations

import random

import pytest
from tests_support.random_diagrams import draw

from engine import ProcessEngine
from engine.consistency import find_faults

_STEPS = 400


def live(url, clock, seed):
    """Take one case from its start to its end, each step in a new engine."""
    chance = random.Random(seed)  # noqa: S311 - repeatable chance, no secret
    first = ProcessEngine(url, clock=clock)
    first.deploy({"a.bpmn": draw(seed)})
    instance = first.start("p", {"choice": chance.randint(1, 3)})
    database = first.database.engine
    for _ in range(_STEPS):
        engine = ProcessEngine(database, clock=clock)
        assert find_faults(engine.runtime) == [], f"seed {seed}"
        open_tasks = engine.user_tasks(instance)
        if not open_tasks:
            break
        if engine.timers(instance) and chance.random() < 0.3:
            clock.move(days=1)
            engine.run_due()
        else:
            engine.complete(chance.choice(open_tasks).id, {"choice": chance.randint(1, 3)})
    state = engine.instance(instance).state
    first.close()
    assert state == "completed", f"seed {seed}"


@pytest.mark.parametrize("block", range(10))
def test_random_cases_end_and_stay_consistent_after_every_step(clock, block):
    for seed in range(block * 12, block * 12 + 12):
        live("sqlite://", clock, seed)


def test_random_cases_on_postgresql(clock, postgres_url):
    for seed in range(1000, 1006):
        live(postgres_url, clock, seed)
