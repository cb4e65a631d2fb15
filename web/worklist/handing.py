"""Handing several tasks over at once: one page, one colleague, one remark for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.errors import Conflict, NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.worklist import handover
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError

MOST_AT_ONCE = 50
"""A page of the list."""


def ask(task_ids: Sequence[str], back: str, errors: Sequence[FieldError] = ()) -> Response | str:
    """To whom, and why; a page, since the choices depend on what was ticked."""
    chosen = list(dict.fromkeys(task_ids))[:MOST_AT_ONCE]
    colleagues = handover.common_colleagues(the_banli(), actor(), chosen)
    if not colleagues:
        flash(tell(say("There is no colleague who could take all of these tasks.")), "soon")
        return redirect(back, code=303)
    return render_template(
        "worklist/hand_over.html", tasks=chosen, colleagues=colleagues, back=back, errors=errors, typed=request.form
    )


def hand_over_many() -> Response | str | tuple[str | Response, int]:
    """Gives all ticked tasks to one colleague; what cannot be given is told, the rest is given."""
    task_ids = request.form.getlist("task")[:MOST_AT_ONCE]
    receiver, remark = request.form.get("hand_over_to", ""), request.form.get("hand_over_remark", "")
    given, name, refused = 0, "", []
    for task_id in task_ids:
        try:
            name = handover.hand_over(the_banli(), actor(), task_id, receiver, remark)
            given += 1
        except FormInvalid as wrong:
            return ask(task_ids, url_for("worklist.listing"), wrong.errors), 422
        except (Conflict, NotAllowed, NotFound) as error:
            refused.append(tell(error.message))
    if given:
        flash(tell(say("{n} handed over to {name}", n=given, name=name)), "good")
    for words in dict.fromkeys(refused):
        flash(words, "soon")
    return redirect(url_for("worklist.listing"), code=303)
