"""Comments and files of a case, as its pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tasks.attachments.access import Audience
    from tasks.attachments.views import AttachmentRow


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment."""

    comment_id: int
    text: str
    by_name: str
    unit: str
    at: dt.datetime
    step_name: str
    """The step on which it was written; empty for a comment on the case."""
    audience: str
    can_remove: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """What people added to a case beside its procedure."""

    item_id: int
    comments: Sequence[CommentRow]
    attachments: Sequence[AttachmentRow]
    audiences: Sequence[Audience]
    """For whom this reader may write, the usual one first."""
