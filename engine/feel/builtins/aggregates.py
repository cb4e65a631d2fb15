"""Functions that make one value of many (DMN 1.5, table 75)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.values.comparison import order
from engine.feel.values.numbers import ARITHMETIC, ONE, ZERO
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.evaluation import State


def _items(values: tuple[object, ...]) -> list[object]:
    # One list, or the elements one by one: both are the same call.
    return values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)


def _numbers(state: State, values: tuple[object, ...], *, least: int = 1) -> list[Decimal]:
    numbers = _items(values)
    state.count(len(numbers) >> 2)
    if len(numbers) < least:
        raise Undefined(say("Expected at least {least} numbers, but found {found}.", least=least, found=len(numbers)))
    if any(type(each) is not Decimal for each in numbers):
        raise Undefined(say("Expected numbers only."))
    return numbers  # type: ignore[return-value]


def _extreme(state: State, values: tuple[object, ...], sign: int) -> object:
    items = _items(values)
    if not items:
        raise Undefined(say("An empty list has neither least nor greatest."))
    best = items[0]
    state.count(len(items))
    for item in items:
        outcome = order(item, best)
        if outcome is None:
            raise Undefined(say("The elements of the list cannot be compared."))
        if outcome * sign > 0:
            best = item
    return best


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


@builtin("count(list: list) -> number")
def count(items: list[object]) -> Decimal:
    """The number of elements."""
    return Decimal(len(items))


@builtin("min(list: list) -> any", "min(...c: any) -> any")
def least(state: State, *values: object) -> object:
    """The least element."""
    return _extreme(state, values, -1)


@builtin("max(list: list) -> any", "max(...c: any) -> any")
def greatest(state: State, *values: object) -> object:
    """The greatest element."""
    return _extreme(state, values, 1)


@builtin("sum(list: list) -> number", "sum(...n: any) -> number")
def total(state: State, *values: object) -> Decimal:
    """The sum of numbers; null for an empty list."""
    return _total(_numbers(state, values))


@builtin("product(list: list) -> number", "product(...n: any) -> number")
def product(state: State, *values: object) -> Decimal:
    """The product of numbers; null for an empty list."""
    result = ONE
    for number in _numbers(state, values):
        result = ARITHMETIC.multiply(result, number)
    return result


@builtin("mean(list: list) -> number", "mean(...n: any) -> number")
def mean(state: State, *values: object) -> Decimal:
    """The arithmetic mean."""
    numbers = _numbers(state, values)
    return ARITHMETIC.divide(_total(numbers), Decimal(len(numbers)))


@builtin("median(list: list) -> number", "median(...n: any) -> number")
def median(state: State, *values: object) -> Decimal:
    """The middle element, or the mean of the two middle ones."""
    ordered = sorted(_numbers(state, values))
    half, odd = divmod(len(ordered), 2)
    if odd:
        return ordered[half]
    return ARITHMETIC.divide(ARITHMETIC.add(ordered[half - 1], ordered[half]), Decimal(2))


@builtin("stddev(list: list) -> number", "stddev(...n: any) -> number")
def standard_deviation(state: State, *values: object) -> Decimal:
    """The standard deviation of a sample (of two numbers at least)."""
    numbers = _numbers(state, values, least=2)
    size = Decimal(len(numbers))
    middle = ARITHMETIC.divide(_total(numbers), size)
    squares = [ARITHMETIC.power(ARITHMETIC.subtract(each, middle), 2) for each in numbers]
    return ARITHMETIC.sqrt(ARITHMETIC.divide(_total(squares), size - 1))


@builtin("mode(list: list) -> list", "mode(...n: any) -> list")
def mode(state: State, *values: object) -> list[Decimal]:
    """The most frequent numbers, in ascending order."""
    counted = Counter(_numbers(state, values, least=0))
    highest = max(counted.values(), default=0)
    return sorted(number for number, times in counted.items() if times == highest)


def _decided(items: list[object], decisive: bool) -> bool | None:  # noqa: FBT001
    if any(each is decisive for each in items):
        return decisive
    return not decisive if all(each is (not decisive) for each in items) else None


@builtin("all(list: list) -> boolean", "all(...b: any) -> boolean")
def every(*values: object) -> bool | None:
    """Whether all elements are true; null if that cannot be said."""
    return _decided(_items(values), False)


@builtin("any(list: list) -> boolean", "any(...b: any) -> boolean")
def some(*values: object) -> bool | None:
    """Whether an element is true; null if that cannot be said."""
    return _decided(_items(values), True)
