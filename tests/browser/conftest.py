"""A real browser and a real server on loopback."""

import os
import shutil

import pytest
from people import People
from playwright.sync_api import sync_playwright
from serving import served
from tests_support.county import DAY, copied, made

CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium")
    if program is None and os.environ.get("BANLI_DEMAND_ALL"):
        pytest.fail("chromium is not installed, and here every test is demanded")
    if program is None:
        pytest.skip("chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield running
        running.close()


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    return made(tmp_path_factory.mktemp("county"))


@pytest.fixture
def clock(clock):
    """The clock that the county lives by; a test that moves it does so before people sign in."""
    clock.now = DAY
    return clock


class Standing:
    """The county's clock for acts of one and the same minute: people who are signed in stay so."""

    def __init__(self, clock):
        self.clock = clock

    def __call__(self):
        return self.clock()

    def move(self, **_span):
        """No time passes between two steps."""


@pytest.fixture
def standing(clock):
    return Standing(clock)


@pytest.fixture
def banli(county, tmp_path, clock):
    with copied(county, tmp_path, clock) as running:
        yield running


@pytest.fixture
def people(browser, banli):
    """Whoever a test needs, each in a browser window of her own, over a copy of the county."""
    with served(banli) as address, People(browser, address).at_work() as everybody:
        yield everybody


@pytest.fixture(scope="session")
def open_house(browser, county, tmp_path_factory):
    """The same for tests that only look: one server for all of them."""
    folder = tmp_path_factory.mktemp("open_house")
    with copied(county, folder) as banli, served(banli) as address, People(browser, address).at_work() as everybody:
        yield everybody
