"""What a table makes of the rules that match (DMN 1.5, 8.2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.feel.values.comparison import order, same
from engine.feel.values.numbers import ARITHMETIC
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.dmn.state import DecisionState, Run
    from engine.feel.compilation import Tests


class Hit(NamedTuple):
    """A rule that matched: its number from 1, and its output values."""

    rule: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The outputs of a table: names, allowed values in order of priority, default entries, and the aggregation."""

    names: tuple[str, ...]
    priorities: tuple[tuple[Tests, ...], ...]
    defaults: tuple[Run, ...] | None
    aggregation: str | None


@dataclass(frozen=True, slots=True)
class HitPolicy:
    """How hits become the result; with `first_only` the search ends at the first hit."""

    decide: Callable[[list[Hit], Columns, DecisionState], Any]
    first_only: bool = False


def policy_name(written: str) -> str:
    """The policy's name, of the name or letter that a file or a person writes."""
    return _LETTERS.get(written.strip()[:1].upper(), "") if len(written.strip()) <= 2 else written.strip().upper()


_LETTERS = {
    "U": "UNIQUE",
    "A": "ANY",
    "P": "PRIORITY",
    "F": "FIRST",
    "R": "RULE ORDER",
    "O": "OUTPUT ORDER",
    "C": "COLLECT",
}


def _composed(hit: Hit, columns: Columns) -> Any:
    if len(columns.names) == 1:
        return hit.values[0] if hit.values else None
    return dict(zip(columns.names, hit.values, strict=False))


def _default(columns: Columns, state: DecisionState) -> Any:
    if columns.defaults is None:
        return None
    return _composed(Hit(0, tuple(run(state) for run in columns.defaults)), columns)


def _unique(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    if len(hits) > 1:
        rules = ", ".join(str(hit.rule) for hit in hits)
        state.warn(say("The rules {rules} match at once, but the hit policy is Unique.", rules=rules))
        return None
    return _composed(hits[0], columns) if hits else _default(columns, state)


def _any(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    if not hits:
        return _default(columns, state)
    results = [_composed(hit, columns) for hit in hits]
    for hit, result in zip(hits, results, strict=True):
        if not same(result, results[0], state) and not (result is None and results[0] is None):
            state.warn(
                say(
                    "The rules {first} and {second} match at once with different results, but the hit policy is Any.",
                    first=hits[0].rule,
                    second=hit.rule,
                )
            )
            return None
    return results[0]


def _first(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    return _composed(hits[0], columns) if hits else _default(columns, state)


def _rank(hit: Hit, columns: Columns, state: DecisionState) -> tuple[int, ...]:
    ranks = []
    for value, tests in zip(hit.values, columns.priorities, strict=False):
        found = (index for index, test in enumerate(tests) if test.test(state, value) is True)
        ranks.append(next(found, len(tests)))
    return tuple(ranks)


def _by_priority(hits: list[Hit], columns: Columns, state: DecisionState) -> list[Hit]:
    return sorted(hits, key=lambda hit: _rank(hit, columns, state))


def _priority(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    return _composed(_by_priority(hits, columns, state)[0], columns) if hits else _default(columns, state)


def _all_of(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    if not hits:
        default = _default(columns, state)
        return [default] if default is not None else []
    return [_composed(hit, columns) for hit in hits]


def _output_order(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    return _all_of(_by_priority(hits, columns, state), columns, state)


def _collect(hits: list[Hit], columns: Columns, state: DecisionState) -> Any:
    if columns.aggregation is None:
        return _all_of(hits, columns, state)
    if columns.aggregation == "COUNT":
        return Decimal(len(hits))
    if not hits:
        return _default(columns, state)
    values = [hit.values[0] for hit in hits]
    if len(columns.names) != 1 or columns.aggregation not in _AGGREGATIONS:
        state.warn(say("Collect with {name} needs one output.", name=columns.aggregation))
        return None
    return _AGGREGATIONS[columns.aggregation](values, state)


def _sum(values: list[Any], state: DecisionState) -> Any:
    if any(type(value) is not Decimal for value in values):
        state.warn(say("The outputs cannot be added."))
        return None
    return reduce(ARITHMETIC.add, values)


def _extreme(sign: int) -> Callable[[list[Any], DecisionState], Any]:
    def choose(values: list[Any], state: DecisionState) -> Any:
        best = values[0]
        for value in values:
            outcome = order(value, best)
            if outcome is None:
                state.warn(say("The outputs cannot be compared."))
                return None
            if outcome * sign > 0:
                best = value
        return best

    return choose


_AGGREGATIONS: dict[str, Callable[[list[Any], DecisionState], Any]] = {
    "SUM": _sum,
    "MIN": _extreme(-1),
    "MAX": _extreme(1),
}

HIT_POLICIES: dict[str, HitPolicy] = {
    "UNIQUE": HitPolicy(_unique),
    "ANY": HitPolicy(_any),
    "PRIORITY": HitPolicy(_priority),
    "FIRST": HitPolicy(_first, first_only=True),
    "RULE ORDER": HitPolicy(_all_of),
    "OUTPUT ORDER": HitPolicy(_output_order),
    "COLLECT": HitPolicy(_collect),
}
