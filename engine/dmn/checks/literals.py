"""The values that a cell names, and values between them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.compiler import RULES
from engine.feel.compiler.scope import Root, Scope
from engine.feel.errors import Undefined
from engine.feel.evaluation import State
from engine.feel.library import STANDARD_LIBRARY
from engine.feel.syntax import AtLiteral, Call, Constant, Interval, Name, Negation, Node, UnaryComparison, UnaryTests
from engine.feel.values.calendar import date_of_day, day_number
from engine.feel.values.durations import days_time, nanoseconds, years_months
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import make_time, seconds_of_day, shift_moment

if TYPE_CHECKING:
    from engine.feel.compilation import Tests

_CONSTRUCTORS = frozenset(["date", "time", "date and time", "duration"])


def literal_values(tests: Tests) -> list[Any] | None:
    """All values that the tests compare with; None if they depend on anything but the tested value and literals."""
    tree = tests.tree
    if not isinstance(tree, UnaryTests):
        return None
    values: list[Any] = []
    for test in tree.tests:
        operands = _operands(test)
        if not all(is_literal(each) for each in operands):
            return None
        values += [value_of(each) for each in operands]
    return values


def _operands(test: Node) -> tuple[Node, ...]:
    if isinstance(test, UnaryComparison):
        return (test.operand,)
    if isinstance(test, Interval):
        return (test.low, test.high)
    return (test,)


def is_literal(node: Node) -> bool:
    """Whether the node is a literal value, a constructor of one included."""
    if isinstance(node, Negation):
        return is_literal(node.operand)
    if isinstance(node, Call):
        name = node.function.name if isinstance(node.function, Name) else ""
        return name in _CONSTRUCTORS and all(isinstance(each, Constant) for each in node.arguments)
    return isinstance(node, Constant | AtLiteral)


def value_of(node: Node) -> Any:
    """The value of a literal."""
    root = Root(STANDARD_LIBRARY, RULES)
    run = Scope(root).compile(node)
    return run(State({}), [None] * root.slots)


def between(low: Any, high: Any) -> list[Any]:
    """A value between two of one kind, if there is one; None is an open end."""
    kind = kind_of(low if low is not None else high)
    choose = _BETWEEN.get(kind)
    try:
        return choose(low, high) if choose is not None else []
    except Undefined:
        return []


def _numbers(low: Any, high: Any) -> list[Any]:
    if low is None or high is None:
        return [high - 1 if low is None else low + 1]
    return [(low + high) / Decimal(2)]


def _strings(low: Any, high: Any) -> list[Any]:
    if low is None:
        return [""] if high else []
    found = low + "…"
    return [found] if high is None or found < high else []


def _days(low: Any, high: Any) -> list[Any]:
    if low is None:
        return [date_of_day(day_number(high) - 1)]
    day = day_number(low) + 1
    return [date_of_day(day)] if high is None or day < day_number(high) else []


def _moments(low: Any, high: Any) -> list[Any]:
    second = timedelta(seconds=1)
    return [shift_moment(high, -second) if low is None else shift_moment(low, second)]


def _times(low: Any, high: Any) -> list[Any]:
    if low is None:
        seconds = seconds_of_day(high)
        return [make_time(seconds - 1, 0, high.tzinfo)] if seconds else []
    seconds = seconds_of_day(low) + 1
    if seconds >= 86_400 or (high is not None and seconds >= seconds_of_day(high)):
        return []
    return [make_time(seconds, 0, low.tzinfo)]


def _durations(low: Any, high: Any) -> list[Any]:
    if low is None or high is None:
        return [days_time(nanoseconds(high) - 10**9 if low is None else nanoseconds(low) + 10**9)]
    return [days_time((nanoseconds(low) + nanoseconds(high)) // 2)]


def _months(low: Any, high: Any) -> list[Any]:
    if low is None:
        return [years_months(high.total_months - 1)]
    months = low.total_months + 1
    return [years_months(months)] if high is None or months < high.total_months else []


_BETWEEN = {
    "number": _numbers,
    "string": _strings,
    "date": _days,
    "date and time": _moments,
    "time": _times,
    "days and time duration": _durations,
    "years and months duration": _months,
}
