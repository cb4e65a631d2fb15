"""Files of a case: added, read, taken away. A browser never shows one inside our pages: it is always a download."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, request, send_file

from engine.errors import EngineError
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.attachments import service
from tasks.attachments.content import AttachmentRefused
from tasks.attachments.submitting import size_words
from web.forms.files import of_task, upload
from web.language import tell
from web.remarks.comments import back_to
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from tasks.attachments.views import Upload


def add_file(item_id: int) -> AnyResponse:
    """Adds the chosen files to a case; what is refused is told, the rest is kept."""
    task_id = request.form.get("task_id") or None
    kept = 0
    for file in request.files.getlist("file"):
        if not file.filename:
            continue
        try:
            service.add_to_case(
                the_banli(), actor(), item_id, upload(file), audience=request.form.get("audience", ""), task_id=task_id
            )
            kept += 1
        except AttachmentRefused as refused:
            flash(tell(refused.message), "soon")
    if kept:
        flash(tell(say("{n} files are kept", n=kept)), "good")
    return redirect(back_to(item_id, task_id), code=303)


def add_to_form(task_id: str) -> Response | tuple[Response, int]:
    """Keeps a file that a script sends while the form is being filled in; answers id, name and size."""
    return answer_script(of_task(task_id))


def answer_script(keep: Callable[[Upload], str]) -> Response | tuple[Response, int]:
    """Keeps the one file that a script sends, and answers id, name and size, or why it is refused."""
    file = next((one for one in request.files.values() if one.filename), None)
    if file is None:
        return jsonify(refused=tell(say("Choose a file first."))), 422
    sent = upload(file)
    try:
        attachment_id = keep(sent)
    except (AttachmentRefused, NotAllowed) as refused:
        return jsonify(refused=tell(refused.message)), 422
    name = service.read(the_banli(), actor(), attachment_id).name
    return jsonify(id=attachment_id, name=name, size=size_words(len(sent.content)))


def download(attachment_id: str) -> Response:
    """The file, as a download that no browser interprets."""
    found = service.read(the_banli(), actor(), attachment_id)
    if not found.path.exists():
        raise EngineError(say("The content of this file is missing. Tell the administrator."))
    content = io.BytesIO(found.path.read_bytes())
    answer = send_file(content, mimetype=found.mime, as_attachment=True, download_name=found.name, etag=False)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def remove_file(attachment_id: str) -> AnyResponse:
    """Takes away a file that I added."""
    attachment = service.remove(the_banli(), actor(), attachment_id)
    flash(tell(say("“{name}” is taken away", name=attachment.name)), "good")
    return redirect(back_to(attachment.item_id or 0, attachment.task_id), code=303)
