"""The master ledger holds the rows of the register, as texts that no spreadsheet runs."""

import io
import re
import zipfile

import pytest
import python_calamine
from sqlalchemy import select, text, update

from tasks.register.models import Item


def downloaded(visitor, query=""):
    answer = visitor.get(f"/cases/ledger.xlsx{query}")
    assert answer.status_code == 200
    return answer.data


def rows_of(data):
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def titles_on(page):
    return re.findall(r'class="title" href="/cases/\d+">([^<]+)<', page)


def test_the_ledger_holds_what_the_page_and_the_database_hold(banli, visitor):
    heading, *rows = rows_of(downloaded(visitor.be("wangmin")))
    assert heading[:4] == ["编号", "种类", "标题", "类别"]
    assert [row[2] for row in rows] == titles_on(visitor.read("/cases"))
    with banli.reading() as session:
        stored = session.execute(text("SELECT number, title, category FROM item ORDER BY submitted_at DESC, id DESC"))
        assert [(row[0], row[2], row[3]) for row in rows] == [tuple(one) for one in stored]


@pytest.mark.parametrize("query", ["?q=停车", "?kind=proposal", "?only=answered", "?q=林国强&kind=suggestion"])
def test_the_filters_of_the_page_hold_for_the_ledger(visitor, query):
    visitor.be("wangmin")
    assert [row[2] for row in rows_of(downloaded(visitor, query))[1:]] == titles_on(visitor.read(f"/cases{query}"))


def test_the_page_links_to_the_ledger_of_its_filters(visitor):
    page = visitor.be("wangmin").read("/cases?kind=suggestion&q=停车")
    assert 'href="/cases/ledger.xlsx?kind=suggestion&amp;q=' in page


def test_all_pages_of_the_register_are_in_the_ledger(banli, visitor):
    with banli.writing() as session:
        first = session.scalar(select(Item))
        same = {name: getattr(first, name) for name in (
            "area_id", "sitting_id", "kind", "timing", "year", "situation", "category", "publish_consent",
            "submitted_at",
        )}  # fmt: skip
        session.add_all(Item(**same, title=f"第{place}件", number=f"9{place:03}") for place in range(120))
    assert len(rows_of(downloaded(visitor.be("wangmin")))) == 1 + 123


@pytest.mark.parametrize("title", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(1)", "{=1}", "http://x"])
def test_what_looks_like_a_formula_stays_a_text(banli, visitor, title):
    with banli.writing() as session:
        session.execute(update(Item).where(Item.id == 1).values(title=title))
    data = downloaded(visitor.be("wangmin"))
    assert title in [row[2] for row in rows_of(data)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.namelist()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert not [name for name in names if "rels/sheet1" in name]


def test_a_unit_downloads_only_its_own_cases(visitor):
    assert rows_of(downloaded(visitor.be("baihe")))[1:] == []


def test_a_deputy_downloads_no_ledger(visitor):
    assert visitor.be("linguoqiang").get("/cases/ledger.xlsx").status_code == 403
