"""Style sheets, scripts and icons that the front-end build made."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, request, send_from_directory
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
BUILD = STATIC / "build"
_COMPRESSED = {".css", ".js", ".svg", ".json"}

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/<path:name>")
def file(name: str) -> Response:
    """One built file; names carry a hash of the content, so that a browser never asks twice."""
    response = send_from_directory(STATIC, name, conditional=True, max_age=31_536_000)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if Path(name).suffix in _COMPRESSED and "gzip" in request.accept_encodings and response.status_code == 200:
        packed = Response(_packed(name), mimetype=response.mimetype)
        packed.headers["Content-Encoding"] = "gzip"
        packed.headers["Cache-Control"] = response.headers["Cache-Control"]
        response.close()
        response = packed
    response.headers["Vary"] = "Accept-Encoding"
    return response


@lru_cache(maxsize=64)
def _packed(name: str) -> bytes:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC):
        abort(404)
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    return json.loads((BUILD / "manifest.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _icons() -> dict[str, str]:
    return json.loads((BUILD / "icons.json").read_text(encoding="utf-8"))


def icon(name: str) -> Markup:
    """A Tabler outline icon as inline SVG; always beside a word, hence hidden from screen readers."""
    drawing = _icons()[name]
    return Markup('<svg class="ic" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(Markup(drawing))  # noqa: S704


def stylesheet(entry: str) -> list[str]:
    """Addresses of the style sheets of an entry, e.g. `app` or `diagram`."""
    return [f"/static/build/{name}" for name in _manifest()[f"src/{entry}.js"].get("css", [])]


def scripts(entry: str) -> list[str]:
    """Addresses of the scripts of an entry: what it imports first, then itself."""
    chunk = _manifest()[f"src/{entry}.js"]
    imported = [_manifest()[name]["file"] for name in chunk.get("imports", [])]
    return [f"/static/build/{name}" for name in [*imported, chunk["file"]]]
