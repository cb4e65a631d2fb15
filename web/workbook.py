"""Tables as Excel workbooks: one sheet, printed on A4 across, what people wrote kept as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter
from flask import Response

from web.downloads import named
from web.language import tell, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.message import Message

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(name: Message, headings: Sequence[tuple[Message, int]], rows: Iterable[Sequence[str | int]]) -> Response:
    """The rows as a workbook to be downloaded; `headings` are names with widths in characters."""
    answer = Response(_workbook(name, headings, list(rows)), mimetype=EXCEL)
    return named(answer, f"{tell(name)} {today().isoformat()}.xlsx")


def _workbook(name: Message, headings: Sequence[tuple[Message, int]], rows: Sequence[Sequence[str | int]]) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(tell(name))
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (title, width) in enumerate(headings):
            page.set_column(column, column, width)
            page.write_string(0, column, tell(title), heading)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(line, column, value, body)
                else:
                    page.write_string(line, column, value, body)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    return file.getvalue()
