"""The master ledger (总台账) as an Excel workbook: the rows of the register with its filters, all pages of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter
from flask import Response

from engine.message import say
from tasks.cases.added_fields import added_fields
from tasks.cases.queries import ledger as ledger_of
from web.cases.filters import asked
from web.downloads import named
from web.language import joined, table_date, tell, today
from web.sheets import AS_TEXT, MIME, fill
from web.visitor import actor, the_banli
from web.words import KINDS, STATES, word

if TYPE_CHECKING:
    from tasks.cases.added_fields import AddedField
    from tasks.cases.views import RegisterRow

HEADINGS = (
    (say("Number"), 10),
    (say("Kind"), 8),
    (say("Title"), 48),
    (say("Category"), 12),
    (say("Sub-category"), 14),
    (say("Key"), 6),
    (say("Proposed by"), 12),
    (say("Lead unit"), 16),
    (say("Co-handling units"), 28),
    (say("State"), 12),
    (say("Now"), 20),
    (say("Round"), 6),
    (say("Times returned"), 10),
    (say("Class"), 8),
    (say("Submitted on"), 12),
    (say("Reply due"), 12),
)
"""The columns and their widths in characters."""


def ledger() -> Response:
    """The workbook of what this address filters, for the reader who asks."""
    rows = ledger_of(the_banli(), actor(), asked())
    added = added_fields(the_banli(), actor(), [row.item_id for row in rows])
    answer = Response(workbook(rows, added), mimetype=MIME)
    return named(answer, f"{tell(_NAME)} {today().isoformat()}.xlsx")


_NAME = say("Master ledger")


ADDED = (
    (say("Number"), 10),
    (say("Title"), 48),
    (say("Step"), 20),
    (say("Field"), 20),
    (say("Content"), 40),
    (say("By"), 12),
    (say("When"), 12),
)
"""The columns of the second sheet: fields that an administrator added."""


def workbook(rows: list[RegisterRow], added: list[AddedField]) -> bytes:
    """The rows as a workbook, added fields on a sheet of their own where there are any.

    What people wrote is kept as text: a title that begins with = is no formula.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, AS_TEXT) as book:
        fill(book, _NAME, HEADINGS, (_cells(row) for row in rows))
        if added:
            fill(book, say("Added fields"), ADDED, (_added(one) for one in added))
    return file.getvalue()


def _added(one: AddedField) -> tuple[str, ...]:
    return (one.number, one.title, one.step, one.label, one.value, one.who, table_date(one.at))


def _cells(row: RegisterRow) -> tuple[str | int, ...]:
    return (
        row.number,
        word(KINDS, row.kind),
        row.title,
        row.category,
        row.subcategory,
        tell(say("Yes")) if row.key else "",
        row.proposer,
        row.lead_unit,
        joined(row.co_units),
        word(STATES, row.state),
        row.now,
        row.round,
        row.returns,
        row.result_class,
        table_date(row.submitted),
        table_date(row.due.at) if row.due else "",
    )
