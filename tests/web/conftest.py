"""A small county and an application around it, without a browser."""

import pytest
from tests_support.county import copied, made
from tests_support.visitor import Visitor

from web.application import create_app


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    return made(tmp_path_factory.mktemp("county"))


@pytest.fixture
def banli(county, tmp_path):
    with copied(county, tmp_path) as running:
        yield running


@pytest.fixture
def app(banli):
    return create_app(banli)


@pytest.fixture
def visitor(app):
    return Visitor(app)
