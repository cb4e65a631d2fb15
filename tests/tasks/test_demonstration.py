"""The demonstration: built once by real services, with something to see for everybody."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from tasks.accounts.actors import actor_named, demonstration_accounts
from tasks.bootstrap import bootstrap
from tasks.cases.queries import home, portal, register
from tasks.cases.views import ItemState
from tasks.demonstration.service import build
from tasks.register.models import Item
from tasks.settings import Settings
from tasks.worklist.models import Work
from tasks.worklist.queries import worklist
from tasks.worklist.views import WorklistView

NOW = dt.datetime(2026, 5, 7, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration")
    settings = Settings(folder, f"sqlite:///{folder / 'banli.db'}", demonstration=True, secret_key="x" * 40)
    banli = bootstrap(settings, lambda: NOW)
    assert build(banli)
    yield banli
    banli.engine.close()


def test_it_is_built_once(demonstration):
    assert build(demonstration) is False


def test_thirty_items_come_from_the_sheet_and_four_from_deputies(demonstration):
    with demonstration.reading() as session:
        assert session.scalar(select(func.count()).select_from(Item)) == 34


def test_every_state_of_a_case_can_be_seen(demonstration):
    counts = register(demonstration, actor_named(demonstration, "wangmin")).counts
    seen = {ItemState.FILING, ItemState.ASSIGNING, ItemState.WAITING, ItemState.HANDLING, ItemState.IN_REVIEW}
    assert set(counts) >= seen | {ItemState.REPLIED, ItemState.REHANDLING, ItemState.TRACKING, ItemState.CLOSED}
    assert ItemState.WITHDRAWN in counts


def test_every_step_of_the_procedure_is_open_somewhere(demonstration):
    with demonstration.reading() as session:
        open_steps = set(session.scalars(select(Work.element_id).where(Work.state == "open")))
    assert open_steps >= {"assign", "sign_in", "consult", "opinion", "draft", "review", "issue", "rate", "study"}
    assert open_steps >= {"publish", "first_review", "hub_extension"}


def test_nothing_is_stuck(demonstration):
    assert demonstration.engine.incidents() == []


def test_the_people_on_the_sign_in_page_have_something_to_do(demonstration):
    people = {person.account: person for person in demonstration_accounts(demonstration)}
    for account in ("wangmin", "zhaoqian", "helei", "liuzheng", "sunjie", "hexiulan"):
        assert people[account].open_tasks > 0, account


def test_the_deputy_follows_the_rehandled_suggestion(demonstration):
    page = portal(demonstration, actor_named(demonstration, "linguoqiang"))
    rehandled = next(item for item in page.items if item.item.round == 2)
    assert rehandled.ratings[0].overall == "dissatisfied"
    assert [step.state for step in rehandled.road if step.state == "now"] == ["now"]


def test_lights_of_all_colours_burn(demonstration):
    with demonstration.reading() as session:
        accounts = {work.assignee for work in session.scalars(select(Work).where(Work.state == "open"))}
    lights = {
        row.due.light
        for account in accounts
        if account
        for row in worklist(demonstration, actor_named(demonstration, account), WorklistView.MINE).rows
        if row.due
    }
    assert lights == {"normal", "near", "urgent", "overdue"}


def test_no_act_of_the_story_lies_in_the_future(demonstration):
    with demonstration.reading() as session:
        latest = session.scalar(select(func.max(Work.opened_at)))
    assert latest <= NOW


def test_the_workbench_of_the_hub_is_alive(demonstration):
    page = home(demonstration, actor_named(demonstration, "wangmin"))
    assert page.mine > 0
    assert page.claimable > 0
    assert page.waiting > 0
    assert page.first
