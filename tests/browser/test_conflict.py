"""Two colleagues with the same task open: one wins, the other reads who was first and keeps her text."""

import pytest
from sqlalchemy import select

from tasks.accounts.models import Account, RoleGrant

MINE = "停车设施的职责在城管局，我已经和两家单位商量过。"
THEIRS = "停车设施建设的职责在住建局。"


@pytest.fixture
def two_officers(people, banli):
    with banli.writing() as session:
        officer = session.scalars(select(Account).where(Account.name == "wangmin")).one()
        colleague = session.scalars(select(Account).where(Account.name == "lijianguo")).one()
        unit = next(grant.unit_id for grant in officer.grants if grant.role == "hub_officer")
        session.add(RoleGrant(account_id=colleague.id, unit_id=unit, role="hub_officer"))
    return people["wangmin"], people["lijianguo"]


def test_the_slower_colleague_reads_both_texts_side_by_side(two_officers):
    first, second = two_officers
    first.go("/tasks?view=claimable")
    task = first.page.locator("tr[data-step='分办'] a.title").first.get_attribute("href")
    first.go(task)
    second.go(task)
    second.fills(handling_mode="sole", lead_unit="cgj", key="no", reason=MINE)
    first.fills(handling_mode="sole", lead_unit="zjj", key="no", reason=THEIRS).submits()
    second.page.click(".dock button.primary")
    second.page.wait_for_selector("[data-first-error]")
    left, right = second.page.locator(".both .panel").all()
    assert "王敏" in second.page.inner_text("[data-first-error]")
    assert THEIRS in left.inner_text()
    assert MINE in right.inner_text()


def test_what_the_slower_one_typed_is_still_there_tomorrow(two_officers):
    first, second = two_officers
    first.go("/tasks?view=claimable")
    task = first.page.locator("tr[data-step='分办'] a.title").first.get_attribute("href")
    second.go(task)
    second.fills(handling_mode="sole", lead_unit="cgj", key="no", reason=MINE)
    first.go(task)
    first.fills(handling_mode="sole", lead_unit="zjj", key="no", reason=THEIRS).submits()
    second.page.click(".dock button.primary")
    second.page.wait_for_selector("[data-first-error]")
    second.go(task)
    assert MINE in second.reads()
