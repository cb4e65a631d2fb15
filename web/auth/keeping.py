"""A form that was sent after the session had ended: what was typed waits in the sign-in page and becomes a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import request
from werkzeug.datastructures import MultiDict

from engine.errors import EngineError
from tasks.worklist.service import open_task, save_draft
from web.forms.submission import submission
from web.visitor import the_banli

if TYPE_CHECKING:
    from tasks.accounts.views import Actor

_TASK = re.compile(r"^/tasks/(?P<task>[^/?#]+)$")


def typed() -> str:
    """The fields of the form that came too late, packed for a hidden field; tokens of the ended session stay behind."""
    return urlencode([(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"])


def restore(actor: Actor, packed: str, address: str) -> bool:
    """Keeps the text as this person's draft; False when the task is not hers, or is done by now."""
    task = _TASK.match(address)
    if not packed or task is None:
        return False
    try:
        page = open_task(the_banli(), actor, task["task"])
        sent = submission(page.form, MultiDict(parse_qsl(packed, keep_blank_values=True)))
        save_draft(the_banli(), actor, task["task"], sent)
    except EngineError:
        return False
    return True
