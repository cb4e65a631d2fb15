"""Area presets and the calendar's seed: data beside the processes, brought into an area's own rows."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

import chinese_calendar
from sqlalchemy import delete

from engine.errors import NotFound
from engine.message import say
from tasks.deadlines.calendar import DAY, DayKind
from tasks.deadlines.models import AreaSetting, CalendarDay, CalendarYear, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

PUBLISHED_YEARS = range(2024, 2027)
"""Years that an installation starts with; `chinesecalendar` 1.11 knows the plans of 2004–2026 and fails beyond."""

_SECTIONS = ("settings", "lights", "review_nodes", "result_classes")


def adopt_preset(session: Session, area_id: int, folder: Path, name: str, effective_from: dt.date) -> None:
    """Write a preset's parameters and rules into the area's own rows, where they can be changed."""
    for row in preset_rules(folder, name).values():
        session.add(Parameter(area_id=area_id, effective_from=effective_from, **row))
    own, base = _preset(folder, name), _preset(folder, BASE)
    for section in _SECTIONS:
        content = {**base[section], **own.get(section, {})}
        session.add(AreaSetting(area_id=area_id, name=section, content=content))


def seed_calendar(session: Session, area_id: int, folder: Path) -> None:
    """Write the published years from `chinesecalendar`, and the statutory days of the years to come as provisional."""
    session.execute(delete(CalendarDay).where(CalendarDay.area_id == area_id))
    session.execute(delete(CalendarYear).where(CalendarYear.area_id == area_id))
    for year in PUBLISHED_YEARS:
        session.add(CalendarYear(area_id=area_id, year=year, published=True, source="国务院办公厅放假通知"))
        for day, kind, name in published_days(year):
            session.add(CalendarDay(area_id=area_id, on=day, kind=kind, name=name))
    for year, days in provisional_years(folder):
        session.add(CalendarYear(area_id=area_id, year=year, published=False, source="放假安排未公布"))
        for day, name in days.items():
            session.add(CalendarDay(area_id=area_id, on=day, kind=DayKind.HOLIDAY, name=name))


def published_days(year: int) -> Iterator[tuple[dt.date, DayKind, str]]:
    """Days of a published year that differ from their weekday."""
    names = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    day = dt.date(year, 1, 1)
    while day.year == year:
        rests, name = chinese_calendar.get_holiday_detail(day)
        weekend = day.weekday() >= 5
        if rests and name:
            yield day, DayKind.HOLIDAY, names.get(name, name)
        elif not rests and weekend:
            yield day, DayKind.MAKEUP, "调休上班"
        day += DAY


def provisional_years(folder: Path) -> Iterator[tuple[int, dict[dt.date, str]]]:
    """Years whose plan is not published, with their statutory days."""
    content: dict[str, Any] = tomllib.loads((folder / "presets" / "calendar.toml").read_text(encoding="utf-8"))
    for row in content["year"]:
        yield row["year"], {dt.date.fromisoformat(day): name for day, name in row["days"].items()}


BASE = "national"
"""The preset that every other one only overrides."""


def preset_names(folder: Path) -> dict[str, str]:
    """Every shipped preset with its title, the national one first."""
    found = {path.stem: _preset(folder, path.stem)["title"] for path in sorted((folder / "presets").glob("*.toml"))
             if path.stem != "calendar"}  # fmt: skip
    return {BASE: found.pop(BASE), **found}


def preset_rules(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    """The deadlines of a preset by their code: the national ones, and what it overrides."""
    rows = [*_preset(folder, BASE)["parameter"], *(_preset(folder, name)["parameter"] if name != BASE else [])]
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found[row["code"]] = {"not_after": "", **found.get(row["code"], {}), **row}
    return found


def _preset(folder: Path, name: str) -> dict[str, Any]:
    path = folder / "presets" / f"{name}.toml"
    if not path.exists() or not name.isalnum() or name == "calendar":
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml") if file.stem != "calendar"))
        raise NotFound(say("There is no preset “{name}”; there are: {known}.", name=name, known=known))
    return tomllib.loads(path.read_text(encoding="utf-8"))
