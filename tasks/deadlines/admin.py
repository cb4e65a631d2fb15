"""The administrator's page of deadlines: what holds today, what is to come, how much of the work it rules."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import Message, say
from tasks.changes.service import allow, contents
from tasks.deadlines.changing import UNIT_WORDS, in_force
from tasks.deadlines.counting import PeriodRefused, PeriodUnit, reckon
from tasks.deadlines.explanation import describe, notes_of
from tasks.deadlines.functions import day_end
from tasks.deadlines.models import CalendarYear
from tasks.deadlines.presets import preset_names, preset_rules
from tasks.directory.queries import the_area
from tasks.worklist.models import IS_OPEN, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.changes.kinds import Content
    from tasks.deadlines.views import Due


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline."""

    code: str
    name: str
    words: str
    counts_from: str
    source: str
    since: dt.date
    coming: str
    """The next version in words; empty where none waits."""
    coming_from: dt.date | None
    local: bool
    """Whether it differs from the preset that the area started from."""
    open_tasks: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the calendar."""

    year: int
    published: bool
    source: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A period that was tried out."""

    code: str
    start: dt.date
    due: Due | None
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """Everything on the page."""

    rows: Sequence[DeadlineRow]
    years: Sequence[YearRow]
    preset: str
    preset_title: str
    changed: int
    tried: Reckoned


def deadline_page(banli: Banli, actor: Actor, code: str = "", start: str = "") -> DeadlinePage:
    """The deadlines of the area, and one of them tried out from a day."""
    allow(actor)
    today = banli.today()
    rules = contents(banli, "deadline")
    with banli.reading() as session:
        area = the_area(session)
        shipped = preset_rules(banli.process_folder, area.preset)
        counted = Counter(_rule(notes) for notes in session.scalars(select(Work.due_notes).where(IS_OPEN)))
        years = session.scalars(
            select(CalendarYear).where(CalendarYear.area_id == area.id).order_by(CalendarYear.year)
        ).all()
    rows = [_row(one, content, today, shipped.get(one), counted[one]) for one, content in rules.items()]
    return DeadlinePage(
        rows=rows,
        years=[YearRow(year.year, year.published, year.source) for year in years if year.year >= today.year - 1],
        preset=area.preset,
        preset_title=preset_names(banli.process_folder).get(area.preset, area.preset),
        changed=sum(row.local for row in rows),
        tried=_tried(banli, code or "P5", start),
    )


def words(version: Content) -> str:
    """e.g. 5个工作日, 3个月，且不晚于06-30."""
    fixed = f"，且不晚于{version['not_after']}" if version["not_after"] else ""
    return f"{version['amount']}{UNIT_WORDS[version['unit']]}{fixed}"


def _row(code: str, content: Content, today: dt.date, shipped: Content | None, open_tasks: int) -> DeadlineRow:
    holds = in_force(content, today)
    version = holds or content
    waits = holds is not None and content["effective_from"] > today.isoformat()
    compared = ("amount", "unit", "not_after")
    return DeadlineRow(
        code=code,
        name=version["name"],
        words=words(version),
        counts_from=version["counts_from"],
        source=version["source"],
        since=dt.date.fromisoformat(version["effective_from"]),
        coming=words(content) if waits else "",
        coming_from=dt.date.fromisoformat(content["effective_from"]) if waits else None,
        local=shipped is None or any(version[name] != shipped[name] for name in compared),
        open_tasks=open_tasks,
    )


def _rule(notes: Sequence[dict[str, str]]) -> str:
    return next((note["rule"] for note in reversed(notes) if "rule" in note), "")


def _tried(banli: Banli, code: str, start: str) -> Reckoned:
    reference = banli.reference()
    try:
        first = dt.date.fromisoformat(start)
    except ValueError:
        first = banli.today()
        if start:
            return Reckoned(code, first, None, say("Expected a date such as 2026-05-08, found “{found}”.", found=start))
    if code not in reference.rules:
        return Reckoned(code, first, None)
    rule = reference.rules[code]
    try:
        reckoning = reckon(
            reference.calendar, first, rule.amount, PeriodUnit(rule.unit), not_after=rule.not_after,
            roll_forward=bool(reference.settings["roll_forward_on_rest_day"]),
        )  # fmt: skip
    except PeriodRefused as refused:
        return Reckoned(code, first, None, refused.message)
    at = day_end(reference, reckoning.last)
    notes = notes_of(rule, first, reckoning, reference.version)
    return Reckoned(code, first, describe(reference, at, [notes], "default", banli.now()))
