"""Files that a browser is to keep under a name of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from flask import Response


def named(answer: Response, name: str) -> Response:
    """The answer as a file of this name. A header holds Latin letters only: a Chinese name goes in as RFC 6266 says."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in name)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return answer
