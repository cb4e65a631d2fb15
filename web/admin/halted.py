"""Cases that cannot go on by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.incidents import service
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError


def listing() -> str:
    """Every halted case with what happened and what one can do."""
    return _page()


def act(incident_id: str) -> Response | tuple[str, int]:
    """Try again, put a value right, or pass over."""
    form = request.form
    name, value, why = form.get("name", ""), form.get("value", ""), form.get("why", "")
    try:
        if form.get("act") == "retry":
            service.try_again(the_banli(), actor(), incident_id)
        elif form.get("act") == "correct":
            service.put_right(the_banli(), actor(), incident_id, name, value, why)
        else:
            service.pass_over(the_banli(), actor(), incident_id, name, value, why)
    except FormInvalid as refused:
        return _page(incident_id, refused.errors), 422
    still = {one.incident_id for one in service.halted(the_banli(), actor())}
    words = say("It goes on") if incident_id not in still else say("It stopped again at the same place")
    flash(tell(words), "good")
    return redirect(url_for("admin.incidents"), code=303)


def _page(wrong: str = "", errors: Sequence[FieldError] = ()) -> str:
    rows = service.halted(the_banli(), actor())
    return render_template("admin/incidents.html", rows=rows, wrong_at=wrong, errors=errors, typed=request.form)
