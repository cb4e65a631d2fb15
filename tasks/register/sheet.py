"""Importing items from a sheet: a column mapping, a dry run, and a sentence for every refused row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from engine.errors import EngineError
from engine.message import Message, say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.directory.queries import members_named
from tasks.register import categories
from tasks.register.intake import NewItem, add_item, start_case
from tasks.register.service import has_title
from tasks.register.views import ImportReport, RefusedRow, Submitted
from tasks.register.workbook import read_rows
from tasks.settings import BEIJING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

DEFAULT_MAPPING: dict[str, str] = {
    "kind": "种类",
    "title": "案由",
    "proposer": "领衔",
    "cosigners": "附议",
    "category": "类别",
    "subcategory": "小类",
    "timing": "提出时间",
    "situation": "情况",
    "analysis": "分析",
    "measures": "具体建议",
    "suggested_units": "希望承办单位",
    "publish_consent": "同意公开",
}
"""Field to heading of its column. A mapping given by hand replaces single entries."""

REQUIRED = ("kind", "title", "proposer", "category", "situation", "measures")

_KINDS = {"建议": "suggestion", "提案": "proposal"}
_TIMINGS = {"": "in_session", "会议期间": "in_session", "会中": "in_session", "闭会期间": "recess", "会后": "recess"}
_CONSENTS = {"": False, "是": True, "否": False, "同意": True, "不同意": False}
_NAMES = re.compile(r"[、，,;；\s]+")
_LINES = re.compile(r"[\n;；]+")
_NUMBERED = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．])\s*")
_TITLE = re.compile(r"^关于.{2,50}的(?:建议|提案)$")


Choice = TypeVar("Choice")


class SheetRefused(EngineError):
    """The sheet as a whole cannot be imported: columns are missing."""


class _RowRefused(Exception):
    def __init__(self, column: str, message: Message) -> None:
        super().__init__(str(message))
        self.column = column
        self.message = message


@dataclass(slots=True)
class _Sheet:
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, list[str]]]
    mapping: Mapping[str, str]
    seen: set[tuple[int, str]] = field(default_factory=set)


def import_sheet(
    banli: Banli,
    actor: Actor,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Import every good row of the first sheet and report every refused one; a dry run stores nothing.

    Raises:
        NotAllowed: the actor may not import.
        WorkbookRefused: the file cannot be read.
        SheetRefused: a required column is missing.
    """
    if Permission.AREA_ITEM_IMPORT not in actor.permissions:
        raise NotAllowed(say("Only the hub and administrators import items."))
    sheet = _sheet(read_rows(path), {**DEFAULT_MAPPING, **(mapping or {})})
    refused: list[RefusedRow] = []
    items: list[Submitted] = []
    for done, (number, row) in enumerate(sheet.rows, start=1):
        try:
            with banli.reading() as session:
                new = _new_item(banli, session, sheet, row)
        except _RowRefused as error:
            refused.append(RefusedRow(number, _cell(sheet, row, "title"), error.column, error.message))
        else:
            items.append(Submitted(0, "", new.title) if dry_run else _store(banli, actor, new))
        if progress is not None:
            progress(done, len(sheet.rows))
    return ImportReport(len(sheet.rows), len(items), refused, items, dry_run)


def _store(banli: Banli, actor: Actor, new: NewItem) -> Submitted:
    with banli.writing() as session:
        item_id = add_item(session, new).id
    return Submitted(item_id, start_case(banli, item_id, actor.account), new.title)


def _sheet(rows: list[list[Any]], mapping: Mapping[str, str]) -> _Sheet:
    if not rows:
        raise SheetRefused(say("The sheet is empty."))
    headings = {str(cell).strip(): index for index, cell in enumerate(rows[0]) if str(cell).strip()}
    missing = [mapping[name] for name in REQUIRED if mapping[name] not in headings]
    if missing:
        raise SheetRefused(
            say(
                "Expected the columns {missing}; the sheet has {found}. Rename them or give a mapping.",
                missing="、".join(missing),
                found="、".join(headings),
            )
        )
    columns = {name: headings[heading] for name, heading in mapping.items() if heading in headings}
    body = [
        (number, [_text(cell) for cell in row])
        for number, row in enumerate(rows[1:], start=2)
        if any(_text(cell) for cell in row)
    ]
    return _Sheet(columns, body, mapping)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""


def _cell(sheet: _Sheet, row: list[str], name: str) -> str:
    index = sheet.columns.get(name)
    return row[index] if index is not None and index < len(row) else ""


def _new_item(banli: Banli, session: Session, sheet: _Sheet, row: list[str]) -> NewItem:
    kind = _choice(sheet, row, "kind", _KINDS)
    title = _needed(sheet, row, "title")
    if not _TITLE.match(title):
        raise _refusal(sheet, "title", say("Expected a title such as “关于…的建议”, found “{text}”.", text=title[:60]))
    lead = _person(session, sheet, "proposer", _needed(sheet, row, "proposer"), kind)
    others = [
        _person(session, sheet, "cosigners", name, kind)
        for name in _NAMES.split(_cell(sheet, row, "cosigners"))
        if name
    ]
    if (lead, title) in sheet.seen or has_title(session, lead, title):
        raise _refusal(sheet, "title", say("This proposer has an item with this title already."))
    category = _category(banli.reference().settings, sheet, row)
    measures = [_NUMBERED.sub("", line).strip() for line in _LINES.split(_needed(sheet, row, "measures"))]
    sheet.seen.add((lead, title))
    return NewItem(
        kind=kind,
        timing=_choice(sheet, row, "timing", _TIMINGS),
        title=title,
        category=category,
        situation=_needed(sheet, row, "situation"),
        analysis=_cell(sheet, row, "analysis"),
        measures=[measure for measure in measures if measure],
        proposers=list(dict.fromkeys([lead, *others])),
        suggested_units=_cell(sheet, row, "suggested_units"),
        publish_consent=_choice(sheet, row, "publish_consent", _CONSENTS),
        submitted_at=_now(banli),
        request_id=None,
        proposer_type="joint" if others else "individual",
        filed=True,
    )


def _category(settings: Mapping[str, Any], sheet: _Sheet, row: list[str]) -> str:
    main, sub = _needed(sheet, row, "category"), _cell(sheet, row, "subcategory")
    found = categories.read(settings, main, sub)
    if found is not None:
        return found
    below = (settings.get(categories.SUB) or {}).get(main) if sub else None
    column, text, known = ("subcategory", sub, below) if below else ("category", main, settings[categories.MAIN])
    raise _refusal(sheet, column, say("Expected one of {known}, found “{text}”.", known="、".join(known), text=text))


def _now(banli: Banli) -> dt.datetime:
    return banli.now().astimezone(BEIJING)


def _needed(sheet: _Sheet, row: list[str], name: str) -> str:
    text = _cell(sheet, row, name)
    if not text:
        raise _refusal(sheet, name, say("This cell must not be empty."))
    return text


def _choice(sheet: _Sheet, row: list[str], name: str, choices: Mapping[str, Choice]) -> Choice:
    text = _cell(sheet, row, name)
    if text in choices:
        return choices[text]
    known = "、".join(choice for choice in choices if choice)
    raise _refusal(sheet, name, say("Expected one of {known}, found “{text}”.", known=known, text=text))


def _person(session: Session, sheet: _Sheet, column: str, name: str, kind: str) -> int:
    found = members_named(session, name, kind)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise _refusal(sheet, column, say("“{name}” is not a member of the current term.", name=name))
    raise _refusal(sheet, column, say("There are {n} members named “{name}”.", n=len(found), name=name))


def _refusal(sheet: _Sheet, name: str, message: Message) -> _RowRefused:
    return _RowRefused(sheet.mapping[name], message)
