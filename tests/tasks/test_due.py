"""A date explains itself: light, words, rule, start and the days that were skipped."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.feel import Evaluation, FunctionLibrary, evaluate
from tasks.deadlines.explanation import describe, settled
from tasks.deadlines.functions import FUNCTIONS, ArgumentRefused
from tasks.deadlines.reference import RuleUnknown
from tasks.deadlines.views import Light
from tasks.settings import BEIJING

LIBRARY = FunctionLibrary(FUNCTIONS)


@pytest.fixture
def reference(banli):
    return banli.reference()


def asked(reference, expression, **variables):
    context = Evaluation(reference=reference)
    return evaluate(expression, variables, functions=LIBRARY, context=context), context.notes


def due(reference, code, start, stage, now):
    at, notes = asked(reference, "deadline(code, start)", code=code, start=start)
    return describe(reference, at, notes, stage, dt.datetime.combine(now, dt.time(10), BEIJING))


def test_a_deadline_is_the_last_moment_of_its_day_in_beijing(reference):
    at, _ = asked(reference, 'deadline("P3", date("2026-02-13"))')
    assert at == dt.datetime(2026, 2, 27, 23, 59, 59, tzinfo=BEIJING)


def test_its_notes_name_rule_source_start_and_skipped_days(reference):
    _, notes = asked(reference, 'deadline("P3", date("2026-02-13"))')
    note = notes[-1]
    assert (note["rule"], note["amount"], note["start"]) == ("P3", "5个工作日", "2026-02-13")
    assert note["counted"] == ["2026-02-14"]
    assert ["2026-02-16", "春节"] in note["skipped"]
    assert note["reference"] == reference.version


def test_an_instant_counts_as_its_day_in_beijing(reference):
    late_in_utc = dt.datetime(2026, 2, 12, 20, 0, tzinfo=dt.UTC)  # already 13 February in Beijing
    at, _ = asked(reference, 'deadline("P3", start)', start=late_in_utc)
    assert at.date() == dt.date(2026, 2, 27)


def test_deadlines_can_be_chained_and_the_outer_one_decides(reference):
    at, notes = asked(reference, 'deadline("P11S", deadline("P11", date("2026-03-02")))')
    assert [note["rule"] for note in notes] == ["P11", "P11S"]
    assert at.date() == dt.date(2026, 4, 7)


def test_an_unknown_parameter_is_told_with_those_that_are_known(reference):
    with pytest.raises(RuleUnknown, match="P99"):
        asked(reference, 'deadline("P99", date("2026-03-02"))')


def test_a_start_that_is_no_date_is_refused(reference):
    with pytest.raises(ArgumentRefused):
        asked(reference, 'deadline("P3", "soon")')


START = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("stage", "today", "light", "words"),
    [
        ("sign_in", dt.date(2026, 3, 3), Light.NORMAL, "4 working days left"),
        ("sign_in", dt.date(2026, 3, 6), Light.NEAR, "1 working days left"),
        ("sign_in", dt.date(2026, 3, 9), Light.URGENT, "Due today"),
        ("sign_in", dt.date(2026, 3, 10), Light.OVERDUE, "1 days overdue"),
    ],
)
def test_the_light_of_a_working_day_period_turns_by_its_thresholds(reference, stage, today, light, words):
    shown = due(reference, "P3", START, stage, today)
    assert (shown.light, str(shown.words)) == (light, words)


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (dt.date(2026, 4, 20), Light.NORMAL),
        (dt.date(2026, 5, 4), Light.NEAR),
        (dt.date(2026, 5, 25), Light.URGENT),
        (dt.date(2026, 6, 3), Light.OVERDUE),
    ],
)
def test_the_light_of_a_reply_turns_by_calendar_days(reference, today, light):
    assert due(reference, "P8", START, "reply", today).light is light


def test_the_sentence_tells_the_whole_reckoning(reference):
    shown = due(reference, "P8", dt.date(2026, 3, 27), "reply", dt.date(2026, 4, 1))
    told = str(shown.sentence)
    assert "P8" in told
    assert "代表法第五十一条" in told
    assert "2026-06-27 is a day of rest" in told


def test_a_date_in_an_unpublished_year_says_that_it_is_provisional(reference):
    assert due(reference, "P8", dt.date(2026, 11, 30), "reply", dt.date(2026, 12, 1)).provisional


def test_what_is_done_was_in_time_or_late(reference):
    shown = due(reference, "P3", START, "sign_in", dt.date(2026, 4, 1))
    in_time = settled(shown, dt.datetime(2026, 3, 9, 9, 0, tzinfo=BEIJING))
    late = settled(shown, dt.datetime(2026, 3, 11, 9, 0, tzinfo=BEIJING))
    assert (in_time.light, str(late.words)) == (Light.NORMAL, "Done 2 days late")


def test_reviewers_are_people_of_the_units_concerned(reference):
    nodes, _ = asked(
        reference,
        'reviewers(["UO", "UD", "UC", "CO", "S1"], "zjj", ["jjdd", "cgj"], "rd")',
    )
    assert [node["group"] for node in nodes] == [
        "zjj:unit_office",
        "zjj:unit_deputy",
        "zjj:unit_head",
        "jjdd:unit_head",
        "cgj:unit_head",
        "fb:hub_officer",
    ]


def test_where_nobody_holds_a_role_the_next_one_stands_in_and_signs_once(reference):
    nodes, _ = asked(reference, 'reviewers(["UO", "UD", "UC"], "cgj", [], "rd")')
    assert [node["group"] for node in nodes] == ["cgj:unit_office", "cgj:unit_head"]
