"""Who is asking: the session cookie and the person behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Flask, Response, current_app, g, request, session

from tasks.accounts.service import resolve

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

LOCAL_ADDRESSES = frozenset({"127.0.0.1", "::1", "localhost"})


def install(app: Flask) -> None:
    """Finds the actor of each request before anything else looks at it."""
    app.before_request(_find_actor)


def the_banli() -> Banli:
    """The Banli that this application was built around."""
    return cast("Banli", current_app.extensions["banli"])


def actor() -> Actor:
    """The signed-in person; the table of routes guarantees that there is one."""
    return cast("Actor", g.actor)


def actor_or_none() -> Actor | None:
    """The signed-in person, or None for a page that anybody may see."""
    return cast("Actor | None", g.get("actor"))


def page_asked(name: str = "page") -> int:
    """Which page of a list the address asks for."""
    return max(request.args.get(name, 1, type=int) or 1, 1)


def token() -> str | None:
    """The session's token as the browser sent it."""
    return request.cookies.get(cookie_name())


def cookie_name() -> str:
    """With https the browser itself guarantees that no other host or path has set the cookie."""
    return "__Host-banli" if current_app.config["HTTPS"] else "banli"


def remember(response: Response, fresh_token: str) -> Response:
    """Begins a session in this browser; forms of the former visitor become invalid."""
    session.clear()
    response.set_cookie(
        cookie_name(), fresh_token, httponly=True, samesite="Lax", secure=current_app.config["HTTPS"], path="/"
    )
    return response


def forget(response: Response) -> Response:
    """Ends the session in this browser; `tasks.accounts.service.sign_out` ends it on the server."""
    session.clear()
    response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=current_app.config["HTTPS"], path="/")
    return response


def demonstration_allowed() -> bool:
    """One-click accounts exist only in demonstration mode and only for the machine itself.

    Both the peer and the requested host must be local: a proxy in front makes every peer local, and a foreign host name
    that resolves to this machine must not open the door either.
    """
    host = request.host.rsplit(":", 1)[0].strip("[]") if request.host else ""
    local = request.remote_addr in LOCAL_ADDRESSES and host in LOCAL_ADDRESSES
    return the_banli().settings.demonstration and local and "X-Forwarded-For" not in request.headers


def _find_actor() -> None:
    g.actor = None
    if request.endpoint == "assets.file":
        return
    sent = token()
    if sent:
        # A page that only polls must not keep an unattended session alive.
        g.actor = resolve(the_banli(), sent, touch="HX-Request" not in request.headers)
