"""The little markdown that a `text` component of a form may use: paragraphs, lists, emphasis. Never HTML."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_STRONG = re.compile(r"\*\*(?P<words>[^*]+)\*\*")
_EMPHASIS = re.compile(r"(?<![*\w])[*_](?P<words>[^*_]+)[*_](?![*\w])")
_BULLET = re.compile(r"^\s*[-*]\s+(?P<words>.+)$")
_NUMBER = re.compile(r"^\s*\d+[.)、]\s*(?P<words>.+)$")
_HEADING = re.compile(r"^#{1,6}\s+(?P<words>.+)$")


def markdown_light(text: str) -> Markup:
    """Safe HTML: everything is escaped first, then the few marks become elements."""
    html: list[Markup] = []
    open_list = ""
    for line in text.splitlines():
        kind, words = _line(line)
        wanted = kind if kind in ("ul", "ol") else ""
        if open_list and open_list != wanted:
            html.append(Markup("</{}>").format(open_list))
        if wanted and open_list != wanted:
            html.append(Markup("<{}>").format(wanted))
        open_list = wanted
        if words:
            html.append(Markup("<{0}>{1}</{0}>").format(_ELEMENTS[kind], _inline(words)))
    if open_list:
        html.append(Markup("</{}>").format(open_list))
    return Markup("").join(html)


_ELEMENTS = {"ul": "li", "ol": "li", "p": "p", "heading": "h3"}


def _line(line: str) -> tuple[str, str]:
    for kind, pattern in (("ul", _BULLET), ("ol", _NUMBER), ("heading", _HEADING)):
        found = pattern.match(line)
        if found:
            return kind, found["words"].strip()
    return "p", line.strip()


def _inline(words: str) -> Markup:
    safe = str(escape(words))
    safe = _STRONG.sub(r"<strong>\g<words></strong>", safe)
    return Markup(_EMPHASIS.sub(r"<em>\g<words></em>", safe))  # noqa: S704 - escaped above
