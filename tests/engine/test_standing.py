"""What stands where, how long it stays, what comes again: counted from the engine's rows, on both databases."""

from datetime import timedelta

import pytest
from tests_support.diagrams import chain, end, flow, process, start, user_task
from tests_support.running import finish

from engine import ProcessEngine

GATE = '<bpmn:exclusiveGateway id="gate" default="gate_end"/>'
DUE = '<zeebe:taskSchedule dueDate="=now() + duration(&quot;P2D&quot;)"/>'
LOOP = process(
    start() + user_task("draft", DUE) + user_task("review") + GATE + end()
    + chain("start", "draft", "review", "gate") + flow("gate", "draft", "=back") + flow("gate", "end"))  # fmt: skip


@pytest.fixture
def engine(database_url, clock):
    running = ProcessEngine(database_url, clock=clock)
    running.deploy({"loop.bpmn": LOOP})
    yield running
    running.close()


def walk(engine, clock, *, returns=0):
    """One case to its end: two days for each draft, one for each review."""
    case = engine.start("p", {"back": False})
    for left in range(returns, -1, -1):
        clock.move(days=2)
        finish(engine, case, "draft")
        clock.move(days=1)
        finish(engine, case, "review", {"back": left > 0})
    return case


def test_standing_overdue_stay_and_returns_are_counted_at_each_shape(engine, clock):
    walk(engine, clock)
    walk(engine, clock, returns=1)
    engine.start("p", {"back": False})
    clock.move(days=3)
    figures = engine.standings("p")
    draft, review = figures["draft"], figures["review"]
    assert (draft.standing, draft.overdue, draft.visits, draft.instances, draft.repeated) == (1, 1, 3, 3, 1)
    assert draft.stay == timedelta(days=2)
    assert (review.standing, review.stay) == (0, timedelta(days=1))
    assert figures["end"].instances == 2


def test_figures_are_told_by_version_and_by_period(engine, clock):
    walk(engine, clock)
    engine.deploy({"loop.bpmn": LOOP})
    clock.move(days=40)
    engine.start("p", {"back": False})
    assert [(one.version, one.instances, one.active) for one in engine.running_versions("p")] == [(2, 1, 1), (1, 1, 0)]
    assert engine.standings("p", 1)["draft"].standing == 0
    assert engine.standings("p", 2)["draft"].standing == 1
    assert engine.standings("p", since=clock() - timedelta(days=10))["draft"].instances == 1
