"""The loop that fires timers: it works, it survives a bad round, and it stops when told."""

from __future__ import annotations

from sqlalchemy import text
from tests_support.people import submitted

from tasks.demonstration.answers import Story
from tasks.worker import Worker


def test_a_round_fires_what_is_due_and_then_rests(banli, clock):
    play = submitted(banli, clock, Story("cgj"))
    play.do("assign")
    clock.move(days=12)
    worker = Worker(banli)
    assert worker.run_once() is True
    assert play.open() == ["consult"]
    assert worker.run_once() is False


def test_a_failed_round_does_not_end_the_loop(banli, monkeypatch):
    worker = Worker(banli, poll_seconds=0.001)
    rounds = []

    def stumble():
        rounds.append(1)
        if len(rounds) == 1:
            raise OSError("the database went away")
        worker.stop(0)
        return False

    monkeypatch.setattr(worker, "run_once", stumble)
    worker.run_forever()
    assert len(rounds) == 2


def test_a_started_worker_stops_when_told(banli):
    worker = Worker(banli, poll_seconds=60)
    worker.start()
    worker.stop(5)
    assert not worker._thread.is_alive()


def test_a_new_day_looks_over_how_the_indexes_are_filled(banli):
    Worker(banli).run_once()
    with banli.reading() as session:
        counted = set(session.scalars(text("SELECT tbl FROM sqlite_stat1")))
    assert {"unit", "account"} <= counted
