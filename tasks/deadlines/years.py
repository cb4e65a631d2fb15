"""Years of the calendar as an administrator changes them: published, provisional, with local days."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import delete, extract, select

from engine.errors import EngineError
from engine.message import say
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.deadlines.calendar import DayKind
from tasks.deadlines.models import CalendarDay, CalendarYear
from tasks.deadlines.notice import MAKEUP_NAME, Notice
from tasks.forms.views import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

MARKS = {DayKind.HOLIDAY: "休", DayKind.MAKEUP: "班", DayKind.LOCAL: "本地"}
_KINDS = {mark: kind for kind, mark in MARKS.items()}
_LINE = re.compile(r"^(\d{4}-\d{2}-\d{2}) (休|班|本地) (\S.{0,39})$")
FIRST, LAST = 2020, 2060


class YearRefused(EngineError):
    """A file that is no year of the calendar."""


def line_of(day: dt.date, kind: DayKind | str, name: str) -> str:
    """A day as it is kept and shown: `2027-01-01 休 元旦`."""
    return f"{day.isoformat()} {MARKS[DayKind(kind)]} {name}"


def read_line(line: str) -> tuple[dt.date, DayKind, str] | None:
    """A line's day, kind and name; None where it is none."""
    found = _LINE.match(line.strip())
    if found is None:
        return None
    try:
        return dt.date.fromisoformat(found[1]), _KINDS[found[2]], found[3].strip()
    except ValueError:
        return None


def content_of(notice: Notice, source: str) -> Content:
    """The published year that a notice arranges."""
    lines = [line_of(one.day, one.kind, one.name) for one in notice.days]
    return year_content(notice.year, lines, source, published=True)


def year_content(year: int, lines: Iterable[str], source: str, *, published: bool) -> Content:
    """A year as the log keeps it."""
    return {"year": year, "published": published, "source": source, "days": sorted(set(lines))}


def with_local_day(content: Content, day: str, kind: str, name: str) -> Content:
    """The year with one day of the area's own: `local` rests, `makeup` works."""
    others = [line for line in content["days"] if not line.startswith(day)]
    mark = MARKS[DayKind(kind)]
    return {**content, "days": sorted([*others, f"{day} {mark} {name.strip() or MAKEUP_NAME}"])}


def to_json(content: Content) -> bytes:
    """A year as a file for another installation."""
    return orjson.dumps({"banli": "holiday-year", **content}, option=orjson.OPT_INDENT_2)


def from_json(file: bytes) -> Content:
    """A year from such a file; YearRefused says what is wrong with it."""
    try:
        found: dict[str, Any] = orjson.loads(file)
    except orjson.JSONDecodeError as error:
        raise YearRefused(say("Expected a file that was exported here (.json); it cannot be read.")) from error
    wanted = {"banli", "year", "published", "source", "days"}
    if not isinstance(found, dict) or set(found) != wanted or found["banli"] != "holiday-year":
        raise YearRefused(say("Expected a file that was exported here, with year, source and days."))
    right = (
        isinstance(found["year"], int)
        and isinstance(found["published"], bool)
        and isinstance(found["source"], str)
        and isinstance(found["days"], list)
        and len(found["days"]) <= 366
        and all(isinstance(line, str) for line in found["days"])
    )
    if not right:
        raise YearRefused(say("Expected a file that was exported here, with year, source and days."))
    return year_content(found["year"], found["days"], found["source"][:200], published=found["published"])


def _years(session: Session, area: Area) -> dict[str, Content]:
    days: dict[int, list[str]] = {}
    for row in session.scalars(select(CalendarDay).where(CalendarDay.area_id == area.id).order_by(CalendarDay.on)):
        days.setdefault(row.on.year, []).append(line_of(row.on, row.kind, row.name))
    rows = session.scalars(select(CalendarYear).where(CalendarYear.area_id == area.id).order_by(CalendarYear.year))
    return {
        str(row.year): year_content(row.year, days.get(row.year, ()), row.source, published=row.published)
        for row in rows
    }


def _write(session: Session, area: Area, subject: str, content: Content | None) -> None:
    year = int(subject)
    of_year = extract("year", CalendarDay.on) == year
    session.execute(delete(CalendarDay).where(CalendarDay.area_id == area.id, of_year))
    session.execute(delete(CalendarYear).where(CalendarYear.area_id == area.id, CalendarYear.year == year))
    if content is None:
        return
    session.add(CalendarYear(area_id=area.id, year=year, published=content["published"], source=content["source"]))
    for day, kind, name in _days(content):
        session.add(CalendarDay(area_id=area.id, on=day, kind=kind, name=name))


def _days(content: Content) -> Iterator[tuple[dt.date, DayKind, str]]:
    for line in content["days"]:
        found = read_line(line)
        if found is not None:
            yield found


def _check(change: Proposal) -> Iterator[FieldError]:
    after = change.after
    if after is None:
        return
    if str(after["year"]) != change.subject or not FIRST <= after["year"] <= LAST:
        yield FieldError("year", "", say("Expected the year {year}.", year=change.subject))
    seen: set[dt.date] = set()
    for line in after["days"]:
        found = read_line(line)
        if found is None:
            yield FieldError("days", "", say("Expected lines such as “2027-01-01 休 元旦”, found “{line}”.", line=line))
            continue
        day, kind, _name = found
        if day.year != after["year"]:
            yield FieldError("days", "", say("{day} is not in {year}.", day=day.isoformat(), year=after["year"]))
        if day in seen:
            yield FieldError("days", "", say("{day} is named twice.", day=day.isoformat()))
        seen.add(day)
        if kind is DayKind.MAKEUP and day.weekday() < 5:
            yield FieldError(
                "days", "", say("{day} is a working day anyway and cannot make up for one.", day=day.isoformat())
            )


def _amend(frozen: dict[str, Any], subject: str, content: Content | None) -> None:
    """In the frozen data of a case: the days of this one year."""
    calendar = frozen["calendar"]
    days = {day: entry for day, entry in calendar["days"].items() if not day.startswith(f"{subject}-")}
    published = [year for year in calendar["published"] if str(year) != subject]
    if content is not None:
        days |= {day.isoformat(): [kind.value, name] for day, kind, name in _days(content)}
        if content["published"]:
            published.append(int(subject))
    frozen["calendar"] = {"days": dict(sorted(days.items())), "published": sorted(published)}


HOLIDAY_YEAR = Kind(
    "holiday_year", say("Holiday year"),
    (
        Field("year", say("Year"), FieldType.NUMBER, least=FIRST, most=LAST, fixed=True),
        Field("published", say("Published"), FieldType.FLAG),
        Field("source", say("Source")),
        Field("days", say("Days that differ from their weekday"), FieldType.LINES),
    ),
    _years, _write, lambda subject, _content: f"{subject}年节假日", check=_check, amend=_amend,
    subject_of=lambda content: str(content["year"]), sheet=False,
)  # fmt: skip
