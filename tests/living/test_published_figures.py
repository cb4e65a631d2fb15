"""Jianxi's published figures of 2019 (handbook §6.1) come out of the cases alone: page, ledger and plain SQL agree."""

import io
import re
from collections import Counter

import pytest
import python_calamine
from sqlalchemy import text

from tasks.accounts.actors import actor_named
from tasks.statistics.queries import statistics
from tasks.statistics.views import StatisticsFilters

YEAR = 2025
FINISHED = StatisticsFilters(kind="suggestion", year=YEAR)
CATEGORIES = {"城建交通": 46, "财政经济": 15, "教科文卫": 16, "群众生活": 29, "城市管理": 17, "社区工作": 10}
CATEGORY_SHARES = {"城建交通": 346, "财政经济": 113, "教科文卫": 120, "群众生活": 218, "城市管理": 128, "社区工作": 75}
CLASSES = {"A": 82, "B": 30, "C": 21}
CLASS_SHARES = {"A": 617, "B": 226, "C": 158}
OF_THE_YEAR = "FROM item WHERE year = 2025 AND kind = 'suggestion'"
FIRST_REPLIES = (
    "FROM reply JOIN item ON item.id = reply.item_id "
    "WHERE item.year = 2025 AND reply.state = 'issued' AND reply.stage = 'first'"
)


@pytest.fixture(scope="module")
def figures(living):
    return statistics(living, actor_named(living, "sunjie"), FINISHED)


@pytest.fixture
def ledger(visitor):
    answer = visitor.be("wangmin").get(f"/cases/ledger.xlsx?kind=suggestion&year={YEAR}")
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0)
    heading, *rows = sheet.to_python()
    return [dict(zip(heading, row, strict=True)) for row in rows]


def asked(living, sql, **values):
    with living.reading() as session:
        return session.execute(text(sql), values).all()


def counts(lines):
    return {line.code: line.count for line in lines}


def shares(lines):
    return {line.code: line.share for line in lines}


def test_all_were_assigned_on_one_day_answered_and_talked_over(figures, living):
    assert (figures.total, figures.assigned, figures.answered, figures.met) == (133, 133, 133, 133)
    assert (figures.answered_share, figures.met_share) == (1000, 1000)
    days = asked(living, f"SELECT DISTINCT substr(assigned_at, 1, 10) {OF_THE_YEAR}")
    assert days == [("2025-03-27",)]
    assert asked(living, f"SELECT max(issued_on) <= '2025-12-05' {FIRST_REPLIES}") == [(1,)]


def test_the_six_categories_with_their_shares(figures):
    assert counts(figures.categories.lines) == CATEGORIES
    assert shares(figures.categories.lines) == CATEGORY_SHARES


def test_the_three_classes_with_shares_that_add_up_to_a_tenth_too_much(figures):
    assert counts(figures.classes.lines) == CLASSES
    assert shares(figures.classes.lines) == CLASS_SHARES
    assert figures.classes.shares == 1001
    assert not figures.classes.even


def test_the_ratings_and_the_key_items(figures, living):
    assert counts(figures.ratings.lines) == {"satisfied": 129, "basic": 4}
    assert figures.silent == 0
    assert figures.key == 12
    keys = "SELECT DISTINCT feedback.overall FROM feedback JOIN item ON item.id = feedback.item_id"
    assert asked(living, f"{keys} WHERE item.year = 2025 AND item.key") == [("satisfied",)]


def test_the_page_says_it_in_words_and_does_not_hide_the_sum(visitor):
    page = visitor.be("sunjie").read(f"/statistics?kind=suggestion&year={YEAR}")
    shown = re.sub(r"<[^>]+>", " ", page)
    for published in ("61.7%", "22.6%", "15.8%", "34.6%", "11.3%", "12.0%", "21.8%", "12.8%", "7.5%", "100.1%"):
        assert published in shown, published


def test_the_excel_ledger_holds_the_same_cases(ledger, figures):
    assert len(ledger) == figures.total
    assert Counter(row["类别"] for row in ledger) == CATEGORIES
    assert Counter(row["结果"][:1] for row in ledger) == CLASSES


def test_plain_sql_counts_the_same(figures, living):
    assert dict(asked(living, f"SELECT category, count(*) {OF_THE_YEAR} GROUP BY category")) == CATEGORIES
    assert dict(asked(living, f"SELECT result_class, count(*) {OF_THE_YEAR} GROUP BY result_class")) == CLASSES
    assert asked(living, f"SELECT count(*) {OF_THE_YEAR} AND key") == [(figures.key,)]
    ratings = (
        "SELECT overall, count(*) FROM feedback JOIN item ON item.id = feedback.item_id "
        "WHERE item.year = 2025 AND feedback.round = 1 AND feedback.stage = 'first' GROUP BY overall"
    )
    assert dict(asked(living, ratings)) == counts(figures.ratings.lines)
    returns = (
        "SELECT count(*) FROM review JOIN reply ON reply.id = review.reply_id JOIN item ON item.id = reply.item_id "
        "WHERE item.year = 2025 AND review.verdict = 'return'"
    )
    assert asked(living, returns) == [(sum(unit.returns for unit in figures.units),)]


@pytest.mark.parametrize("kind", ["suggestion", "proposal"])
def test_the_current_years_page_ledger_and_sql_agree_too(living, visitor, kind):
    page = statistics(living, actor_named(living, "wangmin"), StatisticsFilters(kind=kind, year=2026))
    answer = visitor.be("wangmin").get(f"/cases/ledger.xlsx?kind={kind}&year=2026")
    heading, *rows = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    )
    classes = Counter(row[heading.index("结果")][:1] for row in rows if row[heading.index("结果")])
    assert len(rows) == page.total
    assert classes == counts(page.classes.lines)
    sql = "SELECT state, count(*) FROM item WHERE year = 2026 AND kind = :kind GROUP BY state"
    assert dict(asked(living, sql, kind=kind)) == counts(page.states.lines)


def test_the_evaluation_of_the_finished_year_is_done(living):
    placed = asked(living, "SELECT count(*), count(rank) FROM unit_evaluation")
    assert placed[0][0] == placed[0][1] > 15


def test_its_promises_run_on(living):
    states = dict(asked(living, "SELECT commitment.state, count(*) FROM commitment JOIN item ON item.id = "
                                "commitment.item_id WHERE item.year = 2025 GROUP BY commitment.state"))  # fmt: skip
    assert states["open"] >= 30
    late = "SELECT count(*) FROM commitment JOIN item ON item.id = commitment.item_id WHERE item.year = 2025"
    assert asked(living, f"{late} AND commitment.state = 'open' AND commitment.due <= '2026-06-10'") == [(0,)]
