"""Boxed expressions as they are written (DMN 1.5, 10.2.2 and chapter 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.dmn.elements import Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedExpression:
    """Any of them; may have an id and name its type."""

    id: str = ""
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class LiteralExpression(BoxedExpression):
    """FEEL text."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Invocation(BoxedExpression):
    """A function called with values for its parameters."""

    function: BoxedExpression | None
    bindings: tuple[tuple[str, BoxedExpression | None], ...]


@dataclass(frozen=True, slots=True)
class ContextExpression(BoxedExpression):
    """Entries in order; one without a variable is the result of the whole."""

    entries: tuple[tuple[Variable | None, BoxedExpression | None], ...]


@dataclass(frozen=True, slots=True)
class FunctionExpression(BoxedExpression):
    """A function of parameters; only the kind FEEL can be run."""

    parameters: tuple[Variable, ...]
    body: BoxedExpression | None
    kind: str = "FEEL"


@dataclass(frozen=True, slots=True)
class ListExpression(BoxedExpression):
    """A list of expressions."""

    items: tuple[BoxedExpression, ...]


@dataclass(frozen=True, slots=True)
class Relation(BoxedExpression):
    """A list of contexts, written as rows of columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[BoxedExpression, ...], ...]


@dataclass(frozen=True, slots=True)
class Conditional(BoxedExpression):
    """If, then, else."""

    condition: BoxedExpression | None
    consequence: BoxedExpression | None
    alternative: BoxedExpression | None


@dataclass(frozen=True, slots=True)
class FilterExpression(BoxedExpression):
    """The elements of a list that match a condition."""

    source: BoxedExpression | None
    condition: BoxedExpression | None


@dataclass(frozen=True, slots=True)
class Iterator(BoxedExpression):
    """`for`, `some` or `every` over one list."""

    kind: str
    variable: str
    source: BoxedExpression | None
    body: BoxedExpression | None


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions."""

    id: str
    label: str
    text: str
    type_ref: str | None = None
    allowed_values: str | None = None


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results."""

    id: str
    name: str
    label: str = ""
    type_ref: str | None = None
    allowed_values: str | None = None
    default: str | None = None


@dataclass(frozen=True, slots=True)
class TableRule:
    """A row: a test for each input, an expression for each output, and annotations."""

    id: str
    tests: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionTable(BoxedExpression):
    """Rules that match inputs and give outputs; the orientation only says how it is drawn."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[TableRule, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str | None = None
    annotations: tuple[str, ...] = ()
    label: str = ""
    orientation: str = "Rule-as-Row"
