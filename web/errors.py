"""Error pages: a clear sentence, what to do, an id to tell the administrator; never a trace."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.errors import Conflict, EngineError, NotFound
from engine.message import Message, say
from tasks.accounts.errors import NotAllowed
from web.language import tell
from web.navigation import is_staff
from web.written import came_from, written

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

log = structlog.get_logger("web")


@dataclass(frozen=True, slots=True)
class Sorry:
    """What an error page says."""

    title: Message
    what_to_do: Message


SENTENCES = {
    400: Sorry(
        say("This request could not be understood"),
        say("Go back to the page you came from, load it again, and send it once more."),
    ),
    403: Sorry(
        say("You may not open this page"),
        say(
            "It belongs to another office or another role. If you need it for your work, ask your unit's administrator."
        ),
    ),
    404: Sorry(
        say("There is no such page"),
        say("The address may be mistyped, or the thing is not meant for you. Search by number or title."),
    ),
    405: Sorry(
        say("This address cannot be used in this way"),
        say("Open the page from the list and use its buttons."),
    ),
    409: Sorry(
        say("Somebody else was first"),
        say("Nothing was changed by you. Load the page again to see how things stand."),
    ),
    413: Sorry(
        say("What you sent is too large"),
        say("At most {limit} MB can be sent at once. Make the file smaller, or send several files one by one."),
    ),
    500: Sorry(
        say("Something went wrong on our side"),
        say(
            "Nothing was changed. Try again in a moment; if it happens again, tell the administrator the number below."
        ),
    ),
    503: Sorry(
        say("The service is being maintained"),
        say("Nothing was changed. Try again in a few minutes."),
    ),
}
FORM_EXPIRED = Sorry(
    say("This form has expired"),
    say("You signed in anew, or the page stood open too long. Go back, load the page again, and send it once more."),
)


def install(app: Flask) -> None:
    """Every error ends here, whatever raised it."""
    app.register_error_handler(CSRFError, lambda _error: _page(400, FORM_EXPIRED))
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(NotAllowed, lambda error: _page(403, said=error.message))
    app.register_error_handler(Conflict, lambda error: _page(409, said=error.message))
    app.register_error_handler(EngineError, lambda error: _page(422, SENTENCES[400], said=error.message))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response | tuple[str, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error  # a redirect
    return _page(code)


def _unexpected(error: Exception) -> tuple[str, int]:
    number = uuid.uuid4().hex[:12]
    log.error("request failed", error_id=number, method=request.method, endpoint=request.endpoint, exc_info=error)
    try:
        return _page(500, number=number)
    except Exception:  # the page of errors is broken too: the visitor still reads a sentence
        log.exception("error page failed", error_id=number)
        return _bare_page(number), 500


def _bare_page(number: str) -> str:
    """Without templates, session or database: one of them may be what is broken."""
    sorry = SENTENCES[500]
    lines = (f"<h1>{tell(sorry.title)}</h1>", f"<p>{tell(sorry.what_to_do)}</p>", f"<p>500-{number}</p>")
    return f'<!doctype html><meta charset="utf-8"><title>{tell(sorry.title)}</title>' + "".join(lines)


def _page(
    code: int, sorry: Sorry | None = None, *, said: Message | None = None, number: str | None = None
) -> tuple[str, int]:
    sorry = sorry or SENTENCES.get(code) or SENTENCES[500 if code >= 500 else 400]
    limit = current_app.config["MAX_CONTENT_LENGTH"] // (1024 * 1024)
    what_to_do = Message(sorry.what_to_do.template, {"limit": limit})
    page = render_template(
        "error.html",
        code=code,
        title=tell(sorry.title),
        said=tell(said),
        what_to_do=tell(what_to_do),
        number=number or uuid.uuid4().hex[:12],
        texts=written(),
        back=_back(),
        framed=code < 500 and g.get("actor") is not None and is_staff(g.actor),
    )
    return page, code


def _back() -> str | None:
    """The page before, unless it is the one that is refused."""
    address = came_from()
    return None if address is None or (request.method == "GET" and address.split("?")[0] == request.path) else address
