"""A form that was sent after the session had ended: what was typed waits in the sign-in page and is given back."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from flask import render_template
from werkzeug.datastructures import MultiDict

from engine.errors import EngineError
from tasks.worklist.service import open_task, save_draft
from web.forms.submission import submission
from web.navigation import is_staff
from web.portal.writing import form_page, writing
from web.visitor import actor, the_banli
from web.written import unpacked

_TASK = re.compile(r"^/tasks/(?P<task>[^/?#]+)$")
_WRITE = "/portal/write"


def restored(packed: str, address: str) -> str | None:
    """Gives the text back to the person who has just signed in.

    The text of a task becomes her draft, and the task's page shows it. A suggestion has no draft yet: its page is the
    answer. What cannot be filled in again, as the task is done by now or the form is another one, she reads and
    copies. None where the ordinary way on is right.
    """
    sent = MultiDict(parse_qsl(packed, keep_blank_values=True))
    task = _TASK.match(address)
    try:
        if sent and task:
            page = open_task(the_banli(), actor(), task["task"])
            save_draft(the_banli(), actor(), task["task"], submission(page.form, sent))
        elif sent and address == _WRITE:
            blank = writing()
            return form_page(blank, {**blank.values, **submission(blank.form, sent)})
    except EngineError:
        pass  # the task is done by now, or was never hers: she gets her words back all the same
    else:
        if task:
            return None
    texts = unpacked(packed)
    if not texts:
        return None
    return render_template("auth/given_back.html", texts=texts, address=address, framed=is_staff(actor()))
