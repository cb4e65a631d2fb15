"""A leader's page: what waits for my signature, read, passed or returned; made for a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from engine.errors import Conflict
from engine.message import say
from tasks.desks.signing import next_review, signing, to_sign
from tasks.worklist import service
from tasks.worklist.errors import FormInvalid
from web.forms.submission import submission
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from tasks.desks.signing_views import ToSign
    from tasks.forms.views import FieldError

blueprint = Blueprint("signing", __name__, url_prefix="/sign")
READ = "read"
"""In the browser's signed session: which replies this account has opened, the newest last."""
_MOST_READ = 60


@blueprint.get("")
def show() -> str:
    """One card for each thing that waits for my signature."""
    return render_template("desks/signing.html", page=signing(the_banli(), actor()), read=_read())


@blueprint.get("/<task_id>")
def open_reply(task_id: str) -> str | Response:
    """The reply's text with what has changed, and two buttons; whatever else it is stands on the task's own page."""
    found = to_sign(the_banli(), actor(), task_id)
    if found is None:
        return redirect(url_for("worklist.show", task_id=task_id), code=303)
    _remember(task_id)
    return _shown(found, found.page.values)


@blueprint.post("/<task_id>")
def decide(task_id: str) -> Response | tuple[str, int]:
    """Passes the reply or returns it, and opens the next one."""
    found = to_sign(the_banli(), actor(), task_id)
    if found is None:
        return redirect(url_for("worklist.show", task_id=task_id), code=303)
    sent = submission(found.page.form, request.form)
    try:
        service.complete(the_banli(), actor(), task_id, sent, request.form.get("request_id") or None)
    except FormInvalid as refused:
        return _shown(found, sent, refused.errors), 422
    except Conflict:
        return redirect(url_for("worklist.show", task_id=task_id), code=303)
    flash(_done(found, returned=sent.get("verdict") == "return"), "good")
    following = next_review(the_banli(), actor(), after=task_id)
    if following is None:
        return redirect(url_for("signing.show"), code=303)
    return redirect(url_for("signing.open_reply", task_id=following), code=303)


@blueprint.post("/<task_id>/pass")
def pass_quickly(task_id: str) -> Response:
    """Passes from the card, for who has read the text already; who has not is led to it."""
    found = to_sign(the_banli(), actor(), task_id)
    if found is None:
        return redirect(url_for("worklist.show", task_id=task_id), code=303)
    if task_id not in _read():
        flash(tell(say("Read the reply first; then you can pass it.")), "soon")
        return redirect(url_for("signing.open_reply", task_id=task_id), code=303)
    try:
        values = {"verdict": "pass"}
        service.complete(the_banli(), actor(), task_id, values, request.form.get("request_id") or None)
    except Conflict:
        return redirect(url_for("worklist.show", task_id=task_id), code=303)
    flash(_done(found, returned=False), "good")
    return redirect(url_for("signing.show"), code=303)


def _done(found: ToSign, *, returned: bool) -> str:
    title = found.page.row.title
    if returned:
        return tell(say("Returned to {unit}: {title}", unit=found.reply.unit, title=title))
    return tell(say("Passed: {title}", title=title))


def _read() -> list[str]:
    """What this account has opened in this browser: who signs in after her has read nothing yet."""
    kept = session.get(READ) or {}
    return list(kept.get("tasks", ())) if kept.get("account") == actor().account else []


def _remember(task_id: str) -> None:
    tasks = [*(one for one in _read() if one != task_id), task_id][-_MOST_READ:]
    session[READ] = {"account": actor().account, "tasks": tasks}


def _shown(found: ToSign, values: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "desks/verdict.html", found=found, page=found.page, values=values, errors=errors,
        request_id=request.form.get("request_id"),
    )  # fmt: skip
