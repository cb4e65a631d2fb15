"""What the page of review chains shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.chains.table import ChainColumn, ChainRow


@dataclass(frozen=True, slots=True)
class NodeView:
    """A reviewer in a row."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One row in words."""

    row: ChainRow
    conditions: Sequence[str]
    reviewers: Sequence[NodeView]
    used: int
    """How often it decided in the last year."""


@dataclass(frozen=True, slots=True)
class ChainTrial:
    """What the table says to a reply that was made up."""

    row_id: str
    label: str
    basis: str
    steps: Sequence[str]
    """The reviewers as this area has them: who signs, in which unit."""
    left_out: Sequence[str]
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class ChainPage:
    """The table, its columns, and a trial where one was asked for."""

    version: int
    columns: Sequence[ChainColumn]
    rows: Sequence[RowView]
    remarks: Sequence[Message]
    """What the checks of the table say: overlaps, rows never reached, combinations without a row."""
    choices: Mapping[str, Mapping[str, str]]
    trial: ChainTrial | None
    seen: str


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a change of a row would touch."""

    used: int
    waiting: int
    """Running cases whose reply has not come to its review, and which the row may concern."""
