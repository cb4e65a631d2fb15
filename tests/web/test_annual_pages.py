"""The pages of the units' annual reports."""

import pytest
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.annual.service import ask_for
from tasks.demonstration.answers import Story


@pytest.fixture
def handled(banli):
    class Standing:
        def __call__(self):
            return banli.now()

        def move(self, **_span):
            pass

    submitted(banli, Standing(), Story("cgj"), title="关于疏浚灌渠的建议").until("consult")
    return banli


def test_the_hub_asks_for_the_reports_and_follows_each(handled, visitor):
    page = visitor.be("wangmin").read("/tracking/annual")
    assert "1个单位需要报送" in page
    answer = visitor.post("/tracking/annual", {"year": "2026", "kind": "work"})
    assert answer.status_code == 303
    page = visitor.read("/tracking/annual")
    assert 'data-annual="work:cgj"' in page
    assert "P15" in page
    assert "撰写中" in page
    assert "城管局 2026年度办理报告" in visitor.read("/tracking/annual/2026/work/cgj")


def test_where_nothing_was_promised_the_page_says_so(handled, visitor):
    answer = visitor.be("wangmin").post("/tracking/annual", {"year": "2026", "kind": "commitments"})
    assert answer.status_code == 422
    assert "2026年没有需要报告的单位" in answer.get_data(as_text=True)


def test_a_unit_sees_its_own_report_and_may_not_ask(handled, visitor):
    ask_for(handled, actor_named(handled, "wangmin"), 2026, "work")
    assert "data-annual" in visitor.be("wufang").read("/tracking/annual")
    assert "data-annual" not in visitor.be("zhaoqian").read("/tracking/annual")
    assert visitor.get("/tracking/annual/2026/work/cgj").status_code == 404
    assert visitor.post("/tracking/annual", {"year": "2026", "kind": "work"}).status_code == 403
