"""What every template may use."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask import Flask, request, url_for

from tasks.notices.queries import unread
from web import assets, language, letters, navigation, visitor, words
from web.demonstration.views import movable
from web.forms.fields import grouped, rows_of
from web.forms.markdown import markdown_light
from web.language import tell
from web.supervision.shown import beside_case, pressed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.deadlines.rules import DeadlineRule


THEMES = ("light", "dark")
THEME_COOKIE = "banli_theme"


def install(app: Flask) -> None:
    """Registers filters and globals; templates hold no logic beyond showing."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        tell=tell,
        long_date=language.long_date,
        short_date=language.short_date,
        weekday_date=language.weekday_date,
        table_date=language.table_date,
        moment=language.moment,
        joined=language.joined,
        paragraphs=letters.paragraphs,
        markdown_light=markdown_light,
        about=words.about,
        grouped=grouped,
    )
    app.jinja_env.globals.update(
        icon=assets.icon,
        stylesheet=assets.stylesheet,
        scripts=assets.scripts,
        words=words,
        beside_case=beside_case,
        pressed=pressed,
        word=words.word,
        differences=letters.differences,
        address_of=navigation.address_of,
        row_address=navigation.row_address,
        may_enter=navigation.may_enter,
        rule_of=rule_of,
        rows_of=rows_of,
        fresh_request_id=lambda: uuid.uuid4().hex,
        with_query=with_query,
    )
    app.context_processor(_frame)


def with_query(**changes: object) -> str:
    """This address with some query values changed; an empty value is left out."""
    kept: Mapping[str, object] = {**request.args.to_dict(), **changes}
    values = {**(request.view_args or {}), **{name: value for name, value in kept.items() if value not in ("", None)}}
    return url_for(str(request.endpoint), **values)


def _frame() -> dict[str, object]:
    actor = visitor.actor_or_none()
    return {
        "actor": actor,
        "rail": navigation.rail(actor) if actor else (),
        "unread_notices": unread(visitor.the_banli(), actor) if actor else 0,
        "locale": language.language(),
        "html_lang": language.TAGS[language.language()],
        "languages": language.LANGUAGES,
        "theme": theme(),
        "today": language.today,
        "clock_moves": actor is not None and movable(),
    }


def rule_of(code: str) -> DeadlineRule | None:
    """The deadline parameter of this code, as it stands today."""
    return visitor.the_banli().reference().rules.get(code)


def theme() -> str:
    """`light`, `dark`, or empty: as the machine is set."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""
