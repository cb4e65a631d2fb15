"""Reading the yearly notice of the State Council office on holidays (国务院办公厅关于部分节假日安排的通知).

The notice cannot be computed; it is published each autumn in the same words:
“一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。”
Everything it says of weekdays and of the number of days is compared with the calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from engine.message import Message, say
from tasks.deadlines.calendar import DAY, DayKind

_HEADING = re.compile(r"(20\d\d)\s*年(?:部分)?节假日")
_ANY_YEAR = re.compile(r"(20\d\d)\s*年")
_ITEM = re.compile(r"[一二三四五六七八九十]+\s*[、.．]\s*([^：:。]{2,12})[：:]")
_NOTE = r"(?:[（(][^）)]*[）)])?"
_RANGE = re.compile(
    rf"(?:(20\d\d)年)?(\d{{1,2}})月(\d{{1,2}})日({_NOTE})(?:\s*(?:至|—|－|-|~|到)\s*(?:(20\d\d)年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日({_NOTE}))?"
)
_COUNT = re.compile(r"共\s*(\d+)\s*天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_NAMES = {"清明节": "清明", "端午节": "端午", "中秋节": "中秋"}
STATUTORY = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆节")
"""What every notice must arrange (全国年节及纪念日放假办法)."""
MAKEUP_NAME = "调休上班"
LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day that the notice arranges."""

    day: dt.date
    kind: DayKind
    name: str


@dataclass(slots=True)
class Notice:
    """What was read, what does not fit, and sentences from which nothing was taken."""

    year: int
    days: list[NoticeDay] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_notice(text: str, year: int | None = None) -> Notice:
    """The days of a pasted notice; `year` where its heading was not pasted along."""
    text = text[:LONGEST].replace("\u3000", " ").replace("\r", "")
    found = _HEADING.search(text) or _ANY_YEAR.search(text)
    notice = Notice(int(found[1]) if found else (year or 0))
    if not notice.year:
        notice.problems.append(say("Expected the year in the heading; paste the notice with its heading."))
        return notice
    if year is not None and year != notice.year:
        notice.problems.append(say("The notice is of {found}, this page of {year}.", found=notice.year, year=year))
    items = list(_ITEM.finditer(text))
    if not items:
        notice.problems.append(say("Expected lines such as “一、元旦：1月1日至3日放假…”, found none."))
    for number, item in enumerate(items):
        end = items[number + 1].start() if number + 1 < len(items) else len(text)
        _read_item(notice, _named(item[1]), text[item.end() : end])
    _compare(notice)
    return notice


def _named(title: str) -> str:
    return "、".join(_NAMES.get(part.strip(), part.strip()) for part in title.split("、"))


def _read_item(notice: Notice, name: str, text: str) -> None:
    for sentence in re.split(r"[。；;\n]", text):
        words = sentence.strip()
        if not words:
            continue
        spans = [_span(notice, match) for match in _RANGE.finditer(words)]
        if not spans:
            if len(words) > 4:
                notice.unread.append(words)
        elif "上班" in words and "放假" not in words:
            _makeup(notice, [day for span in spans for day in span])
        elif "放假" in words and not words.startswith("鼓励"):
            _holiday(notice, name, words, spans[0])
        else:
            notice.unread.append(words)


def _span(notice: Notice, match: re.Match[str]) -> list[dt.date]:
    year, month, day, note, until_year, until_month, until_day, until_note = match.groups()
    try:
        first = dt.date(int(year or notice.year), int(month), int(day))
        last = first
        if until_day:
            last = dt.date(int(until_year or first.year), int(until_month or month), int(until_day))
    except ValueError:
        notice.problems.append(say("There is no day “{text}”.", text=match[0]))
        return []
    _check_weekday(notice, first, note)
    _check_weekday(notice, last, until_note or "")
    if last < first or (last - first).days > 30:
        notice.problems.append(say("“{text}” does not run from a day to a later one.", text=match[0]))
        return []
    return [first + DAY * offset for offset in range((last - first).days + 1)]


def _check_weekday(notice: Notice, day: dt.date, note: str) -> None:
    said = _WEEKDAY.search(note or "")
    if said is not None and _WEEKDAYS[said[1]] != day.weekday():
        notice.problems.append(
            say("{day} is no “{said}”: is the year right?", day=day, said=said[0])
        )


def _holiday(notice: Notice, name: str, words: str, days: list[dt.date]) -> None:
    counted = _COUNT.search(words)
    if counted is not None and int(counted[1]) != len(days):
        notice.problems.append(
            say("{name}: the notice counts {said} days, its dates give {found}.", name=name, said=counted[1],
                found=len(days))
        )  # fmt: skip
    notice.days += [NoticeDay(day, DayKind.HOLIDAY, name) for day in days]


def _makeup(notice: Notice, days: list[dt.date]) -> None:
    for day in days:
        if day.weekday() < 5:
            notice.problems.append(say("{day} is a working day anyway and cannot make up for one.", day=day))
        notice.days.append(NoticeDay(day, DayKind.MAKEUP, MAKEUP_NAME))


def _compare(notice: Notice) -> None:
    seen: set[dt.date] = set()
    for one in notice.days:
        if one.day in seen:
            notice.problems.append(say("{day} is named twice.", day=one.day))
        seen.add(one.day)
    names = "、".join(one.name for one in notice.days)
    missing = [name for name in STATUTORY if name not in names]
    if notice.days and missing:
        notice.problems.append(say("The notice does not name {names}.", names="、".join(missing)))
    outside = sorted({one.day for one in notice.days if one.day.year != notice.year})
    for day in outside:
        notice.unread.append(day.isoformat())
    notice.days = sorted((one for one in notice.days if one.day.year == notice.year), key=lambda one: one.day)
