"""The bell on every page, and its list."""

from __future__ import annotations

import pytest

from tasks.absences.service import set_absence
from tasks.absences.views import AbsenceWish
from tasks.accounts.actors import actor_named


@pytest.fixture
def stood_in_for(banli):
    day = banli.today().isoformat()
    set_absence(banli, actor_named(banli, "wufang"), AbsenceWish("wufang", "jianglin", day, day))


@pytest.mark.usefixtures("stood_in_for")
def test_the_bell_counts_what_was_not_read_and_opening_it_leads_there(visitor):
    visitor.be("jianglin")
    assert "通知，1 条未读" in visitor.read("/tasks")
    page = visitor.read("/notices")
    assert "您在" in page
    assert "吴芳" in page
    number = page.split('name="notice" value="', 1)[1].split('"', 1)[0]
    answer = visitor.post("/notices/read", {"notice": number})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tasks?view=delegated")
    assert "通知，0 条未读" in visitor.read("/tasks")


@pytest.mark.usefixtures("stood_in_for")
def test_all_are_read_at_once(visitor):
    visitor.be("jianglin")
    visitor.post("/notices/read")
    assert "0 条未读" in visitor.read("/notices")


def test_a_deputy_has_a_bell_too(visitor):
    visitor.be("linguoqiang")
    assert "还没有通知" in visitor.read("/notices")
