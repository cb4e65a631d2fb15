"""A simulated year: nothing is stuck, its figures are the product's own, the same seed gives the same content."""

from __future__ import annotations

import pytest

from tasks.simulation import hands
from tasks.simulation.people import population
from tasks.simulation.rates import Plan, RateInvalid, Rates
from tasks.simulation.service import DatabaseTaken, simulate

LIVELY = Rates(
    late=0.2, returned=0.4, dissatisfied=0.2, objecting=0.2, separate=0.15, withdrawn=0.08, silent=0.15,
)  # fmt: skip
ITEMS = 25
SEED_OF_RETURNS = 435
"""With this seed the desk returns one of the first four items, and the committee another one."""


@pytest.fixture(scope="module")
def year():
    return simulate(Plan(ITEMS, 11, LIVELY))


def test_a_year_ends_with_nothing_stuck_and_every_invariant_whole(year):
    assert year.faults == []
    assert year.troubles == []
    assert year.whole


def test_every_item_is_in_the_figures_and_most_are_closed(year):
    assert year.figures.total == ITEMS
    states = {line.code: line.count for line in year.figures.states.lines}
    assert sum(states.values()) == ITEMS
    assert states["closed"] > ITEMS / 2
    assert sum(unit.returns for unit in year.figures.units) > 0


def test_what_the_committee_returns_for_correction_is_corrected_once_and_goes_on():
    plan = Plan(4, SEED_OF_RETURNS)
    assert any(tale.story.words.get("filing") == "returned_for_edit" for tale in population(plan))
    states = {line.code for line in simulate(plan).figures.states.lines}
    assert not states & {"submitted", "filing", "returned_for_edit", "assigning", "waiting"}


def test_the_rates_of_a_plan_are_lived(year):
    tales = population(Plan(ITEMS, 11, LIVELY))
    assert any(tale.silent for tale in tales)
    assert sum(one.silent for one in year.committees.values()) > 0
    assert any(tale.story.mode == "separate" for tale in tales)


def test_the_same_seed_gives_the_same_content_and_the_same_figures(year):
    again = simulate(Plan(ITEMS, 11, LIVELY))
    assert again.digest == year.digest
    assert again.figures == year.figures
    assert again.acts == year.acts


def test_another_seed_gives_another_year():
    assert population(Plan(ITEMS, 11)) != population(Plan(ITEMS, 12))
    assert simulate(Plan(2, 1)).digest != simulate(Plan(2, 2)).digest


@pytest.mark.parametrize("late", [-0.1, 1.5])
def test_a_rate_that_is_no_share_is_refused(late):
    with pytest.raises(RateInvalid, match="late"):
        Plan(1, 1, Rates(late=late))


def test_a_year_without_items_is_refused():
    with pytest.raises(RateInvalid):
        Plan(0, 1)


def test_a_database_that_is_in_use_is_left_alone(banli):
    with pytest.raises(DatabaseTaken):
        simulate(Plan(1, 1), banli.settings.database_url)


def test_a_year_of_several_hands_on_postgresql_is_the_year_of_one_on_sqlite(postgres_url, monkeypatch):
    rounds = []
    parted = hands._parted
    monkeypatch.setattr(hands, "_parted", lambda ties, count: rounds.append(parted(ties, count)) or rounds[-1])
    plan = Plan(9, 3, LIVELY)
    assert simulate(plan, postgres_url, hands=2).digest == simulate(plan).digest
    assert any(len(own) and len(others) for own, others in rounds)


@pytest.mark.parametrize(
    ("ties", "together"),
    [
        ([{1}, {2}, {1}, {3}, {4}, {3}], [{0, 2}, {3, 5}]),
        ([{1, "zjj"}, {2, "zjj"}, {3}, {2}], [{0, 1, 3}]),
        ([{1}, {2}, {1, 2}, {3}], [{0, 1, 2}]),
    ],
)
def test_what_is_tied_together_falls_to_the_same_hands_in_its_order(ties, together):
    own, others = hands._parted(ties, 2)
    assert sorted(own + others) == list(range(len(ties)))
    assert all(group <= set(own) or group <= set(others) for group in together)
    assert own == sorted(own)
    assert others == sorted(others)
    assert own
    assert others


def test_a_fault_in_one_of_several_hands_ends_the_year(postgres_url, monkeypatch):
    monkeypatch.setattr(hands, "_help", _failing)
    with pytest.raises(RuntimeError, match="out of hand"):
        simulate(Plan(9, 3, LIVELY), postgres_url, hands=2)


def _failing(line, *_):
    while True:
        try:
            line.recv()
        except EOFError:
            return
        line.send(RuntimeError("out of hand"))
