"""The master ledger (总台账) as an Excel workbook: the rows of the register with its filters, all pages of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter
from flask import Response

from engine.message import say
from tasks.cases.queries import ledger as ledger_of
from web.cases.filters import asked
from web.downloads import named
from web.language import joined, table_date, tell, today
from web.visitor import actor, the_banli
from web.words import KINDS, STATES, word

if TYPE_CHECKING:
    from tasks.cases.views import RegisterRow

HEADINGS = (
    (say("Number"), 10),
    (say("Kind"), 8),
    (say("Title"), 48),
    (say("Category"), 12),
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
    answer = Response(workbook(rows), mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return named(answer, f"{tell(_NAME)} {today().isoformat()}.xlsx")


_NAME = say("Master ledger")


def workbook(rows: list[RegisterRow]) -> bytes:
    """The rows as a workbook. What people wrote is kept as text: a title that begins with = is no formula."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(tell(_NAME))
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, tell(name), heading)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(_cells(row)):
                if isinstance(value, int):
                    sheet.write_number(line, column, value, body)
                else:
                    sheet.write_string(line, column, value, body)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(HEADINGS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return file.getvalue()


def _cells(row: RegisterRow) -> tuple[str | int, ...]:
    return (
        row.number,
        word(KINDS, row.kind),
        row.title,
        row.category,
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
