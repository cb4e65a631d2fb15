"""No evaluation tells a unit how a single item was rated (reliability S16): by sight, by sum, or by difference."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from tests_support.evaluation import Year
from tests_support.people import submitted

from engine.errors import NotFound
from engine.message import Message
from engine.views import Job
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.demonstration.answers import Story
from tasks.evaluation.facts import PartFacts, Rating
from tasks.evaluation.handlers import compute_figures
from tasks.evaluation.models import IndicatorScore, UnitEvaluation
from tasks.evaluation.queries import figure_page, overview, own_year, ranking, sheet
from tasks.evaluation.scheme import read_scheme
from tasks.evaluation.scoring import compute
from tasks.evaluation.secrecy import LEAST_RATED, protected
from tasks.evaluation.service import NewRun, start_evaluation
from tasks.evaluation.views import Stage
from tasks.handling.models import Feedback
from tasks.worklist.models import Work
from tasks.worklist.queries import worklist
from tasks.worklist.service import open_task
from tasks.worklist.views import WorklistView

SCHEME = read_scheme(
    tomllib.loads((Path(__file__).parents[2] / "processes/evaluation/scheme.toml").read_text(encoding="utf-8"))
)
WORDS = ("satisfied", "basic", "dissatisfied")
UNIT_PEOPLE = ("qianlei", "zhaoqian", "zhengtao")
JOB = Job("", "", "", "", "", None, {}, {}, dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
STARTED = NewRun(2026, "standard", dt.date(2026, 11, 30))


def rated(*words):
    return [
        PartFacts(item_id=number, replied=True, due_passed=True, on_time=True, result_class="A",
                  rating=Rating(word) if word else None)
        for number, word in enumerate(words, start=1)
    ]  # fmt: skip


def values(parts):
    return {code: figure.value for code, figure in compute(SCHEME, parts).figures.items()}


@pytest.mark.parametrize("count", range(1, LEAST_RATED))
def test_with_fewer_than_five_rated_items_no_rating_changes_any_number(count):
    pleased, displeased, silent = (values(rated(*[word] * count)) for word in ("satisfied", "dissatisfied", None))
    assert pleased == displeased == silent


@pytest.mark.parametrize("most", WORDS)
@pytest.mark.parametrize("other", WORDS)
def test_one_rating_among_equal_ones_changes_no_number(most, other):
    """Whatever a figure says, for each single item another rating would have given the very same figures."""
    alike = [most] * 5
    assert values(rated(*alike)) == values(rated(other, *alike[1:]))


def test_the_best_and_the_worst_rating_are_left_out():
    kept = protected(rated("satisfied", "satisfied", "basic", "basic", "dissatisfied"))
    assert sorted(part.rating.overall for part in kept if part.rating) == ["basic", "basic", "satisfied"]


def test_no_items_score_rests_on_its_rating():
    pleased, displeased = (compute(SCHEME, rated(*[word] * 6)).items for word in ("satisfied", "dissatisfied"))
    assert [item.points for item in pleased] == [item.points for item in displeased]


@pytest.fixture
def year(banli, clock):
    """Six closed cases of one unit, all rated; its evaluation has just been started."""
    for number in range(6):
        play = submitted(banli, clock, Story("zjj"), title=f"关于第{number}条道路的建议")
        play.until("closing_review").do("closing_review")
    clock.now = dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
    start_evaluation(banli, actor_named(banli, "wangmin"), STARTED)
    return banli


def at(banli, stage):
    with banli.writing() as session:
        row = session.scalars(select(UnitEvaluation)).one()
        row.stage, row.total, row.base = stage, Decimal("88.8"), Decimal("88.8")
        row.bonus = row.penalty = Decimal(0)


def numbers(value):
    """Every number and text that a read model holds."""
    if isinstance(value, Message):
        return [str(value)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value) if field.name not in {"scheme", "diagram"}]
        return [one for name in fields for one in numbers(getattr(value, name))]
    if isinstance(value, dict):
        return [one for pair in value.items() for entry in pair for one in numbers(entry)]
    if isinstance(value, list | tuple | set | frozenset):
        return [one for entry in value for one in numbers(entry)]
    return [str(value)]


@pytest.mark.parametrize("stage", [Stage.SELF, Stage.PANEL, Stage.APPROVAL])
@pytest.mark.parametrize("account", UNIT_PEOPLE)
def test_before_publication_the_unit_sees_no_figure_that_rests_on_ratings(year, as_, account, stage):
    at(year, stage)
    seen = sheet(year, as_(account), 2026, "zjj")
    assert not [figure.code for figure in seen.figures if figure.rated]
    assert seen.total is None
    assert "88.8" not in numbers(seen)
    assert next(row for row in seen.rows if row.code == "items").system is None
    for code in ("满意率", "评价均分", "件均分", "主办得分"):
        with pytest.raises(NotFound):
            figure_page(year, as_(account), 2026, "zjj", code)


def test_the_self_evaluation_form_tells_nothing_of_ratings(year, as_):
    with year.reading() as session:
        task = session.scalars(select(Work.task_id).where(Work.subject_kind == "evaluation")).one()
    page = open_task(year, as_("qianlei"), task)
    assert not [figure.code for figure in page.beside.figures if figure.rated]
    assert page.values["scores"][0]["system"] == "含评价数据，公布得分时可见"
    assert page.variables == {}


def test_until_the_scores_are_published_a_units_page_is_the_same_whatever_was_rated(year, as_, clock):
    pleased = numbers(sheet(year, as_("qianlei"), 2026, "zjj"))
    with year.writing() as session:
        for row in session.scalars(select(Feedback)):
            row.overall, row.scores = "dissatisfied", {"attitude": "dissatisfied", "result": "dissatisfied"}
        evaluation = session.scalars(select(UnitEvaluation)).one()
        for score in session.scalars(select(IndicatorScore)):
            session.delete(score)
        session.flush()
        session.expire_all()
        compute_figures(session, evaluation, dataclasses.replace(JOB, root_id=evaluation.instance_id))
    with year.reading() as session:
        items = session.scalar(select(IndicatorScore.system).where(IndicatorScore.code == "items"))
    assert items < 60, "the bad ratings did count"
    assert numbers(sheet(year, as_("qianlei"), 2026, "zjj")) == pleased


def test_published_figures_on_ratings_name_no_case(year, as_):
    at(year, Stage.PUBLISHED)
    seen = sheet(year, as_("qianlei"), 2026, "zjj")
    shown = [figure for figure in seen.figures if figure.rated]
    assert {figure.code for figure in shown} >= {"满意率", "评价均分"}
    assert not [figure.code for figure in shown if figure.counted or figure.among]
    items = figure_page(year, as_("qianlei"), 2026, "zjj", "件均分").items
    assert items
    assert all("评价" not in column for column in figure_page(year, as_("qianlei"), 2026, "zjj", "件均分").columns)


def test_a_unit_reads_its_own_evaluation_only_and_no_overview(year, as_):
    assert own_year(year, as_("qianlei")) == (2026, "zjj")
    assert own_year(year, as_("jianglin")) is None
    for account in ("jianglin", "linguoqiang"):
        with pytest.raises(NotFound):
            sheet(year, as_(account), 2026, "zjj")
        with pytest.raises(NotFound):
            figure_page(year, as_(account), 2026, "zjj", "面商率")
    with pytest.raises(NotAllowed):
        overview(year, as_("qianlei"), 2026)
    with pytest.raises(NotFound):
        ranking(year, as_("qianlei"), 2026)


def test_later_ratings_change_no_score_that_was_computed(year, as_):
    at(year, Stage.PUBLISHED)
    before = {figure.code: figure.value for figure in sheet(year, as_("qianlei"), 2026, "zjj").figures}
    with year.writing() as session:
        for row in session.scalars(select(Feedback)):
            row.overall = "dissatisfied"
    assert {figure.code: figure.value for figure in sheet(year, as_("qianlei"), 2026, "zjj").figures} == before


def test_a_unit_that_waits_reads_neither_the_leaders_reasons_nor_a_grade(year, as_, clock):
    play = Year(year, clock)
    play.evaluate_self("zjj", "qianlei")
    play.score_all("zjj")
    play.do("zjj", "approve", "zhoukai", approval="return", returned="台账分偏高")
    seen = [str(row.why) for row in evaluations(worklist(year, as_("qianlei"), WorklistView.WAITING))]
    assert len(seen) == 3
    assert not [told for told in seen if "台账分偏高" in told]
    office = evaluations(worklist(year, as_("sunjie"), WorklistView.CLAIMABLE))
    assert "台账分偏高" in str(office[0].why)
    play.score_all("zjj")
    seen = evaluations(worklist(year, as_("qianlei"), WorklistView.WAITING))
    assert ["拟定等次" in str(row.why) for row in seen] == [False]


def evaluations(page):
    return [row for row in page.rows if row.kind == "evaluation"]
