"""The page on which a colleague is asked, and the page on which she answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.countersigning import answering, asking
from tasks.countersigning.queries import countersignature
from tasks.countersigning.views import CountersignWish
from tasks.worklist.errors import FormInvalid
from tasks.worklist.service import open_task
from web.forms.submission import typed
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError


def choose(task_id: str) -> str:
    """Whom to ask, and what."""
    return _choosing(task_id)


def ask(task_id: str) -> Response | tuple[str, int]:
    """Puts the question to the chosen colleagues."""
    wish = CountersignWish(
        asked=request.form.getlist("countersign_by"),
        question=request.form.get("countersign_question", ""),
        required=request.form.get("required") == "true",
    )
    try:
        count = asking.ask(the_banli(), actor(), task_id, wish)
    except FormInvalid as refused:
        return _choosing(task_id, refused.errors), 422
    flash(tell(say("{n} colleagues were asked to countersign", n=count)), "good")
    return redirect(url_for("worklist.show", task_id=task_id), code=303)


def show(request_id: int) -> str:
    """What I am asked, with what I need to read for it."""
    return _answering(request_id)


def answer(request_id: int) -> Response | tuple[str, int]:
    """Agrees, disagrees or remarks."""
    try:
        answering.answer(
            the_banli(), actor(), request_id, request.form.get("verdict", ""), request.form.get("answer", "")
        )
    except FormInvalid as refused:
        return _answering(request_id, refused.errors), 422
    flash(tell(say("Your countersignature is sent")), "good")
    return redirect(url_for("worklist.listing"), code=303)


def withdraw(request_id: int) -> Response:
    """Takes a request back."""
    task_id = asking.withdraw(the_banli(), actor(), request_id)
    flash(tell(say("The request is withdrawn")), "good")
    return redirect(url_for("worklist.show", task_id=task_id), code=303)


def _choosing(task_id: str, errors: Sequence[FieldError] = ()) -> str:
    page = open_task(the_banli(), actor(), task_id)
    return render_template(
        "countersigning/ask.html",
        page=page,
        colleagues=asking.offered(the_banli(), actor(), task_id),
        errors=errors,
        typed=request.form,
    )


def _answering(request_id: int, errors: Sequence[FieldError] = ()) -> str:
    page = countersignature(the_banli(), actor(), request_id)
    return render_template(
        "countersigning/show.html",
        page=page,
        typed=typed(page.form, page.typed),
        errors=errors,
        sent=request.form,
    )
