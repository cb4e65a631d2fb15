"""Each of nine people signs in, finds on the first page what is most urgent, follows links only, and finishes it.

The county is that of the demonstration, played once; each person works over a copy of it.
"""

import re
import shutil

import pytest
from people import People
from pictures import seen
from playwright.sync_api import TimeoutError  # noqa: A004 - the browser's, not Python's
from serving import served
from tests_support.living import settings

from tasks.accounts.actors import actor_named
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.service import build, opened
from tasks.worklist.service import open_task

pytestmark = pytest.mark.xdist_group("two_minutes")

URGENT = 'main a.title[href*="/tasks/"], main a.title[href*="/sign/"], main a[href^="/tasks/"]'
STAFF = ("linguoqiang", "sunjie", "wangmin", "zhoukai", "qianlei", "zhaoqian")
SIGNERS = ("zhengtao", "liuzheng")
MOST_CLICKS = 3


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    folder = tmp_path_factory.mktemp("living")
    assert build(settings(folder))
    return folder


@pytest.fixture
def living(played, tmp_path):
    shutil.copytree(played, tmp_path, dirs_exist_ok=True)
    banli = opened(settings(tmp_path))
    yield banli
    banli.engine.close()


@pytest.fixture
def visitors(browser, living):
    with served(living) as address, People(browser, address).at_work() as everybody:
        yield everybody


def most_urgent(person):
    """The first thing on the first page that is a task: where it leads, and what it is called."""
    link = person.page.locator(URGENT).first
    return link, link.inner_text().strip()


def task_of(address):
    return re.search(r"/(?:tasks|sign)/([\w-]+)", address)[1]


def fill(person, living, account, task_id):
    """What a person would type: the fields that are still empty, by the story; what is prefilled stays."""
    page = open_task(living, actor_named(living, account), task_id)
    for name, value in fill_by(Story("zjj"), living.now())(page).items():
        controls = person.page.locator(f'#task-form [name="{name}"], #task-form [name^="{name}."]')
        if value not in (None, "", [], False) and controls.count() and appears(controls.first):
            person.fills(**{name: value})


def appears(control):
    """Whether a field is there to be filled in; what was chosen before it may bring it, a moment later."""
    try:
        control.wait_for(state="visible", timeout=1500)
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("account", STAFF)
def test_the_most_urgent_thing_is_found_on_the_first_page_and_finished(visitors, living, account):
    person = visitors[account]
    seen(person.page, f"{account}-1-first")
    link, title = most_urgent(person)
    task_id = task_of(link.get_attribute("href"))
    link.click()
    person.page.wait_for_selector("#task-form")
    seen(person.page, f"{account}-2-task")
    claim = person.page.locator('main form[action$="/claim"] button')
    if claim.count():
        claim.first.click()
        person.page.wait_for_selector("#task-form .dock button.primary")
    fill(person, living, account, task_id)
    seen(person.page, f"{account}-3-filled")
    person.submits()
    seen(person.page, f"{account}-4-done")
    assert person.page.locator("main .note.good").first.inner_text().strip()
    person.go("/")
    assert person.page.locator(f'main a[href*="{task_id}"]').count() == 0, title


@pytest.mark.parametrize("account", SIGNERS)
def test_a_leader_signs_the_first_reply_of_the_first_page(visitors, account):
    person = visitors[account]
    seen(person.page, f"{account}-1-first")
    link, title = most_urgent(person)
    task_id = task_of(link.get_attribute("href"))
    link.click()
    person.page.wait_for_load_state()
    seen(person.page, f"{account}-2-task")
    person.page.locator('main button[value="pass"], main .dock button.primary').first.click()
    person.page.wait_for_selector("main .note.good")
    seen(person.page, f"{account}-3-done")
    person.go("/sign")
    assert person.page.locator(f'main a[href*="{task_id}"]').count() == 0, title


def test_the_administrator_lets_a_halted_case_go_on(visitors, living):
    person = visitors["chenli"]
    seen(person.page, "chenli-1-first")
    person.page.locator("main .note.late a").first.click()
    seen(person.page, "chenli-2-halted")
    person.page.locator('main button[name="act"][value="retry"]').first.click()
    person.page.wait_for_selector("main .note.good")
    seen(person.page, "chenli-3-done")
    assert living.engine.incidents() == []
    person.page.locator("nav a", has_text="设计").first.click()
    assert person.page.locator("main .note.late").count() == 0
