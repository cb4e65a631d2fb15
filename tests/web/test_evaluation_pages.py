"""The pages of the evaluation: who may start and read what, mistakes beside their fields, numbers with their cases."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile

import pytest
from sqlalchemy import select
from tests_support.county import DAY, settings
from tests_support.evaluation import Year
from tests_support.people import submitted

from tasks.bootstrap import bootstrap
from tasks.demonstration.answers import Story
from tasks.evaluation.models import EvaluationRun
from tasks.evaluation.service import NewRun, start_evaluation
from web.application import create_app

START = {"year": "2026", "scheme": "standard", "cut_off": "2026-11-30"}


class Clock:
    """The clock that the county lives by."""

    def __init__(self):
        self.now = DAY

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += dt.timedelta(**by)


@pytest.fixture
def year(banli, tmp_path):
    """Two units have handled a case each; it is December."""
    clock = Clock()
    running = bootstrap(settings(tmp_path), clock)
    for number, unit in enumerate(("zjj", "cgj")):
        submitted(running, clock, Story(unit), title=f"关于第{number}条道路的建议").until("rate").do("rate")
    clock.now = dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
    yield Year(running, clock)
    running.database.dispose()


@pytest.fixture
def app(year):
    return create_app(year.banli)


@pytest.fixture
def running(year):
    """The evaluation of 2026 is under way; one unit's scores are published."""
    start_evaluation(year.banli, year.as_("wangmin"), NewRun(2026, "standard", dt.date(2026, 11, 30)))
    year.evaluate_self("zjj", "qianlei")
    year.score_all("zjj")
    year.do("zjj", "approve", "zhoukai", approval="agree")
    return year


def test_without_an_evaluation_the_hub_is_asked_to_start_one_and_others_are_told(year, visitor):
    assert 'name="scheme"' in visitor.be("wangmin").read("/evaluation")
    for account in ("sunjie", "qianlei"):
        page = visitor.be(account).read("/evaluation")
        assert "还没有考核" in page
        assert 'name="scheme"' not in page


def test_a_mistake_in_the_start_is_told_beside_its_field_and_starts_nothing(year, visitor):
    answer = visitor.be("wangmin").post("/evaluation/start", {**START, "self_due": "2026-11-01"})
    assert answer.status_code == 422
    assert 'id="f-self_due-error"' in answer.get_data(as_text=True)
    with year.banli.reading() as session:
        assert session.scalar(select(EvaluationRun.id)) is None


def test_starting_twice_is_as_good_as_once(year, visitor):
    visitor.be("wangmin")
    for _ in range(2):
        assert visitor.post("/evaluation/start", START).status_code == 303
    assert len(year.works("zjj")) == 1


@pytest.mark.parametrize("account", ["sunjie", "qianlei", "liuzheng", "linguoqiang"])
def test_nobody_else_starts_a_year(year, visitor, account):
    assert visitor.be(account).post("/evaluation/start", START).status_code == 403


def test_a_units_people_are_led_to_their_own_sheet(running, visitor):
    assert visitor.be("qianlei").get("/evaluation").headers["Location"] == "/evaluation/2026/zjj"
    assert visitor.get("/evaluation/2026/cgj").status_code == 404
    assert visitor.get("/evaluation/2026/table.xlsx").status_code == 403
    assert visitor.get("/evaluation/2026/ranking").status_code == 404


def test_every_figure_opens_as_many_cases_as_it_counts(running, visitor):
    page = visitor.be("wangmin").read("/evaluation/2026/zjj")
    addresses = {html.unescape(found) for found in re.findall(r'data-figure="[^"]+" href="([^"]+)"', page)}
    assert len(addresses) > 25
    opened = 0
    for address in addresses:
        told = visitor.read(address)
        assert "公式" in told
        link = re.search(r'data-cases href="([^"]+)"[^>]*>.*?(\d+) 件', told, re.DOTALL)
        if link:
            opened += 1
            assert f"共 {link[2]} 件" in visitor.read(html.unescape(link[1])), address
    assert opened > 8


def test_the_register_shows_only_readable_cases_of_a_figure(running, visitor):
    page = visitor.be("qianlei").read("/cases?ids=1,2,3,4,5")
    assert "关于第0条道路的建议" in page
    assert "关于第1条道路的建议" not in page


def test_the_workbook_holds_a_line_for_each_unit(running, visitor):
    answer = visitor.be("wangmin").get("/evaluation/2026/table.xlsx")
    texts = zipfile.ZipFile(io.BytesIO(answer.data)).read("xl/sharedStrings.xml").decode()
    assert "住建局" in texts
    assert "城管局" in texts


@pytest.mark.parametrize("language", ["zh_Hans_CN", "zh_Hant_TW", "en"])
@pytest.mark.parametrize(
    "address", ["", "/start", "/2026/zjj", "/2026/zjj/figures/件均分", "/2026/ranking", "/2026/scheme"]
)
def test_every_page_is_there_in_every_language(running, visitor, address, language):
    visitor.be("wangmin")
    visitor.http.set_cookie("banli_language", language, domain="127.0.0.1")
    assert visitor.get(f"/evaluation{address}").status_code == 200


def test_the_task_shows_the_units_head_in_place_of_an_item(running, visitor):
    task = running.works("cgj")[0].task_id
    page = visitor.be("jianglin").read(f"/tasks/{task}")
    assert "<h1>城管局 2026年度考核</h1>" in page
    assert "含评价数据，公布得分时可见" in page
    assert 'name="scores.0.score"' in page


def test_what_was_typed_stays_beside_the_given_columns_when_it_is_refused(running, visitor):
    task = running.works("cgj")[0].task_id
    typed = {"scores.0.score": "999", "scores.0.evidence": "只写了这一行", "signer": "孙涛"}
    answer = visitor.be("jianglin").post(f"/tasks/{task}", typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "只写了这一行" in page
    assert "办件得分（70）" in page
