"""What the pages of decision tables show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A deployed decision in its latest version."""

    key: str
    name: str
    version: int
    rules: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it is called, and the expression or output name behind it."""

    label: str
    expression: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row as it is written; `matched` after values were tried."""

    number: int
    tests: Sequence[str]
    outputs: Sequence[str]
    annotations: Sequence[str]
    matched: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """One decision table."""

    name: str
    hit_policy: str
    inputs: Sequence[Column]
    outputs: Sequence[Column]
    annotations: Sequence[str]
    rules: Sequence[RuleRow]


@dataclass(frozen=True, slots=True)
class TrialInput:
    """A value that the decision needs; `choices` are those that its tables name."""

    name: str
    label: str
    type: str
    choices: Sequence[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """What the decision answered to tried values, and the rows it used."""

    result: Any
    explanation: Mapping[str, Any]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision with its table and the form for trying values."""

    key: str
    name: str
    version: int
    table: TableView | None
    inputs: Sequence[TrialInput]
    given: Mapping[str, str] = field(default_factory=dict)
    trial: Trial | None = None
