"""Pages of signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, abort, g, make_response, redirect, request, url_for

from tasks.accounts.errors import SignInRefused, TooManyAttempts
from tasks.accounts.service import sign_in as sign_in_with_password
from tasks.accounts.service import sign_in_as, sign_out
from tasks.accounts.throttle import WINDOW
from web import language, visitor
from web.auth.keeping import restored
from web.auth.page import sign_in_page
from web.language import tell
from web.navigation import first_page
from web.templating import THEME_COOKIE, THEMES
from web.visitor import the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tasks.accounts.views import Actor

blueprint = Blueprint("auth", __name__)
YEAR = 365 * 24 * 3600
"""How long a browser remembers language and theme, in seconds."""


@blueprint.get("/sign-in")
def sign_in() -> str | Response:
    """The sign-in page; who is signed in already goes on to where she wanted."""
    if g.actor is not None:
        return redirect(_wanted(), code=303)
    return sign_in_page(wanted=request.args.get("next", ""))


@blueprint.post("/sign-in")
def enter() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Signs in by name and password."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    try:
        signed = sign_in_with_password(the_banli(), name, password, request.remote_addr or "")
    except SignInRefused as refused:
        wanted, kept = request.form.get("next", ""), request.form.get("kept", "")
        page = sign_in_page(wanted=wanted, name=name, refused=tell(refused.message), kept=kept)
        if isinstance(refused, TooManyAttempts):
            return page, 429, {"Retry-After": str(int(WINDOW.total_seconds()))}
        return page, 422
    return visitor.remember(_onward(signed.actor), signed.token)


@blueprint.post("/sign-in/as")
def enter_as() -> Response:
    """Signs in as a person of the demonstration by one click."""
    if not visitor.demonstration_allowed():
        abort(404)
    _end_session()
    signed = sign_in_as(the_banli(), request.form.get("account", ""))
    return visitor.remember(_onward(signed.actor), signed.token)


@blueprint.post("/sign-out")
def leave() -> Response:
    """Ends the session here and on the server."""
    _end_session()
    return visitor.forget(make_response(redirect(url_for("auth.sign_in"), code=303)))


@blueprint.post("/preferences")
def prefer() -> Response:
    """Remembers the reader's language or theme in this browser."""
    response = make_response(redirect(_local(request.form.get("back", "")), code=303))
    if request.form.get("language") in language.LANGUAGES:
        _keep(response, language.COOKIE, request.form["language"])
    if request.form.get("theme") in {*THEMES, "auto"}:
        _keep(response, THEME_COOKIE, request.form["theme"])
    return response


def _keep(response: Response, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)


def _onward(actor: Actor) -> Response:
    """Where she wanted to go, with what she had typed before her session ended."""
    g.actor = actor
    page = restored(request.form.get("kept", ""), _local(request.form.get("next", "")))
    return make_response(page or redirect(_wanted(), code=303))


def _end_session() -> None:
    sent = visitor.token()
    if sent:
        sign_out(the_banli(), sent)


def _wanted() -> str:
    """Where she wanted to go; who only came to the door begins at her own first page."""
    address = request.values.get("next", "")
    return first_page(g.actor) if address in {"", "/"} else _local(address)


def _local(address: str) -> str:
    """An address inside this application, or the first page: nobody is led elsewhere by a link that was sent to her."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if inside and "\\" not in address else url_for("workbench.home")
