"""`for`, `some` and `every` (DMN 1.5, 10.3.2.14 and table 62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.errors import Undefined
from engine.feel.syntax import For, Iteration, Quantified
from engine.feel.values.iteration import elements_of, steps_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from engine.feel.compiler.scope import Rule, Run, Scope
    from engine.feel.evaluation import State

    Domain = Callable[[State, list[Any]], Iterable[object]]


def _domain(iteration: Iteration, scope: Scope) -> Domain:
    start = scope.compile(iteration.domain)
    if iteration.end is None:
        return lambda state, local: elements_of(start(state, local))
    end = scope.compile(iteration.end)
    return lambda state, local: steps_between(start(state, local), end(state, local), descending=True)


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
                # One by one, since the body may read them as "partial".
                results.append(body(state, local))  # noqa: PERF401
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
                    return not node.every
                if outcome is not (not decisive):
                    result = None
        except Undefined as undefined:
            state.warn(undefined.message, at)
            return None
        return result

    return run


RULES: dict[type, Rule] = {For: _for, Quantified: _quantified}
