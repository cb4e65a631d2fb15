"""Categories in two levels, ratings on paper, ends of pauses: nothing scrolls sideways, axe finds nothing."""

import datetime as dt
import os
from pathlib import Path

import pytest
from sqlalchemy import select, update
from test_looks import violations
from tests_support.people import Play

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story
from tasks.pausing.models import ClockPause
from tasks.pausing.reminding import remind_of_ends
from tasks.pausing.service import pause
from tasks.register.models import Item

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 360, "height": 740}}
KEPT = os.environ.get("BANLI_PICTURES")
"""A folder for the pictures, where somebody wants to look at them."""


def judged(person, name, size):
    if KEPT:
        person.page.screenshot(path=str(Path(KEPT) / f"{name}-{size}.png"), full_page=True)
    wider = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = violations(person.page)
    return [(name, found, wider)] if found or wider > 0 else []


@pytest.fixture
def counted(banli):
    """Each item has another sub-category."""
    with banli.writing() as session:
        for item, below in zip(session.scalars(select(Item)), ("道路桥梁", "公共交通", "停车与交通秩序"), strict=True):
            item.category, item.subcategory = "城建交通", below
    return banli


@pytest.mark.parametrize("size", SIZES)
def test_categories_are_chosen_filtered_counted_and_edited(counted, people, size):
    wrong = []
    for account, name, address in (
        ("linguoqiang", "write", "/portal/write"),
        ("wangmin", "register", "/cases?category=城建交通·公共交通"),
        ("wangmin", "case", "/cases/2"),
        ("wangmin", "statistics", "/statistics"),
        ("chenli", "categories", "/admin/settings/category"),
        ("chenli", "category", "/admin/settings/category/城建交通"),
        ("chenli", "new", "/admin/settings/category/new"),
    ):
        people[account].page.set_viewport_size(SIZES[size])
        assert people[account].go(address).status == 200, address
        wrong += judged(people[account], name, size)
    assert wrong == []


@pytest.mark.parametrize("size", SIZES)
def test_the_committee_keys_a_paper_form_in(banli, standing, people, size):
    play = Play(banli, standing, 1, Story("zjj")).until("rate")
    committee = people["sunjie"]
    committee.page.set_viewport_size(SIZES[size])
    wrong = []
    committee.go(f"/tasks/{play.step('rate').task_id}")
    wrong += judged(committee, "paper", size)
    committee.page.get_by_role("button", name="代录评价").click()
    committee.page.wait_for_selector(".err")
    wrong += judged(committee, "paper-refused", size)
    committee.go("/cases/1/ratings")
    wrong += judged(committee, "ratings", size)
    committee.go("/desk")
    wrong += judged(committee, "desk", size)
    assert wrong == []


@pytest.mark.parametrize("size", SIZES)
def test_a_pause_that_should_be_over_is_seen_on_the_case_and_in_the_register(banli, standing, people, size):
    play = Play(banli, standing, 1, Story("zjj"))
    play.do("assign")
    play.do_all("sign_in")
    why = {"kind": "litigation", "reason": "县人民法院正在审理", "expected": banli.today() + dt.timedelta(days=1)}
    pause(banli, actor_named(banli, "wangmin"), 1, why)
    with banli.writing() as session:
        session.execute(update(ClockPause).values(expected=banli.today()))
    remind_of_ends(banli)
    hub, wrong = people["wangmin"], []
    hub.page.set_viewport_size(SIZES[size])
    for name, address in (("paused", "/cases/1"), ("paused-list", "/cases"), ("notices", "/notices")):
        hub.go(address)
        wrong += judged(hub, name, size)
    assert wrong == []
