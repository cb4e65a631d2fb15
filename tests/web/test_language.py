"""Dates and sentences as an office writes them."""

import datetime as dt

import pytest

from engine.message import say
from web.language import COOKIE, joined, long_date, moment, short_date, table_date, tell, weekday_date

DAY = dt.date(2026, 3, 27)


@pytest.fixture
def reading(app):
    def in_language(name, say_it):
        with app.test_request_context(headers={"Cookie": f"{COOKIE}={name}"}):
            return say_it()

    return in_language


def test_dates_in_prose_carry_the_weekday(reading):
    assert reading("zh_Hans_CN", lambda: long_date(DAY)) == "2026年3月27日（星期五）"
    assert reading("en", lambda: long_date(DAY)) == "Friday, 27 March 2026"


def test_the_year_is_left_out_while_it_is_this_one(reading):
    assert reading("zh_Hans_CN", lambda: short_date(DAY)) == "3月27日"
    assert reading("zh_Hans_CN", lambda: short_date(dt.date(2027, 1, 4))) == "2027年1月4日"


def test_dates_near_now_carry_the_weekday(reading):
    assert reading("zh_Hans_CN", lambda: weekday_date(dt.date(2026, 5, 11))) == "5月11日（星期一）"


def test_dates_in_tables_sort_by_themselves():
    assert table_date(DAY) == "2026-03-27"


def test_moments_are_told_in_beijing_time(reading):
    before_midnight_in_london = dt.datetime(2026, 5, 6, 17, 12, tzinfo=dt.UTC)
    assert reading("zh_Hans_CN", lambda: moment(before_midnight_in_london)) == "今天 01:12"


def test_a_sentence_is_told_with_its_values_in_the_readers_language(reading):
    message = say("whole case by {date}", date=DAY)
    assert reading("zh_Hans_CN", lambda: tell(message)) == "全案 3月27日"
    assert reading("en", lambda: tell(message)) == "whole case by 27 March"


def test_lists_are_joined_as_the_language_writes_them(reading):
    assert reading("zh_Hans_CN", lambda: joined(["住建局", "城管局"])) == "住建局、城管局"
    assert reading("en", lambda: joined(["A", "B"])) == "A, B"
