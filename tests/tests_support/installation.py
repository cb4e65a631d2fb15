"""The county, made once on SQLite and copied for each test; on both databases where a test asks for it."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from tasks.accounts.actors import actor_named
from tasks.bootstrap import SHIPPED_PROCESSES, bootstrap
from tasks.directory.setup import SittingDates, establish
from tasks.packages.service import deploy_shipped
from tasks.settings import Settings

SITTING = SittingDates(dt.date(2026, 2, 24), dt.date(2026, 2, 28))


def _opened(folder, url, clock):
    return bootstrap(Settings(folder, url, demonstration=True, secret_key="a secret of the tests"), clock)


def _made(folder, url, clock):
    banli = _opened(folder, url, clock)
    establish(banli, SHIPPED_PROCESSES / "demonstration" / "county.toml", SITTING)
    deploy_shipped(banli)
    return banli


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    start = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
    _made(folder, f"sqlite:///{folder / 'banli.db'}", lambda: start).engine.close()
    return folder


@pytest.fixture
def banli(county, tmp_path, clock):
    shutil.copytree(county, tmp_path, dirs_exist_ok=True)
    opened = _opened(tmp_path, f"sqlite:///{tmp_path / 'banli.db'}", clock)
    yield opened
    opened.engine.close()


@pytest.fixture
def banli_on_both(database_url, tmp_path, clock):
    made = _made(tmp_path, database_url, clock)
    yield made
    made.engine.close()


@pytest.fixture
def reopened(tmp_path, clock):
    """Opens the same installation again, as another process would."""
    opened = []

    def again(banli):
        opened.append(bootstrap(banli.settings, clock))
        return opened[-1]

    yield again
    for banli in opened:
        banli.engine.close()


@pytest.fixture
def as_(banli):
    return lambda account: actor_named(banli, account)
