"""Files as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upload:
    """What a browser sent: a name and the whole content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file."""

    attachment_id: str
    name: str
    kind: str
    size: int
    by_name: str
    unit: str
    at: dt.datetime
    step_name: str
    """The step on which it was added; empty for a file of the case."""
    audience: str
    can_remove: bool


@dataclass(frozen=True, slots=True)
class Download:
    """What is sent to a reader."""

    name: str
    mime: str
    path: Path
