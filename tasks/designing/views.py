"""What the designer's pages show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from engine.bpmn.problem import Severity
    from engine.message import Message
    from tasks.designing.files import FileKind


@dataclass(frozen=True, slots=True)
class Mend:
    """What one click does about a finding.

    `act` is `property` (give a shape of the diagram the value), `deadline` (make a named deadline in the draft), `form`
    (make a form and show it at the shape) or `scenario` (write one that comes by the shape).
    """

    act: str
    label: Message
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the check before deployment says, with its place and, where one exists, a mend."""

    severity: Severity
    rule: str
    message: Message
    resource: str
    element_id: str | None = None
    mend: Mend | None = None
    known: bool = False
    """Whether the deployed version has the same: then nobody needs to look at it now."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft in the list on the left."""

    name: str
    kind: FileKind
    title: str
    change: str
    """`same`, `changed` or `new`, compared with the version that the draft was opened from."""
    revision: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who has the draft open."""

    name: str
    file: str
    title: str
    """The file's title."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state that a file had."""

    id: int
    name: str
    title: str
    by: str
    at: dt.datetime
    comment: str
    removed: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its files."""

    id: int
    package: str
    title: str
    based_on: int
    newest: int
    """The version that new cases start on now; higher than `based_on` when somebody deployed in between."""
    state: str
    by: str
    at: dt.datetime
    comment: str
    submitted_by: str
    files: Sequence[FileRow]
    saved_by: str = ""
    saved_at: dt.datetime | None = None

    @property
    def changed(self) -> Sequence[FileRow]:
        """The files that differ from the version that the draft was opened from."""
        return [file for file in self.files if file.change != "same"]

    def of(self, kind: str) -> Sequence[FileRow]:
        """The files of a kind, by title."""
        return [file for file in self.files if file.kind == kind]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list of drafts."""

    id: int
    package: str
    title: str
    based_on: int
    state: str
    by: str
    at: dt.datetime
    comment: str
    changed: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A deployed version of a procedure."""

    number: int
    title: str
    comment: str
    origin: str
    by: str
    approved_by: str
    at: dt.datetime
    running: int
    """Cases that still run on it."""
    newest: bool


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure with its versions and its open drafts."""

    name: str
    title: str
    versions: Sequence[VersionRow]
    drafts: Sequence[DraftRow]
