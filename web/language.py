"""The reader's language: catalogs, sentences that were kept apart from their values, dates in office style."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from engine.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BEIJING = ZoneInfo("Asia/Shanghai")
COOKIE = "banli_language"
LANGUAGES = {"zh_Hans_CN": "简体中文", "zh_Hant_TW": "繁體中文", "en": "English"}
"""Locale to the language's own name for itself."""
DEFAULT = "zh_Hans_CN"
TAGS = {"zh_Hans_CN": "zh-CN", "zh_Hant_TW": "zh-TW", "en": "en"}
"""Locale to the value of `<html lang>`."""

_WEEKDAYS = "一二三四五六日"
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def install(app: Flask) -> None:
    """Sets up the catalogs; the choice of the reader comes first, then that of the account, then Simplified Chinese."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, default_locale=DEFAULT, locale_selector=_chosen, default_timezone="Asia/Shanghai")
    app.jinja_env.globals.update(_=marked, gettext=marked)


def _chosen() -> str:
    if not has_request_context():
        return DEFAULT
    wanted = request.cookies.get(COOKIE)
    if wanted in LANGUAGES:
        return wanted
    actor = g.get("actor")
    return actor.locale if actor and actor.locale in LANGUAGES else DEFAULT


class _Reader(NamedTuple):
    """Who reads this answer: looked for once, since a page says five hundred sentences."""

    language: str
    said: Callable[[str], str]


_NOBODY = _Reader(DEFAULT, str)


def _reader() -> _Reader:
    if not has_app_context():
        return _NOBODY
    found: _Reader | None = g.get("reader")
    if found is None:
        name = str(get_locale() or DEFAULT)
        found = g.reader = _Reader(name if name in LANGUAGES else DEFAULT, get_translations().ugettext)
    return found


def language() -> str:
    """The locale of this answer: one of `LANGUAGES`."""
    return _reader().language


def gettext(text: str) -> str:
    """A sentence of the program in the reader's language."""
    return _reader().said(text)


def marked(text: str) -> Markup:
    """The same in a template, where sentences are the program's own and need no escaping."""
    return _markup(_reader().said(text))


_markup = lru_cache(maxsize=8192)(Markup)


def tell(message: Message | str | None) -> str:
    """The sentence in the reader's language, its values put in office style."""
    if message is None:
        return ""
    if isinstance(message, str):
        return message
    if not message.values:
        return message.localized(gettext)
    values = {name: _said(value) for name, value in message.values.items()}
    return Message(message.template, values).localized(gettext)


def _said(value: object) -> object:
    if isinstance(value, Message):
        return tell(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return short_date(value)
    if isinstance(value, (list, tuple)):
        return joined(str(_said(one)) for one in value)
    return value


def joined(words: Iterable[str]) -> str:
    """Words in a row as the language writes them: 、 or a comma."""
    return (", " if language() == "en" else "、").join(word for word in words if word)


def local_date(value: dt.date | dt.datetime) -> dt.date:
    """The calendar day in Beijing."""
    return value.astimezone(BEIJING).date() if isinstance(value, dt.datetime) else value


def long_date(value: dt.date | dt.datetime) -> str:
    """A date in prose: 2026年3月27日（星期五）."""
    day = local_date(value)
    if language() == "en":
        return f"{_EN_DAYS[day.weekday()]}, {day.day} {_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def short_date(value: dt.date | dt.datetime) -> str:
    """A date inside a sentence: 3月27日, with the year only where it is another one."""
    day = local_date(value)
    other_year = day.year != today().year
    if language() == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1]}" + (f" {day.year}" if other_year else "")
    return (f"{day.year}年" if other_year else "") + f"{day.month}月{day.day}日"


def weekday_date(value: dt.date | dt.datetime) -> str:
    """A date near now with its weekday: 5月11日（星期一）."""
    day = local_date(value)
    name = _EN_DAYS[day.weekday()] if language() == "en" else f"星期{_WEEKDAYS[day.weekday()]}"
    return f"{short_date(day)} ({name})" if language() == "en" else f"{short_date(day)}（{name}）"


def table_date(value: dt.date | dt.datetime | None) -> str:
    """A date in a table: 2026-03-27."""
    return local_date(value).isoformat() if value else ""


def moment(value: dt.datetime) -> str:
    """When something happened: 今天 09:12, or 4月30日 16:40."""
    local = value.astimezone(BEIJING)
    day = gettext("Today") if local.date() == today() else short_date(local)
    return f"{day} {local:%H:%M}"


def today() -> dt.date:
    """Today in Beijing by the clock of this Banli."""
    return now().date()


def now() -> dt.datetime:
    """Now in Beijing by the clock of this Banli (tests and demonstrations set it)."""
    from web.visitor import the_banli  # noqa: PLC0415 - visitor imports tasks, which the catalogs' tools need not load

    return the_banli().now().astimezone(BEIJING)
