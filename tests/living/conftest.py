"""The living county, played once for all tests of this folder, and copied for those that change it."""

import shutil

import pytest
from tests_support.living import settings
from tests_support.visitor import Visitor

from tasks.demonstration.service import build, opened
from web.application import create_app


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    """The folder of a demonstration that has just been played."""
    folder = tmp_path_factory.mktemp("living")
    assert build(settings(folder))
    return folder


@pytest.fixture(scope="session")
def living(played):
    """The county as a visitor finds it; for tests that only look."""
    banli = opened(settings(played))
    yield banli
    banli.engine.close()


@pytest.fixture
def copy(played, tmp_path):
    """A county of its own."""
    shutil.copytree(played, tmp_path, dirs_exist_ok=True)
    banli = opened(settings(tmp_path))
    yield banli
    banli.engine.close()


@pytest.fixture
def visitor(living):
    return Visitor(create_app(living))


@pytest.fixture
def newcomer(copy):
    return Visitor(create_app(copy))
