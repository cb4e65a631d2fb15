"""A view of the worklist as an Excel workbook: the rows of the page with its filters, all pages of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import say
from tasks.worklist.queries import worklist_rows
from web.language import table_date, tell
from web.sheets import download
from web.visitor import actor, the_banli
from web.words import SUBJECTS, word
from web.worklist.asking import asked_here

if TYPE_CHECKING:
    from flask import Response

    from tasks.worklist.views import TaskRow

HEADINGS = (
    (say("Number"), 10),
    (say("Kind"), 8),
    (say("Title"), 48),
    (say("Key"), 6),
    (say("What to do"), 16),
    (say("Why it came to me"), 48),
    (say("Lead unit"), 16),
    (say("Now with"), 12),
    (say("Round"), 6),
    (say("Times returned"), 10),
    (say("Arrived"), 12),
    (say("Due"), 12),
    (say("How long is left"), 16),
    (say("Finished"), 12),
)
"""The columns and their widths in characters."""
_NAME = say("To do")


def export() -> Response:
    """The workbook of what this address filters, for the reader who asks."""
    view, wanted = asked_here()[:2]
    rows = worklist_rows(the_banli(), actor(), view, wanted.filters)
    return download(_NAME, HEADINGS, (_cells(row) for row in rows))


def _cells(row: TaskRow) -> tuple[str | int, ...]:
    return (
        row.number,
        word(SUBJECTS, row.kind),
        row.title,
        tell(say("Yes")) if row.key else "",
        row.step_name,
        tell(row.why),
        row.lead_unit,
        row.assignee_name,
        row.round,
        row.returns,
        table_date(row.arrived),
        table_date(row.due.at) if row.due else "",
        tell(row.due.words) if row.due else "",
        table_date(row.finished) if row.finished else "",
    )
