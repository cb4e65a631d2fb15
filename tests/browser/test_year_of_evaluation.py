"""The evaluation of three units from start to ranking, by the people concerned and through the pages only."""

import datetime as dt
import io
import shutil
import zipfile

import pytest
from people import DESK
from test_looks import violations
from tests_support.county import DAY, settings
from tests_support.evaluation import Year
from tests_support.people import submitted

from tasks.bootstrap import bootstrap
from tasks.demonstration.answers import Story
from tasks.evaluation.service import NewRun, start_evaluation

PANEL = {"wangmin": "县府办评分", "sunjie": "代表工委评分", "fanglan": "提案委评分"}
UNITS = {"zjj": ("住建局", "qianlei"), "cgj": ("城管局", "jianglin"), "jjdd": ("交警大队", "maxiao")}
POINTS = {"zjj": ("5", "5", "5"), "cgj": ("4", "3", "5"), "jjdd": ("3", "3", "3")}
SCORED, EXTRA = range(6), (6, 7)
"""Rows of the panel's table: six with points, then a bonus and a penalty."""


class Clock:
    """The clock that the county lives by."""

    def __init__(self):
        self.now = DAY

    def __call__(self):
        return self.now

    def move(self, **by):
        self.now += dt.timedelta(**by)


@pytest.fixture
def year(county, tmp_path):
    """Three units have handled a case each; the day is 1 December."""
    shutil.copytree(county, tmp_path, dirs_exist_ok=True)
    clock = Clock()
    banli = bootstrap(settings(tmp_path), clock)
    for number, unit in enumerate(UNITS):
        play = submitted(banli, clock, Story(unit), title=f"关于整治第{number + 1}农贸市场周边秩序的建议")
        play.until("closing_review").do("closing_review")
    clock.now = dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
    yield Year(banli, clock)
    banli.database.dispose()


@pytest.fixture
def banli(year):
    """The county in which the people work."""
    return year.banli


def subject(unit):
    return f"{UNITS[unit][0]} 2026年度考核"


def started(people):
    hub = people["wangmin"]
    hub.go("/")
    hub.page.click("nav.rail a:has-text('考核')")
    hub.fills(year="2026", scheme="standard", cut_off="2026-11-30", self_due="2026-12-15")
    hub.submits()
    assert "共 3 个单位" in hub.reads()


def evaluated_itself(people, unit):
    office = people[UNITS[unit][1]]
    office.takes("单位自评", subject(unit))
    assert "含评价数据，公布得分时可见" in office.reads()
    given = [{"score": "5", "evidence": "文件、台账"} for _ in SCORED]
    office.fills(scores=[{"score": "65"}, *given, *({"score": "0"} for _ in range(5))], signer="主要负责人").submits()


def scores(people, unit, account, points, reason="材料不全"):
    rows = [{"score": points, "reason": "" if points == "5" else reason} for _ in SCORED]
    person = people[account].takes(PANEL[account], subject(unit))
    person.fills(scores=[*rows, *({"score": "0"} for _ in EXTRA)]).submits()


def scored(people, unit):
    for account, points in zip(PANEL, POINTS[unit], strict=True):
        scores(people, unit, account, points)


def sheet_of(person, unit):
    person.go(f"/evaluation/2026/{unit}")
    return person.reads()


def total(person, unit):
    sheet_of(person, unit)
    found = person.page.locator("[data-total]")
    return float(found.inner_text()) if found.count() else None


def test_three_units_are_evaluated_from_start_to_ranking(people):
    started(people)
    for unit in UNITS:
        evaluated_itself(people, unit)

    office, committee, leader = people["qianlei"], people["sunjie"], people["zhoukai"]
    scores(people, "zjj", "wangmin", "1", reason="只有一份文件")
    assert "只有一份文件" not in sheet_of(committee, "zjj"), "back to back"
    scores(people, "zjj", "sunjie", "5")
    scores(people, "zjj", "fanglan", "5")
    assert "只有一份文件" in sheet_of(committee, "zjj"), "all are in"
    assert total(office, "zjj") is None, "not published yet"
    leader.does("审定得分", subject("zjj"), approval="return", returned="县府办评分偏低，请复核")
    assert "县府办评分偏低，请复核" in people["wangmin"].takes("县府办评分", subject("zjj")).reads()
    for unit in UNITS:
        scored(people, unit)
        leader.does("审定得分", subject(unit), approval="agree")

    published = total(office, "zjj")
    assert published is not None
    appealed(people, "cgj")
    for unit in ("zjj", "jjdd"):
        people[UNITS[unit][1]].does("查看得分、申诉", subject(unit), answer="accept")

    ranking_is_out(people, published)
    everybody_sees_only_what_is_hers(people)


def appealed(people, unit):
    office = people[UNITS[unit][1]]
    before = total(office, unit)
    office.takes("查看得分、申诉", subject(unit)).fills(answer="appeal")
    office.fills(appeals=[{"indicator": "summary", "reason": "总结已于10月20日报送"}]).submits()
    people["fanglan"].does(
        "答复申诉", subject(unit), answers=[{"verdict": "change", "after": "5", "answer": "已核实收文登记"}]
    )
    people["zhoukai"].does("审定申诉答复", subject(unit), ruling="agree")
    assert total(office, unit) == before + 1
    assert "已核实收文登记" in sheet_of(office, unit)


def ranking_is_out(people, published):
    hub = people["wangmin"]
    hub.go("/evaluation")
    places = [row.inner_text().split()[:2] for row in hub.page.locator("tr[data-unit]").all()]
    assert places == [["1", "住建局"], ["2", "城管局"], ["3", "交警大队"]]
    assert f"{published:.1f}" in hub.page.locator('tr[data-unit="zjj"]').inner_text()
    book = hub.page.request.get(f"{hub.address}/evaluation/2026/table.xlsx")
    assert "住建局" in zipfile.ZipFile(io.BytesIO(book.body())).read("xl/sharedStrings.xml").decode()
    unit = people["maxiao"]
    unit.go("/evaluation")
    unit.page.click("a.btn:has-text('排名')")
    assert "住建局" in unit.reads()
    figures_open_their_cases(hub)


def figures_open_their_cases(hub):
    sheet_of(hub, "zjj")
    hub.page.click('.figures a[data-figure="面商率"]')
    assert "当面沟通过的件数÷应答复件数" in hub.reads()
    hub.page.click("a[data-cases]")
    assert hub.page.locator("tr[data-case]").count() == 1
    assert "第1农贸市场" in hub.reads()


def everybody_sees_only_what_is_hers(people):
    stranger = people["jianglin"]
    assert stranger.go("/evaluation/2026/zjj").status == 404
    assert stranger.go("/evaluation/2026/table.xlsx").status == 403
    assert stranger.go("/evaluation/start").status == 403
    assert people["linguoqiang"].go("/evaluation").status == 403
    others = [person for name, person in people.present.items() if name not in {"jianglin", "linguoqiang"}]
    assert [person.complaints for person in others if person.complaints] == []


@pytest.fixture
def scored_year(year):
    """One unit waits for its appeal, one for the panel, one for its self-evaluation."""
    start_evaluation(year.banli, year.as_("wangmin"), NewRun(2026, "standard", dt.date(2026, 11, 30)))
    for unit in ("zjj", "cgj"):
        year.evaluate_self(unit, UNITS[unit][1])
    year.score_all("zjj")
    year.do("zjj", "approve", "zhoukai", approval="agree")
    return year


def places(year):
    """Every page of the evaluation, and who looks at it."""
    task = {(unit, work.element_id): work.task_id for unit in UNITS for work in year.works(unit)}
    return [
        ("wangmin", "/evaluation"),
        ("wangmin", "/evaluation/start"),
        ("wangmin", "/evaluation/2026/zjj"),
        ("qianlei", "/evaluation/2026/zjj"),
        ("wangmin", "/evaluation/2026/zjj/figures/件均分"),
        ("wangmin", "/evaluation/2026/ranking"),
        ("qianlei", "/evaluation/2026/scheme"),
        ("qianlei", f"/tasks/{task['zjj', 'appeal']}"),
        ("sunjie", f"/tasks/{task['cgj', 'panel_npc']}"),
        ("maxiao", f"/tasks/{task['jjdd', 'self_evaluate']}"),
        ("maxiao", "/tasks?view=claimable"),
    ]


def test_axe_finds_nothing_and_no_page_scrolls_sideways_on_a_phone(scored_year, people):
    wrong = []
    for account, address in places(scored_year):
        person = people[account]
        person.go(address)
        if found := violations(person.page):
            wrong.append((account, address, found))
        person.page.set_viewport_size({"width": 360, "height": 740})
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wrong.append((account, address, width))
        person.page.set_viewport_size(DESK)
    assert wrong == []


def test_no_page_of_the_evaluation_is_heavy(scored_year, people):
    for account, address in places(scored_year):
        answer = people[account].page.request.get(people[account].address + address)
        assert answer.ok, address
        assert len(answer.body()) < 100_000, address
