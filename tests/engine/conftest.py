"""An engine on each database, with a clock that the test moves."""

from __future__ import annotations

import pytest

from engine import ProcessEngine


@pytest.fixture
def build(database_url, clock):
    """Build engines on one database: a second call is a restart of the process."""
    engines = []

    def make(**options):
        options.setdefault("clock", clock)
        made = ProcessEngine(database_url, **options)
        engines.append(made)
        return made

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(build):
    return build()


@pytest.fixture
def memory(clock):
    """An engine in memory, for tests that are about the diagram and not about the database."""
    made = ProcessEngine("sqlite://", clock=clock)
    yield made
    made.close()
