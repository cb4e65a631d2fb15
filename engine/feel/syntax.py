"""The syntax tree of FEEL: what a text says, without how it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from engine.feel.types import Type


class Position(NamedTuple):
    """A place in the text; both count from 1."""

    line: int
    column: int


NOWHERE = Position(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression; places do not take part in comparison."""

    at: Position = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, string, boolean or null."""

    value: Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """`@"2026-01-31"`: a date, time, date and time or duration."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A reference to a variable or function; `?` is the value under a unary test."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-e`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Addition, subtraction, multiplication, division, exponentiation."""

    operator: Literal["+", "-", "*", "/", "**"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`=`, `!=`, `<`, `<=`, `>`, `>=`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """`a and b and c`, flat."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """`a or b or c`, flat."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`e between low and high`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`e in (tests)`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`e instance of type`."""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class UnaryComparison(Node):
    """`< e` as a test, `(< e)` as a range."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """`[low..high)` with each end closed or open."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """`{key: value}`; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`e.name`."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`e[condition]` or `e[index]`."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`f(a, b)` or, with names, `f(x: a, y: b)`."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if c then a else b`."""

    condition: Node
    consequence: Node
    alternative: Node


@dataclass(frozen=True, slots=True)
class Iteration:
    """`name in domain`, or `name in domain..end`."""

    name: str
    domain: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for x in xs return e`."""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some` or `every x in xs satisfies e`."""

    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """`function(a: number, b) e`."""

    parameters: tuple[tuple[str, Type | None], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """The cell of a decision table: `a, > b`, `not(…)`, or `-` (no tests at all)."""

    tests: tuple[Node, ...]
    negated: bool = False
