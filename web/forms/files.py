"""Files that a browser sent with a form, where no script had sent them before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from tasks.attachments.content import LARGEST, AttachmentRefused
from tasks.attachments.service import add_to_form
from tasks.attachments.views import Upload
from tasks.forms.views import ComponentType, FieldError
from web.forms.submission import every
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.datastructures import FileStorage

    from tasks.forms.views import Form


def received(form: Form, sent: dict[str, Any], keep: Callable[[Upload], str]) -> list[FieldError]:
    """Keeps each file, adds its id to the sent values of its field, and answers what was refused."""
    errors = []
    for component in every(form.components):
        if component.type is not ComponentType.FILEPICKER or not component.key:
            continue
        sent.setdefault(component.key, [])
        for file in request.files.getlist(f"files:{component.key}"):
            if not file.filename:
                continue
            try:
                sent[component.key].append(keep(upload(file)))
            except AttachmentRefused as refused:
                errors.append(FieldError(component.key, component.label, refused.message))
    return errors


def of_task(task_id: str) -> Callable[[Upload], str]:
    """Keeps a file for a task's form."""
    return lambda sent: add_to_form(the_banli(), actor(), task_id, sent)


def received_beside(task_id: str, name: str, label: str) -> tuple[list[str], list[FieldError]]:
    """The files of a control that is no field of the form: ids that were sent before, and files that come now."""
    kept, errors = request.form.getlist(name), []
    for file in request.files.getlist(f"files:{name}"):
        if not file.filename:
            continue
        try:
            kept.append(add_to_form(the_banli(), actor(), task_id, upload(file)))
        except AttachmentRefused as refused:
            errors.append(FieldError(name, label, refused.message))
    return kept, errors


def upload(file: FileStorage) -> Upload:
    """The name and the content; a byte more than is taken, so that what is too large is seen as such."""
    return Upload(file.filename or "", file.stream.read(LARGEST + 1))
