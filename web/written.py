"""What a refused form held: no error page takes from somebody what she has written."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

_NEVER = frozenset({"csrf_token", "request_id", "password", "again", "kept", "next", "query", "place", "mark", "back"})
_SHORTEST = 5
"""Characters: codes and ticks are chosen again at once, sentences are not written again gladly."""


def written() -> list[str]:
    """The sentences of the form that was sent from a page of this application."""
    if request.method != "POST" or came_from() is None:
        return []
    try:
        return sentences(list(request.form.items(multi=True)))
    except HTTPException:
        return []  # too large to be read


def sentences(fields: list[tuple[str, str]]) -> list[str]:
    """What of these fields a person has written, as far as it reads like words."""
    texts = [value.strip() for name, value in fields if name not in _NEVER and "password" not in name]
    return [text for text in dict.fromkeys(texts) if len(text) >= _SHORTEST and _is_prose(text)]


def _is_prose(text: str) -> bool:
    return any(not letter.isascii() and letter.isalpha() for letter in text) or len(text.split()) > 1


def packed() -> str:
    """The fields of the form that came too late, packed for a hidden field; tokens of the ended session stay behind."""
    return urlencode([(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"])


def unpacked(kept: str) -> list[str]:
    """The sentences of a form that was packed behind the sign-in page."""
    return sentences(parse_qsl(kept))


def came_from() -> str | None:
    """The page of this application that the visitor came from; None for one from elsewhere."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host or not parts.path.startswith("/") or parts.path.startswith("//"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def asks_for_a_page() -> bool:
    """Whether a person reads the answer, and not a script of a page."""
    return "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers
