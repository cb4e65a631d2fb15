"""All units of a year as an Excel workbook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

from engine.message import say
from web.evaluation.shown import stage_name
from web.language import tell

if TYPE_CHECKING:
    from tasks.evaluation.views import Overview, UnitRow


def workbook(page: Overview) -> bytes:
    """One line for each unit: place, group, parts, bonus, penalty, total, grade. Text stays text."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(str(page.year))
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        titles = [
            tell(say("Place")),
            tell(say("Unit")),
            tell(say("Group")),
            tell(say("Cases")),
            *(f"{part.name} {part.weight}" for part in page.parts),
            tell(say("Bonus")),
            tell(say("Penalty")),
            tell(say("Total")),
            tell(say("Grade")),
            tell(say("Stage")),
        ]
        for column, title in enumerate(titles):
            sheet.set_column(column, column, 16 if column in {1, 2} else 10)
            sheet.write_string(0, column, title, heading)
        groups = {code: name for code, name, _ in page.groups}
        for line, row in enumerate(page.rows, start=1):
            for column, value in enumerate(_cells(row, groups)):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                else:
                    sheet.write_number(line, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(page.rows), 1), len(titles) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return file.getvalue()


def _cells(row: UnitRow, groups: dict[str, str]) -> list[str | float]:
    scored = row.total is not None
    return [
        row.rank if row.rank is not None else "",
        row.unit,
        groups.get(row.group, ""),
        row.items,
        *(float(part.score) if scored else "" for part in row.parts),
        float(row.bonus) if scored else "",
        float(row.penalty) if scored else "",
        float(row.total) if row.total is not None else "",
        row.grade,
        stage_name(row.stage),
    ]
