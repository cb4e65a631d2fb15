"""Fixtures for every test: a frozen clock, databases that really run, and nothing but loopback."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests_support.postgres import Cluster, PostgresMissing
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from pathlib import Path

_LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104 - the list of what is allowed


TOGETHER = ("tests/docs/", "tests/living/", "tests/browser/test_every_page.py")
"""Tests that share something dear, such as a played county: one worker runs all of them."""


class Scheduling(LoadScopeScheduling):
    """Every other test by itself. The plugin's own groups need a field that pytest 9.2 has no more."""

    def _split_scope(self, nodeid):
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


class FrozenClock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def move(self, **duration: float) -> None:
        """Move forward by days, hours, …"""
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 3, 27, 1, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def cluster():
    """A private PostgreSQL cluster of this test run, or a skip that says what to install."""
    try:
        running = Cluster.start()
    except PostgresMissing as missing:
        if os.environ.get("BANLI_DEMAND_ALL"):
            raise
        pytest.skip(str(missing))
    yield running
    running.stop()


@pytest.fixture
def postgres_url(cluster):
    with cluster.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path: Path):
    """The same test on both databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'engine.sqlite'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch):
    """A test that reaches out fails at once."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in _LOOPBACK:
            message = f"a test may only reach loopback, not {address[0]}"
            raise AssertionError(message)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
