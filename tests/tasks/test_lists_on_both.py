"""The lists and what stands beside a task, on each database that is supported."""

from __future__ import annotations

import pytest
from tests_support.people import submitted

from tasks.absences.service import set_absence
from tasks.absences.views import AbsenceWish
from tasks.accounts.actors import actor_named
from tasks.countersigning.asking import ask
from tasks.countersigning.views import CountersignWish
from tasks.demonstration.answers import Story
from tasks.drafts import service as drafts
from tasks.saved_views import service as saved_views
from tasks.worklist import queries
from tasks.worklist.queries import worklist, worklist_rows
from tasks.worklist.sorting import SORTS
from tasks.worklist.views import WorklistFilters, WorklistView


@pytest.fixture
def play(banli_on_both, clock):
    return submitted(banli_on_both, clock, Story("cgj")).until("draft")


def test_every_tab_answers_in_every_order(play, banli_on_both):
    banli = banli_on_both
    today = banli.today().isoformat()
    set_absence(banli, actor_named(banli, "wufang"), AbsenceWish("wufang", "jianglin", today, today))
    substitute, task = actor_named(banli, "jianglin"), play.step("draft").task_id
    for sort in ("", *SORTS, *(f"-{name}" for name in SORTS)):
        wanted = WorklistFilters(sort=sort)
        found = {view: [row.task_id for row in worklist_rows(banli, substitute, view, wanted)] for view in WorklistView}
        assert found[WorklistView.DELEGATED] == [task]
    ask(banli, actor_named(banli, "wufang"), task, CountersignWish(["jianglin"], "请核对", required=True))
    assert len(worklist(banli, substitute, WorklistView.MINE).countersignatures) == 1


def test_a_persons_own_settings_are_written_over_and_over(play, banli_on_both):
    assert play.open()
    banli, deputy = banli_on_both, actor_named(banli_on_both, "linguoqiang")
    form = banli.forms.newest("suggestion")
    for title in ("关于夜市的建议", "关于早市的建议"):
        drafts.save(banli, deputy, form, {"title": title})
    kept = drafts.find(banli, deputy, form)
    assert kept is not None
    assert kept[0] == {"title": "关于早市的建议"}
    officer = actor_named(banli, "wangmin")
    for density in saved_views.DENSITIES:
        saved_views.set_density(banli, officer, density)
    for query in ("view=done", "view=mine"):
        saved_views.save(banli, officer, "worklist", "我的", query, default=True)
    assert saved_views.density(banli, officer) == "dense"
    assert [(view.query, view.is_default) for view in saved_views.views(banli, officer, "worklist")] == [
        ("view=mine", True)
    ]


def test_a_searched_list_pages_and_counts_as_the_whole_one_does(banli_on_both, clock, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for name in ("夜市", "老桥", "步道"):
        submitted(banli_on_both, clock, Story("zjj"), title=f"关于整治{name}的建议")
    hub = actor_named(banli_on_both, "wangmin")
    everything = worklist_rows(banli_on_both, hub, WorklistView.CLAIMABLE, WorklistFilters(text="整治"))
    pages = [worklist(banli_on_both, hub, WorklistView.CLAIMABLE, WorklistFilters(text="整治"), n) for n in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [2, 1, 0]
    assert [page.total for page in pages] == [3, 3, 3]
    assert [row.task_id for page in pages for row in page.rows] == [row.task_id for row in everything]
    assert worklist(banli_on_both, hub, WorklistView.CLAIMABLE, WorklistFilters(text="机场")).total == 0
