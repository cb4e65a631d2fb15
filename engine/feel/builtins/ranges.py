"""Functions of ranges and points (DMN 1.5, table 78), and `range` (table 72).

Every comparison is one of bounds: an end that is excluded lies just inside of the value it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.feel.builtins.registry import builtin
from engine.feel.errors import FeelError, Undefined
from engine.feel.syntax import AtLiteral, Call, Constant, Interval, Name, Negation, Node
from engine.feel.values.comparison import order
from engine.feel.values.kinds import kind_of
from engine.feel.values.range import Range
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.evaluation import State

_POINTS = "number | string | date | time | date and time | days and time duration | years and months duration"


class Bound(NamedTuple):
    """An end: its value, whether it lies just after (1) or before (-1) it, and -1 or 1 where it is infinite."""

    value: object
    nudge: int = 0
    infinite: int = 0


def _lower(of: object) -> Bound:
    if not isinstance(of, Range):
        return Bound(of)
    if of.operator in {"<", "<="}:
        return Bound(None, infinite=-1)
    return Bound(of.start, 0 if of.start_included else 1)


def _upper(of: object) -> Bound:
    if not isinstance(of, Range):
        return Bound(of)
    if of.operator in {">", ">="}:
        return Bound(None, infinite=1)
    return Bound(of.end, 0 if of.end_included else -1)


def _order(one: Bound, other: Bound) -> int:
    if one.infinite or other.infinite:
        return one.infinite - other.infinite
    outcome = order(one.value, other.value)
    if outcome is None:
        raise Undefined(
            say("{one} and {other} cannot be compared.", one=kind_of(one.value), other=kind_of(other.value))
        )
    return outcome or one.nudge - other.nudge


def _before(one: object, other: object) -> bool:
    return _order(_upper(one), _lower(other)) < 0


def _overlaps(one: Range, other: Range) -> bool:
    return _order(_upper(one), _lower(other)) >= 0 and _order(_lower(one), _upper(other)) <= 0


def _overlaps_before(one: Range, other: Range) -> bool:
    return (
        _order(_lower(one), _lower(other)) < 0
        and _order(_upper(one), _lower(other)) >= 0
        and _order(_upper(one), _upper(other)) <= 0
    )


def _meets(one: Range, other: Range) -> bool:
    return one.end_included and other.start_included and _order(_upper(one), _lower(other)) == 0


def _includes(one: Range, other: object) -> bool:
    return _order(_lower(one), _lower(other)) <= 0 and _order(_upper(one), _upper(other)) >= 0


def _starts(one: object, other: Range) -> bool:
    return _order(_lower(one), _lower(other)) == 0 and _order(_upper(one), _upper(other)) <= 0


def _finishes(one: object, other: Range) -> bool:
    return _order(_upper(one), _upper(other)) == 0 and _order(_lower(one), _lower(other)) >= 0


def _coincides(one: object, other: object) -> bool:
    return _order(_lower(one), _lower(other)) == 0 and _order(_upper(one), _upper(other)) == 0


_TWO_RANGES = "range1: range, range2: range"
_POINT_RANGE = f"point: {_POINTS}, range: range"
_RANGE_POINT = f"range: range, point: {_POINTS}"
_TWO_POINTS = f"point1: {_POINTS}, point2: {_POINTS}"


def _relation(name: str, parameters: tuple[str, ...], relation: Callable[..., bool], summary: str) -> None:
    def related(one: object, other: object) -> bool:
        return relation(one, other)

    related.__doc__ = summary
    builtin(*(f"{name}({each}) -> boolean" for each in parameters))(related)


_relation(
    "before",
    (_TWO_POINTS, _POINT_RANGE, _RANGE_POINT, _TWO_RANGES),
    _before,
    "Whether the first lies wholly before the second.",
)
_relation(
    "after",
    (_TWO_POINTS, _POINT_RANGE, _RANGE_POINT, _TWO_RANGES),
    lambda one, other: _before(other, one),
    "Whether the first lies wholly after the second.",
)
_relation("meets", (_TWO_RANGES,), _meets, "Whether the first ends, included, where the second begins, included.")
_relation(
    "met by",
    (_TWO_RANGES,),
    lambda one, other: _meets(other, one),
    "Whether the first begins, included, where the second ends, included.",
)
_relation("overlaps", (_TWO_RANGES,), _overlaps, "Whether the ranges have a value in common.")
_relation(
    "overlaps before",
    (_TWO_RANGES,),
    _overlaps_before,
    "Whether the first begins before the second and ends within it.",
)
_relation(
    "overlaps after",
    (_TWO_RANGES,),
    lambda one, other: _overlaps_before(other, one),
    "Whether the first begins within the second and ends after it.",
)
_relation(
    "finishes", (_POINT_RANGE, _TWO_RANGES), _finishes, "Whether the first ends with the second and lies within it."
)
_relation(
    "finished by",
    (_RANGE_POINT, _TWO_RANGES),
    lambda one, other: _finishes(other, one),
    "Whether the first ends with the second and the second lies within it.",
)
_relation("includes", (_RANGE_POINT, _TWO_RANGES), _includes, "Whether the second lies within the first.")
_relation(
    "during",
    (_POINT_RANGE, _TWO_RANGES),
    lambda one, other: _includes(other, one),
    "Whether the first lies within the second.",
)
_relation(
    "starts", (_POINT_RANGE, _TWO_RANGES), _starts, "Whether the first begins with the second and lies within it."
)
_relation(
    "started by",
    (_RANGE_POINT, _TWO_RANGES),
    lambda one, other: _starts(other, one),
    "Whether the first begins with the second and the second lies within it.",
)
_relation("coincides", (_TWO_POINTS, _TWO_RANGES), _coincides, "Whether both are the same.")


@builtin("range(from: string) -> range")
def range_from(state: State, source: str) -> Range:
    """The range of a text such as `[18..21)`, with literal ends."""
    from engine.feel.compilation import compile_expression  # noqa: PLC0415 - the compiler needs the built-ins first

    state.count(100)  # reading a text costs as much as many steps
    try:
        expression = compile_expression(source)
    except FeelError as error:
        raise Undefined(say("“{text}” is no range: {reason}", text=source[:80], reason=error.message)) from error
    node = expression.tree
    if not isinstance(node, Interval) or not (_is_literal(node.low) and _is_literal(node.high)):
        raise Undefined(say("“{text}” is no range with literal ends, such as [18..21).", text=source[:80]))
    value = expression.run(state)
    if not isinstance(value, Range) or (value.start is None and value.end is None):
        raise Undefined(say("“{text}” is no range.", text=source[:80]))
    if value.start is not None and value.end is not None and (order(value.start, value.end) or 0) > 0:
        raise Undefined(say("The range “{text}” ends before it begins.", text=source[:80]))
    return value


def _is_literal(node: Node) -> bool:
    if isinstance(node, Negation):
        return isinstance(node.operand, Constant)
    if isinstance(node, Call):
        constructors = {"date", "time", "date and time", "duration"}
        return (
            isinstance(node.function, Name)
            and node.function.name in constructors
            and all(isinstance(each, Constant) for each in node.arguments)
        )
    return isinstance(node, AtLiteral) or (isinstance(node, Constant) and not isinstance(node.value, bool))
