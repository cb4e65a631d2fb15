"""What submitting and importing answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tasks.forms.schema import walk
from tasks.forms.views import ComponentType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.message import Message
    from tasks.forms.views import Form, Option


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """The page on which a deputy writes a suggestion."""

    form: Form
    values: Mapping[str, Any]
    options: Mapping[str, Sequence[Option]]

    @property
    def takes_files(self) -> bool:
        """Whether files may be sent with it."""
        return any(one.type is ComponentType.FILEPICKER for one in walk(self.form.components))


@dataclass(frozen=True, slots=True)
class Submitted:
    """The receipt of a submitted item."""

    item_id: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a sheet that was not imported, and what to correct."""

    row: int
    """As the spreadsheet counts, the heading being row 1."""
    title: str
    column: str
    message: Message


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do in a dry run."""

    rows: int
    accepted: int
    refused: Sequence[RefusedRow]
    items: Sequence[Submitted]
    dry_run: bool
