"""The commitment ledger, look-back campaigns and what rolls over."""

import datetime as dt
import io
import re

import pytest
from python_calamine import CalamineWorkbook
from tests_support.county import DAY
from tests_support.tracking import answered, track

MAY, JUNE = dt.date(2026, 5, 20), dt.date(2026, 6, 30)


@pytest.fixture
def promised(banli):
    play = answered(banli, lambda: DAY, {"zjj": [JUNE, MAY], "cgj": [dt.date(2027, 2, 1)]})
    track(play)
    return play


def counted(page):
    return [int(number) for number in re.findall(r'data-counts="(\d+)"', page)]


def test_the_ledger_shows_every_promise_with_its_light(visitor, promised):
    page = visitor.be("wangmin").read("/tracking")
    assert page.count("data-commitment=") == 3
    assert counted(page) == [3, 3, 0, 0, 0, 0]
    assert 'class="light near"' in page


def test_every_figure_leads_to_what_it_counts(visitor, promised):
    visitor.be("wangmin")
    page = visitor.read("/tracking")
    for count, address in re.findall(r'data-counts="(\d+)" href="([^"]+)"', page):
        assert visitor.read(address.replace("&amp;", "&")).count("data-commitment=") == int(count)


def test_the_ledger_is_filtered_by_unit_and_light(visitor, promised):
    visitor.be("wangmin")
    assert visitor.read("/tracking?unit=cgj").count("data-commitment=") == 1
    assert visitor.read("/tracking?light=normal").count("data-commitment=") == 2
    assert visitor.read("/tracking?q=第2段").count("data-commitment=") == 1


def test_a_unit_sees_the_promises_of_its_own_cases_only(visitor, promised):
    assert visitor.be("qianlei").read("/tracking").count("data-commitment=") == 3
    assert visitor.be("yaolan").read("/tracking").count("data-commitment=") == 0


def test_the_ledger_is_given_out_as_a_workbook(visitor, promised):
    answer = visitor.be("wangmin").get("/tracking/ledger.xlsx?unit=cgj")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert "2027-02-01" in rows[1]


def test_a_campaign_is_begun_and_shown(visitor, banli):
    answered(banli, lambda: DAY, {"zjj": [None]})
    visitor.be("wangmin")
    answer = visitor.post("/tracking/look-back", {"name": "年中回头看", "scope": "year", "due": "2026-06-30"})
    assert answer.status_code == 303
    page = visitor.read(answer.headers["Location"])
    assert "住建局" in page
    assert "等待" in page
    table = visitor.get(answer.headers["Location"] + "/table.xlsx")
    assert table.status_code == 200


def test_a_campaign_without_a_date_is_refused_with_what_was_typed(visitor, banli):
    answered(banli, lambda: DAY, {"zjj": [None]})
    answer = visitor.be("wangmin").post("/tracking/look-back", {"name": "年中回头看", "scope": "year", "due": ""})
    assert answer.status_code == 422
    assert 'value="年中回头看"' in answer.get_data(as_text=True)


def test_units_begin_no_campaigns(visitor, banli):
    assert visitor.be("qianlei").post("/tracking/look-back", {"name": "x"}).status_code == 403


def test_promises_of_a_later_year_roll_over(visitor, promised):
    page = visitor.be("wangmin").read("/tracking/roll-over?year=2026")
    assert "承诺至 2027-02-01" in page
    before = visitor.read("/tracking/roll-over?year=2025")
    assert "没有跨年度的" in before
