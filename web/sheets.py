"""A list as an Excel workbook. What people wrote is kept as text: a title that begins with = is no formula."""

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

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(name: Message, headings: Sequence[tuple[Message, int]], rows: Iterable[Sequence[str | int]]) -> bytes:
    """One sheet: headings with their widths in characters, then the rows; numbers only where a cell is an int."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, AS_TEXT) as book:
        fill(book, name, headings, rows)
    return file.getvalue()


def fill(
    book: xlsxwriter.Workbook,
    name: Message,
    headings: Sequence[tuple[Message, int]],
    rows: Iterable[Sequence[str | int]],
) -> None:
    """Add a sheet to a workbook: frozen headings that filter, one page wide on paper."""
    sheet = book.add_worksheet(tell(name))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, tell(title), heading)
    line = 0
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value, body)
            else:
                sheet.write_string(line, column, value, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line, 1), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def download(name: Message, headings: Sequence[tuple[Message, int]], rows: Iterable[Sequence[str | int]]) -> Response:
    """The workbook as a download with the day in its name."""
    answer = Response(workbook(name, headings, rows), mimetype=MIME)
    return named(answer, f"{tell(name)} {today().isoformat()}.xlsx")
