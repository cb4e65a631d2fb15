"""Response headers that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app, request

if TYPE_CHECKING:
    from flask import Response

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
CONTENT_POLICY = "; ".join(_POLICY)
"""No inline script and no inline style: an injected text stays a text. The diagram viewer sets styles by script."""


def content_policy(style_number: str) -> str:
    """The policy of a page with editors: they set style attributes, and style elements that carry the page's number."""
    styles = f"style-src 'self' 'nonce-{style_number}'; style-src-attr 'unsafe-inline'"
    return CONTENT_POLICY.replace("style-src 'self'", styles)


def install(app: Flask) -> None:
    """Adds the headers after every request."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.config["HTTPS"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "assets.file":
        headers.setdefault("Cache-Control", "no-store")
    return response
