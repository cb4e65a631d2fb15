"""The test vectors of the handbook, §12, on the published calendar of 2026 and the provisional one of 2027."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tasks.deadlines.calendar import Calendar, DayKind
from tasks.deadlines.counting import PeriodRefused, PeriodUnit, reckon
from tasks.deadlines.presets import provisional_years, published_days

PROCESSES = Path(__file__).parents[2] / "processes"
WD, CD, CM = PeriodUnit.WORKING_DAYS, PeriodUnit.CALENDAR_DAYS, PeriodUnit.MONTHS


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    days = {day: (kind, name) for day, kind, name in published_days(2026)}
    for _, statutory in provisional_years(PROCESSES):
        days.update({day: (DayKind.HOLIDAY, name) for day, name in statutory.items()})
    return Calendar(days, frozenset({2026}))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        ("2026-02-13", 5, WD, "2026-02-27"),
        ("2026-04-27", 7, WD, "2026-05-09"),
        ("2026-09-15", 10, WD, "2026-09-29"),
        ("2026-03-27", 3, CM, "2026-06-29"),
        ("2026-01-31", 1, CM, "2026-02-28"),
        ("2026-11-30", 3, CM, "2027-03-01"),
        ("2026-03-02", 20, CD, "2026-03-23"),
        ("2026-03-02", 0, WD, "2026-03-02"),
    ],
)
def test_a_period_ends_on_the_day_that_the_handbook_says(calendar, start, amount, unit, last):
    reckoning = reckon(calendar, dt.date.fromisoformat(start), amount, unit)
    assert reckoning.last == dt.date.fromisoformat(last)


def test_make_up_days_are_counted_and_named(calendar):
    reckoning = reckon(calendar, dt.date(2026, 4, 27), 7, WD)
    assert reckoning.counted_makeup == (dt.date(2026, 5, 9),)
    assert (dt.date(2026, 5, 1), "劳动节") in reckoning.skipped


def test_a_make_up_working_day_does_not_roll_the_end_of_a_month(calendar):
    assert reckon(calendar, dt.date(2026, 1, 31), 1, CM).rolled_from is None


def test_an_end_on_a_day_of_rest_rolls_forward_and_remembers_from_where(calendar):
    assert reckon(calendar, dt.date(2026, 3, 27), 3, CM).rolled_from == dt.date(2026, 6, 27)


def test_rolling_forward_is_a_parameter(calendar):
    assert reckon(calendar, dt.date(2026, 3, 27), 3, CM, roll_forward=False).last == dt.date(2026, 6, 27)


def test_a_date_in_a_year_without_a_published_calendar_is_provisional(calendar):
    assert reckon(calendar, dt.date(2026, 11, 30), 3, CM).provisional
    assert not reckon(calendar, dt.date(2026, 3, 27), 3, CM).provisional


def test_a_fixed_date_holds_where_it_is_earlier(calendar):
    fixed = reckon(calendar, dt.date(2026, 4, 10), 3, CM, not_after="06-30")
    assert (fixed.last, fixed.fixed) == (dt.date(2026, 6, 30), True)
    computed = reckon(calendar, dt.date(2026, 2, 2), 3, CM, not_after="06-30")
    assert (computed.last, computed.fixed) == (dt.date(2026, 5, 6), False)


def test_working_days_are_not_counted_into_years_that_nobody_knows(calendar):
    with pytest.raises(PeriodRefused, match="more than 5 years ahead"):
        reckon(calendar, dt.date(2026, 1, 5), 5000, WD)


def test_the_seed_knows_the_six_make_up_days_of_2026():
    makeup = [day for day, kind, _ in published_days(2026) if kind is DayKind.MAKEUP]
    assert [day.isoformat()[5:] for day in makeup] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_working_days_left_are_counted_both_ways(calendar):
    friday, monday = dt.date(2026, 3, 27), dt.date(2026, 3, 30)
    assert calendar.working_days_between(friday, monday) == 1
    assert calendar.working_days_between(monday, friday) == -1
