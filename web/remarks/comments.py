"""Comments on a case and on its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from engine.message import say
from tasks.comments import service
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.navigation import address_of
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


def write(item_id: int) -> Response:
    """Writes beside a case or one of its tasks, and goes back to where it was written."""
    task_id = request.form.get("task_id") or None
    try:
        service.write(
            the_banli(),
            actor(),
            item_id,
            request.form.get("comment", ""),
            audience=request.form.get("audience", ""),
            task_id=task_id,
            request_id=request.form.get("request_id") or None,
        )
    except FormInvalid as refused:
        for error in refused.errors:
            flash(tell(error.message), "soon")
    else:
        flash(tell(say("Your comment is kept")), "good")
    return redirect(back_to(item_id, task_id), code=303)


def take_away(comment_id: int) -> Response:
    """Takes away what I wrote."""
    comment = service.remove(the_banli(), actor(), comment_id)
    flash(tell(say("Your comment is taken away")), "good")
    return redirect(back_to(comment.item_id, comment.task_id), code=303)


def back_to(item_id: int, task_id: str | None) -> str:
    """The page on which something was added."""
    return (url_for("worklist.show", task_id=task_id) if task_id else address_of(actor(), item_id)) + "#remarks"
