"""A form that was sent after the session had ended: what was typed waits in the sign-in page and is given back."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from flask import request
from werkzeug.datastructures import MultiDict

from engine.errors import EngineError
from tasks.worklist.service import open_task, save_draft
from web.forms.submission import submission
from web.portal.writing import form_page, writing
from web.visitor import actor, the_banli

_TASK = re.compile(r"^/tasks/(?P<task>[^/?#]+)$")
_WRITE = "/portal/write"


def typed() -> str:
    """The fields of the form that came too late, packed for a hidden field; tokens of the ended session stay behind."""
    return urlencode([(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"])


def restored(packed: str, address: str) -> str | None:
    """Gives the text back to the person who has just signed in.

    The text of a task becomes her draft, and the task's page shows it. A suggestion has no draft yet: its page is the
    answer. None where the ordinary way on is right, also when the task is not hers, or is done by now.
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
        return None
    return None
