"""`for`, `some` and `every` (DMN 1.5, 10.3.2.14 and table 62)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.syntax import For, Iteration, Quantified
from engine.feel.values.calendar import date_of_day, day_number
from engine.feel.values.kinds import kind_of
from engine.feel.values.numbers import ONE, whole
from engine.feel.values.range import Range
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State

    Domain = Callable[[State, list[Any]], Iterable[object]]


def _elements(value: object) -> Iterable[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _range_elements(value)
    if value is None:
        raise Undefined(say("null cannot be iterated."))
    return [value]


def _range_elements(value: Range) -> Iterable[object]:
    if value.operator is not None or not {kind_of(value.start), kind_of(value.end)} <= {"number", "date"}:
        raise Undefined(say("Only a range of whole numbers or dates with two ends can be iterated."))
    elements = _between(value.start, value.end, descending=False)
    return (
        each
        for each in elements
        if (value.start_included or each != value.start) and (value.end_included or each != value.end)
    )


def _between(start: object, end: object, *, descending: bool) -> Iterator[object]:
    kinds = kind_of(start), kind_of(end)
    if kinds == ("number", "number"):
        first, last = whole(start), whole(end)  # type: ignore[arg-type]
        if first is not None and last is not None:
            return (Decimal(each) for each in _steps(first, last, descending=descending))
    elif kinds == ("date", "date"):
        first, last = day_number(start), day_number(end)  # type: ignore[arg-type]
        return (date_of_day(each) for each in _steps(first, last, descending=descending))
    raise Undefined(
        say(
            "An iteration needs two whole numbers or two dates, but has {start} and {end}.",
            start=kinds[0],
            end=kinds[1],
        )
    )


def _steps(first: int, last: int, *, descending: bool) -> range:
    if first <= last:
        return range(first, last + 1)
    if not descending:
        raise Undefined(say("A range whose start lies after its end cannot be iterated."))
    return range(first, last - 1, -1)


def _domain(iteration: Iteration, scope: Scope) -> Domain:
    start = scope.compile(iteration.domain)
    if iteration.end is None:
        return lambda state, local: _elements(start(state, local))
    end = scope.compile(iteration.end)
    return lambda state, local: _between(start(state, local), end(state, local), descending=True)


def _domains(iterations: tuple[Iteration, ...], scope: Scope) -> list[tuple[int, Domain]]:
    # Each domain sees the names of those before it.
    domains = []
    for iteration in iterations:
        domain = _domain(iteration, scope)
        domains.append((scope.declare(iteration.name), domain))
    return domains


def _combinations(domains: list[tuple[int, Domain]], state: State, local: list[Any], level: int = 0) -> Iterator[None]:
    slot, domain = domains[level]
    innermost = level + 1 == len(domains)
    for element in domain(state, local):
        state.count()
        local[slot] = element
        if innermost:
            yield
        else:
            yield from _combinations(domains, state, local, level + 1)


def _for(node: For, scope: Scope) -> Run:
    inner = scope.inner()
    domains = _domains(node.iterations, inner)
    partial = inner.declare("partial")
    body, at = inner.compile(node.body), node.at

    def run(state: State, local: list[Any]) -> list[object] | None:
        results: list[object] = []
        local[partial] = results
        try:
            for _ in _combinations(domains, state, local):
                value = body(state, local)
                results.append(value)
                # A body with its own "for" leaves that one's results in a slot of its own: ours is untouched.
        except Undefined as undefined:
            state.warn(undefined.message, at)
            return None
        return results

    return run


def _quantified(node: Quantified, scope: Scope) -> Run:
    inner = scope.inner()
    domains = _domains(node.iterations, inner)
    condition, at = inner.compile(node.condition), node.at
    decisive = not node.every

    def run(state: State, local: list[Any]) -> bool | None:
        result: bool | None = not decisive
        try:
            for _ in _combinations(domains, state, local):
                outcome = condition(state, local)
                if outcome is decisive:
                    return decisive
                if outcome is not (not decisive):
                    result = None
        except Undefined as undefined:
            state.warn(undefined.message, at)
            return None
        return result

    return run


RULES: dict[type, Rule] = {For: _for, Quantified: _quantified}
__all__ = ["ONE", "RULES"]
