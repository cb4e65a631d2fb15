"""The year-end evaluation: figures, self-evaluation, three offices back to back, approval, appeal, ranking."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select
from tests_support.evaluation import OFFICES, YEAR, Year
from tests_support.people import submitted

from engine.bpmn.reader import read_diagram
from engine.errors import NotFound
from tasks.accounts.errors import NotAllowed
from tasks.cases.paths import path_of
from tasks.demonstration.answers import Story
from tasks.evaluation.evaluations import scheme_of, self_rows
from tasks.evaluation.handlers import place_all
from tasks.evaluation.models import EvaluationRun, UnitEvaluation
from tasks.evaluation.queries import overview, sheet
from tasks.evaluation.service import NewRun, start_evaluation
from tasks.evaluation.views import Stage
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.errors import FormInvalid
from tasks.worklist.queries import worklist
from tasks.worklist.views import WorklistView

STANDARD = NewRun(YEAR, "standard", dt.date(2026, 11, 30))


@pytest.fixture
def handled(banli, clock):
    """A case of two units and one of a third unit alone, answered and rated."""
    return handled_in(banli, clock)


def handled_in(banli, clock):
    first = submitted(banli, clock, Story("zjj", ("jjdd",)))
    second = submitted(banli, clock, Story("cgj"), title="关于增设夜间公交的建议")
    for play in (first, second):
        play.until("closing_review").do("closing_review")
    clock.now = dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
    return Year(banli, clock)


@pytest.fixture
def year(handled):
    """The evaluation of three units has just been started."""
    assert start_evaluation(handled.banli, handled.as_("wangmin"), STANDARD) == 3
    return handled


def scored(year, unit="zjj", office="qianlei"):
    year.evaluate_self(unit, office)
    year.score_all(unit)
    return year


def published(year, unit="zjj", office="qianlei"):
    scored(year, unit, office).do(unit, "approve", "zhoukai", approval="agree")
    return year


def test_each_unit_with_items_gets_its_own_case_and_a_second_start_adds_nothing(year):
    with year.banli.reading() as session:
        before = session.scalars(select(UnitEvaluation.instance_id)).all()
    assert start_evaluation(year.banli, year.as_("wangmin"), STANDARD) == 3
    with year.banli.reading() as session:
        assert session.scalars(select(UnitEvaluation.instance_id)).all() == before
    assert len(set(before)) == 3
    assert [year.open(unit) for unit in ("zjj", "jjdd", "cgj")] == [["self_evaluate"]] * 3


def test_the_task_of_a_unit_names_the_unit_and_the_year_where_an_item_would_stand(year):
    page = worklist(year.banli, year.as_("qianlei"), WorklistView.CLAIMABLE)
    row = next(row for row in page.rows if row.kind == "evaluation")
    assert (row.title, row.step_name, row.item_id) == ("住建局 2026年度考核", "单位自评", None)
    assert row.due.rule == "E1"
    task = year.page("zjj", "self_evaluate", "qianlei")
    assert task.item is None
    assert task.subject.title == "住建局 2026年度考核"
    assert task.diagram.active == ("self_evaluate",)


def test_nobody_but_the_hub_starts_an_evaluation(handled):
    for account in ("sunjie", "qianlei", "liuzheng"):
        with pytest.raises(NotAllowed):
            start_evaluation(handled.banli, handled.as_(account), STANDARD)


def test_a_year_without_items_and_an_unknown_scheme_are_refused(handled):
    with pytest.raises(FormInvalid):
        start_evaluation(handled.banli, handled.as_("wangmin"), NewRun(2020, "standard", dt.date(2020, 11, 30)))
    with pytest.raises(FormInvalid):
        start_evaluation(handled.banli, handled.as_("wangmin"), NewRun(YEAR, "guess", dt.date(2026, 11, 30)))


def test_dates_of_the_start_stand_in_place_of_the_parameters(handled):
    chosen = NewRun(YEAR, "standard", dt.date(2026, 11, 30), dt.date(2026, 12, 15), dt.date(2026, 12, 25))
    start_evaluation(handled.banli, handled.as_("wangmin"), chosen)
    due = handled.page("zjj", "self_evaluate", "qianlei").row.due
    assert due.at.astimezone(BEIJING).date() == dt.date(2026, 12, 15)
    handled.evaluate_self("zjj", "qianlei")
    due = handled.page("zjj", "panel_npc", "sunjie").row.due
    assert due.at.astimezone(BEIJING).date() == dt.date(2026, 12, 25)


def test_a_self_score_above_the_weight_or_without_evidence_is_refused(year):
    rows = [{"score": "0"} for _ in year.page("zjj", "self_evaluate", "qianlei").values["scores"]]
    with pytest.raises(FormInvalid):
        year.do("zjj", "self_evaluate", "qianlei", scores=[rows[0], {"score": "6"}, *rows[2:]], signer="郑涛")
    with pytest.raises(FormInvalid):
        year.do("zjj", "self_evaluate", "qianlei", scores=[rows[0], {"score": "5"}, *rows[2:]], signer="郑涛")
    with pytest.raises(FormInvalid):
        year.do("zjj", "self_evaluate", "qianlei", scores=rows[:3], signer="郑涛")


def test_the_offices_score_back_to_back(year):
    year.evaluate_self("zjj", "qianlei")
    assert year.open("zjj") == ["panel_cppcc", "panel_hub", "panel_npc"]
    year.score("zjj", "panel_hub", "3")
    seen = sheet(year.banli, year.as_("sunjie"), YEAR, "zjj")
    assert [entry.office for row in seen.rows for entry in row.panel] == []
    own = sheet(year.banli, year.as_("wangmin"), YEAR, "zjj")
    assert {entry.office for row in own.rows for entry in row.panel} == {"hub"}
    year.score("zjj", "panel_npc", "4")
    year.score("zjj", "panel_cppcc", "5")
    seen = sheet(year.banli, year.as_("sunjie"), YEAR, "zjj")
    rules = next(row for row in seen.rows if row.code == "rules")
    assert [(entry.office, entry.score) for entry in rules.panel] == [
        ("hub", Decimal(3)),
        ("npc", Decimal(4)),
        ("cppcc", Decimal(5)),
    ]
    assert rules.score == Decimal("4.0")


def test_fewer_points_need_a_reason(year):
    year.evaluate_self("zjj", "qianlei")
    rows = year.page("zjj", "panel_hub", "wangmin").values["scores"]
    with pytest.raises(FormInvalid):
        year.do("zjj", "panel_hub", "wangmin", scores=[{"score": "3"} for _ in rows])


def test_a_unit_that_does_not_evaluate_itself_is_scored_all_the_same(year):
    year.clock.move(days=40)
    year.banli.engine.run_due()
    assert year.open("zjj") == ["panel_cppcc", "panel_hub", "panel_npc"]
    assert year.evaluation("zjj").self_missing
    assert "逾期未自评" in str(year.page("zjj", "panel_hub", "wangmin").row.why)


def test_the_leader_may_send_the_scores_back_and_the_offices_find_their_own(year):
    scored(year)
    year.do("zjj", "approve", "zhoukai", approval="return", returned="台账分偏高")
    assert year.open("zjj") == ["panel_cppcc", "panel_hub", "panel_npc"]
    page = year.page("zjj", "panel_npc", "sunjie")
    assert "台账分偏高" in str(page.row.why)
    assert page.values["scores"][0]["score"] == "4"
    year.score_all("zjj", ("3", "3", "3"))
    assert year.evaluation("zjj").base == year.evaluation("zjj").total + year.evaluation("zjj").penalty
    assert year.open("zjj") == ["approve"]


def test_the_unit_sees_its_scores_when_they_are_published_and_not_before(year):
    scored(year)
    before = sheet(year.banli, year.as_("qianlei"), YEAR, "zjj")
    assert before.total is None
    assert all(row.score is None and not row.panel for row in before.rows)
    assert before.returned == ""
    year.do("zjj", "approve", "zhoukai", approval="agree")
    after = sheet(year.banli, year.as_("qianlei"), YEAR, "zjj")
    assert after.total is not None
    assert after.total == year.evaluation("zjj").total


def test_an_appeal_that_is_granted_changes_the_score_once_the_leader_agrees(year):
    published(year)
    total = year.evaluation("zjj").total
    year.do(
        "zjj", "appeal", "qianlei", answer="appeal",
        appeals=[{"indicator": "summary", "reason": "总结已于10月报送"}, {"indicator": "rules", "reason": "制度齐全"}],
    )  # fmt: skip
    year.do(
        "zjj", "answer", "fanglan",
        answers=[{"verdict": "change", "after": "5", "answer": "已核实"}, {"verdict": "keep", "answer": "无新材料"}],
    )  # fmt: skip
    assert sheet(year.banli, year.as_("qianlei"), YEAR, "zjj").appeals[0].verdict == "", "not before the leader agrees"
    year.do("zjj", "rule", "zhoukai", ruling="return", appeal_returned="请附证据")
    assert "请附证据" in str(year.page("zjj", "answer", "wangmin").row.why)
    year.do(
        "zjj", "answer", "wangmin",
        answers=[{"verdict": "change", "after": "5", "answer": "已核实"}, {"verdict": "keep", "answer": "无新材料"}],
    )  # fmt: skip
    year.do("zjj", "rule", "zhoukai", ruling="agree")
    final = sheet(year.banli, year.as_("qianlei"), YEAR, "zjj")
    assert final.total == total + 1
    assert final.stage == Stage.FINAL
    assert next(row for row in final.rows if row.code == "summary").reason == "已核实"
    assert [(appeal.verdict, appeal.after) for appeal in final.appeals] == [("change", Decimal(5)), ("keep", None)]


def test_an_appeal_needs_an_indicator_and_a_changed_score_stays_within_its_weight(year):
    published(year)
    with pytest.raises(FormInvalid):
        year.do("zjj", "appeal", "qianlei", answer="appeal", appeals=[])
    year.do("zjj", "appeal", "qianlei", answer="appeal", appeals=[{"indicator": "rules", "reason": "制度齐全"}])
    for answer in ({"verdict": "change", "answer": "改"}, {"verdict": "change", "after": "9", "answer": "改"}):
        with pytest.raises(FormInvalid):
            year.do("zjj", "answer", "wangmin", answers=[answer])


def test_without_an_appeal_the_scores_are_final_when_the_window_is_over(year):
    published(year)
    year.clock.move(days=15)
    year.banli.engine.run_due()
    assert year.open("zjj") == []
    assert year.evaluation("zjj").stage == Stage.FINAL


def test_a_veto_of_one_office_makes_the_unit_fail(year):
    year.evaluate_self("zjj", "qianlei")
    year.score("zjj", "panel_hub", "5")
    year.score("zjj", "panel_npc", "5", vetoes=["misuse"], veto_reason="代填评价表")
    year.score("zjj", "panel_cppcc", "5")
    year.do("zjj", "approve", "zhoukai", approval="agree")
    assert year.evaluation("zjj").vetoes == ["干预代表委员评价"]
    assert year.evaluation("zjj").grade == "不合格"


def test_the_last_final_unit_brings_the_ranking_of_all(year):
    ranked(year)


def test_the_ranking_comes_on_both_databases(banli_on_both, clock):
    year = handled_in(banli_on_both, clock)
    start_evaluation(year.banli, year.as_("wangmin"), STANDARD)
    ranked(year)


def ranked(year):
    """All units to the end, one after the other; the last one brings the places."""
    for unit, office, points in (("zjj", "qianlei", "5"), ("jjdd", "maxiao", "3"), ("cgj", "jianglin", "4")):
        with year.banli.reading() as session:
            assert session.scalar(select(EvaluationRun.ranked_at)) is None
        year.evaluate_self(unit, office)
        year.score_all(unit, (points,) * 3)
        year.do(unit, "approve", "zhoukai", approval="agree")
        year.do(unit, "appeal", office, answer="accept")
    seen = overview(year.banli, year.as_("wangmin"), YEAR)
    assert seen.ranked
    assert sorted(row.rank for row in seen.rows) == [1, 2, 3]
    totals = [row.total for row in sorted(seen.rows, key=lambda row: row.rank)]
    assert totals == sorted(totals, reverse=True)


def test_another_unit_and_a_deputy_find_nothing(year):
    for account in ("jianglin", "linguoqiang"):
        with pytest.raises(NotFound):
            sheet(year.banli, year.as_(account), YEAR, "zjj")


def test_a_third_partys_column_is_entered_before_the_panel_scores(handled):
    start_evaluation(handled.banli, handled.as_("wangmin"), NewRun(YEAR, "third_party", dt.date(2026, 11, 30)))
    handled.do(
        "zjj", "self_evaluate", "qianlei",
        scores=[{"score": "0"}, {"score": "18", "evidence": "文件"}, {"score": "0"}, {"score": "0"}], signer="郑涛",
    )  # fmt: skip
    assert handled.open("zjj") == ["enter_inputs"]
    with pytest.raises(FormInvalid):
        handled.do("zjj", "enter_inputs", "wangmin", inputs=[{"value": "120"}, {"value": "98"}], remark="报告")
    handled.do("zjj", "enter_inputs", "wangmin", inputs=[{"value": "89.5"}, {"value": "98.8"}], remark="测评报告")
    for element, account in OFFICES.items():
        handled.do("zjj", element, account, scores=[{"score": "18", "reason": "材料不全"}])
    assert handled.evaluation("zjj").total == Decimal("40.0") + Decimal("18.0") + Decimal("26.9") + Decimal("9.9")


def test_a_scheme_of_grades_alone_asks_the_offices_for_no_points(handled):
    start_evaluation(handled.banli, handled.as_("wangmin"), NewRun(YEAR, "grades", dt.date(2026, 11, 30)))
    handled.do("zjj", "self_evaluate", "qianlei", scores=[], signer="郑涛")
    for element, account in OFFICES.items():
        handled.do("zjj", element, account, scores=[])
    handled.do("zjj", "approve", "zhoukai", approval="agree")
    assert handled.evaluation("zjj").grade == "良好"
    with handled.banli.reading() as session:
        assert self_rows(scheme_of(session.scalars(select(EvaluationRun)).one())) == []


def test_every_flow_of_the_diagram_is_walked(handled, capsys):
    year = handled
    last_year(year, "关于增设夜间公交的建议")
    start_evaluation(year.banli, year.as_("wangmin"), STANDARD)
    published(year).do("zjj", "appeal", "qianlei", answer="appeal", appeals=[{"indicator": "rules", "reason": "齐全"}])
    year.do("zjj", "answer", "wangmin", answers=[{"verdict": "keep", "answer": "无新材料"}])
    year.do("zjj", "rule", "zhoukai", ruling="return", appeal_returned="请附证据")
    year.do("zjj", "answer", "wangmin", answers=[{"verdict": "keep", "answer": "无新材料"}])
    year.do("zjj", "rule", "zhoukai", ruling="agree")
    year.clock.move(days=40)
    year.banli.engine.run_due()
    year.score_all("jjdd")
    year.do("jjdd", "approve", "zhoukai", approval="return", returned="重评")
    year.score_all("jjdd")
    year.do("jjdd", "approve", "zhoukai", approval="agree")
    year.clock.move(days=15)
    year.banli.engine.run_due()
    instances = [year.evaluation(unit).instance_id for unit in ("zjj", "jjdd")]
    start_evaluation(year.banli, year.as_("wangmin"), NewRun(2025, "third_party", dt.date(2026, 11, 30)))
    third = Year(year.banli, year.clock, 2025)
    rows = [{"score": "0"}, {"score": "18", "evidence": "文件"}, {"score": "0"}, {"score": "0"}]
    third.do("cgj", "self_evaluate", "jianglin", scores=rows, signer="孙涛")
    third.do("cgj", "enter_inputs", "wangmin", inputs=[{"value": "89.5"}, {"value": "98.8"}], remark="测评报告")
    for element, account in OFFICES.items():
        third.do("cgj", element, account, scores=[{"score": "20"}])
    third.do("cgj", "approve", "zhoukai", approval="agree")
    third.do("cgj", "appeal", "jianglin", answer="accept")
    walked, flows = set(), {}
    for instance in [*instances, third.evaluation("cgj").instance_id]:
        xml, _ = year.banli.engine.diagram(instance)
        process = next(one for one in read_diagram(xml).processes if one.id == "evaluation")
        flows = process.flows
        history = [run for run in year.banli.engine.history(instance) if run.process_id == process.id]
        walked |= set(path_of(process, history).flows)
    with capsys.disabled():
        print(f"\nevaluation: {len(walked)} of {len(flows)} flows walked")  # noqa: T201
    assert set(flows) - walked == set()


def last_year(year, title):
    """The item belongs to the year before."""
    with year.banli.writing() as session:
        session.scalars(select(Item).where(Item.title == title)).one().year = 2025


def test_units_with_the_same_total_say_by_which_rule_they_stand_in_order(year):
    with year.banli.writing() as session:
        for row in session.scalars(select(UnitEvaluation)):
            row.total, row.grade, row.stage = Decimal("88.0"), "良好", Stage.FINAL
        run = session.scalars(select(EvaluationRun)).one()
        place_all(run, run.units)
        run.ranked_at = year.clock()
    rows = sorted(overview(year.banli, year.as_("wangmin"), YEAR).rows, key=lambda row: row.rank)
    assert [row.tie for row in rows] == ["", "单位代码", "办件量"], "the co-handling unit has the smaller load"
