"""Which inputs each rule of a table matches, found by trying the values that matter.

Between two neighbouring values that any cell of a column names, nothing changes. So a column has finitely many
places: each named value, and one value between any two. Every cell is tried with every place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from engine.dmn.checks.literals import between, literal_values
from engine.feel.evaluation import State
from engine.feel.types import BOOLEAN
from engine.feel.values.comparison import order
from engine.feel.values.kinds import kind_of
from engine.feel.values.text import literal

if TYPE_CHECKING:
    from engine.dmn.table import CompiledRule, CompiledTable
    from engine.feel.compilation import Tests

_MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Regions:
    """A table as sets of places.

    Attributes:
        places: for each column the values to try; a column that no cell tests has one place only.
        matched: for each rule and column a bit for each place that the cell lets pass; None where the cell
            depends on other variables, so that nothing can be said.
    """

    table: CompiledTable
    places: tuple[tuple[Any, ...], ...]
    matched: tuple[tuple[int | None, ...], ...]

    def everything(self, column: int) -> int:
        """All places of a column."""
        return (1 << len(self.places[column])) - 1

    def witness(self, chosen: list[int]) -> str:
        """A place of each column, written for people."""
        parts = []
        for column, index in enumerate(chosen):
            clause = self.table.table.inputs[column]
            value = self.places[column][index]
            if value is not ANYTHING:
                parts.append(f"{clause.label or clause.text} = {literal(value, State({}))}")
        return ", ".join(parts) or "-"


ANYTHING = object()


def regions_of(table: CompiledTable) -> Regions | None:
    """The regions of a table; None if a column names too many values."""
    columns = range(len(table.table.inputs))
    tests = [[_test_of(rule, column) for rule in table.rules] for column in columns]
    places = []
    for column in columns:
        found = _places(table, column, tests[column])
        if len(found) > _MOST_PLACES:
            return None
        places.append(found)
    matched = tuple(
        tuple(_matched(tests[column][row], places[column]) for column in columns) for row in range(len(table.rules))
    )
    return Regions(table, tuple(places), matched)


def _test_of(rule: CompiledRule, column: int) -> Tests | None:
    return next((tests for index, tests in rule.tests if index == column), None)


def _matched(tests: Tests | None, places: tuple[Any, ...]) -> int | None:
    if tests is None:
        return (1 << len(places)) - 1
    if literal_values(tests) is None:
        return None
    state = State({})
    return sum(1 << index for index, place in enumerate(places) if tests.test(state, place) is True)


def _places(table: CompiledTable, column: int, tests: list[Tests | None]) -> tuple[Any, ...]:
    named: list[Any] = []
    for each in tests:
        named += (literal_values(each) or []) if each is not None else []
    allowed = table.allowed[column]
    named += (literal_values(allowed) or []) if allowed is not None else []
    places = _with_neighbours(_different(named), boolean=table.types[column] == BOOLEAN)
    if allowed is not None and literal_values(allowed) is not None:
        places = [place for place in places if allowed.test(State({}), place) is True]
    return tuple(places) or (ANYTHING,)


def _different(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if not any((kind_of(value) == kind_of(each) and order(value, each) == 0) or value is each for each in found):
            found.append(value)
    return found


def _with_neighbours(values: list[Any], *, boolean: bool) -> list[Any]:
    if boolean or (values and all(isinstance(value, bool) for value in values)):
        return [True, False]
    kinds = {kind_of(value) for value in values}
    if len(kinds) != 1 or None in values:
        # Mixed columns are tried at the named values only: what lies between them is not known.
        return values
    ordered = sorted(values, key=cmp_to_key(lambda one, other: order(one, other) or 0))
    places: list[Any] = [*between(None, ordered[0])]
    for index, value in enumerate(ordered):
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        places += [value, *between(value, following)]
    return places
