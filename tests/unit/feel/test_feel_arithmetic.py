"""Numbers behave as Python's decimals of 34 digits; dates, times, durations and ranges obey their algebra."""

from __future__ import annotations

import pickle
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Range, YearsMonthsDuration, evaluate

DECIMAL_128 = Context(prec=34, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow])
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=4)
dates = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1))  # noqa: DTZ001 - local on purpose
durations = st.timedeltas(min_value=timedelta(days=-5000), max_value=timedelta(days=5000))
months = st.integers(min_value=-600, max_value=600).map(YearsMonthsDuration)


@given(numbers, numbers)
def test_arithmetic_agrees_with_decimal_of_34_digits(a, b):
    variables = {"a": a, "b": b}
    assert evaluate("a + b", variables) == DECIMAL_128.add(a, b)
    assert evaluate("a - b", variables) == DECIMAL_128.subtract(a, b)
    assert evaluate("a * b", variables) == DECIMAL_128.multiply(a, b)
    assert evaluate("a / b", variables) == (DECIMAL_128.divide(a, b) if b else None)


@given(numbers, numbers)
def test_the_remainder_has_the_sign_of_the_divisor_and_adds_up(a, b):
    remainder = evaluate("modulo(a, b)", {"a": a, "b": b})
    if not b:
        assert remainder is None
    else:
        assert remainder == 0 or (remainder < 0) == (b < 0)
        assert abs(remainder) < abs(b)
        assert evaluate("a - b * floor(a / b)", {"a": a, "b": b}) == pytest.approx(remainder, abs=Decimal("1e-12"))


@given(dates, dates)
def test_the_difference_of_dates_added_again_gives_the_later_date(first, last):
    assert evaluate("a + (b - a) = b", {"a": first, "b": last}) is True


@given(moments, durations)
def test_a_duration_added_and_subtracted_leaves_the_moment(moment, duration):
    assert evaluate("(m + d) - d", {"m": moment, "d": duration}) == moment


@given(dates, months)
def test_months_keep_the_day_or_end_at_the_month_s_last(day, duration):
    moved = evaluate("a + d", {"a": day, "d": duration})
    following = evaluate('m + duration("P1D")', {"m": moved})
    assert moved.day == day.day or (moved.day < day.day and following.day == 1)
    assert (moved.year - day.year) * 12 + moved.month - day.month == duration.total_months


@given(durations, durations)
def test_durations_are_ordered_and_added_like_lengths(a, b):
    assert evaluate("a + b = b + a", {"a": a, "b": b}) is True
    assert evaluate("a < b", {"a": a, "b": b}) is (a < b)
    assert evaluate("(a + b) - b = a", {"a": a, "b": b}) is True


@given(st.times(), durations)
def test_times_go_around_the_clock(clock, duration):
    assert evaluate("t + d - d", {"t": clock, "d": duration}) == clock
    assert evaluate('t + duration("P1D")', {"t": clock}) == clock


@given(numbers, numbers, numbers, st.booleans(), st.booleans())
def test_a_range_includes_what_lies_between_its_ends(a, b, x, low_closed, high_closed):
    found = evaluate("x in r", {"x": x, "r": Range(a, b, low_closed, high_closed)})
    assert found is ((x >= a if low_closed else x > a) and (x <= b if high_closed else x < b))


@given(numbers, numbers, numbers, numbers)
def test_ranges_are_before_after_or_overlap(a, b, c, d):
    variables = {"r": Range(min(a, b), max(a, b)), "s": Range(min(c, d), max(c, d))}
    relations = [evaluate(f"{name}(r, s)", variables) for name in ("before", "after", "overlaps")]
    assert relations.count(True) == 1
    assert evaluate("includes(r, s)", variables) is evaluate("during(s, r)", variables)


@given(moments, durations)
def test_in_a_named_zone_the_elapsed_time_counts(moment, duration):
    text = moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + "@Europe/Paris"
    moved = evaluate(f'date and time("{text}") + d - d = date and time("{text}")', {"d": timedelta(days=duration.days)})
    assert moved is True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"2024-02-29" + @"P1Y"', date(2025, 2, 28)),
        ('@"2026-01-31" + duration("PT36H")', date(2026, 2, 1)),
        ('@"2026-03-01" - @"P1M"', date(2026, 2, 1)),
        ('@"23:30:00" + @"PT1H"', time(0, 30)),
        ('@"P1Y" * 1.5', YearsMonthsDuration(18)),
        ('@"P1D" / @"PT6H"', Decimal(4)),
        ('3 * @"PT20M"', timedelta(hours=1)),
        ("1 / 3 * 3", Decimal("0.9999999999999999999999999999999999")),
        ("2 ** 3 ** 2", Decimal(64)),
        ("-2 ** 2", Decimal(4)),
        ("0.1 + 0.2", Decimal("0.3")),
    ],
)
def test_arithmetic_by_example(text, value):
    assert evaluate(text) == value


@pytest.mark.parametrize(
    "text",
    ['1 + "a"', "1 / 0", "10 ** 7000", '@"2026-01-01" + @"2026-01-01"', "true + 1", "null + 1", "[1] + [2]", '-"a"'],
)
def test_arithmetic_without_meaning_is_null(text):
    assert evaluate(text) is None


def test_fractions_of_a_second_reach_to_the_nanosecond():
    assert evaluate('string(duration("P1DT2H3M4.123456789S"))') == "P1DT2H3M4.123456789S"
    assert evaluate('string(time("10:00:00.000000001") + duration("PT0.000000002S"))') == "10:00:00.000000003"


def test_dates_reach_beyond_the_years_of_python():
    assert evaluate('string(date("9999-12-31") + duration("P1D"))') == "10000-01-01"
    assert evaluate('date("-0044-03-15")').isoformat() == "-0044-03-15"
    assert evaluate('date and time("-0044-03-15T12:00:00Z")').isoformat() == "-0044-03-15T12:00:00+00:00"
    assert evaluate('string(date("-0044-03-15") + duration("P1Y"))') == "-0043-03-15"
    assert evaluate('(date("10000-01-01") - date("9999-12-31")) = duration("P1D")') is True
    assert evaluate('date("-999999999-01-01") < date("0001-01-01")') is True


@pytest.mark.parametrize(
    "text",
    [
        '@"2026-01-31T10:00:00@Asia/Shanghai" + duration("PT0.000000001S")',
        '@"2026-01-31T10:00:00Z" + duration("PT0.000000001S")',
        'time("10:00:00.000000001@Asia/Shanghai")',
        'duration("PT0.000000001S")',
    ],
)
def test_values_with_nanoseconds_are_python_s_in_every_other_respect(text):
    value = evaluate(text)
    assert evaluate("string(v)", {"v": value}).partition("@")[0].rstrip("ZS").endswith("000000001")
    assert pickle.loads(pickle.dumps(value)) == (value if not isinstance(value, timedelta) else timedelta(0))  # noqa: S301
