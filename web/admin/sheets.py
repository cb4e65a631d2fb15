"""Settings out to a workbook and in from one, with a rehearsal before anything is changed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from flask import flash, redirect, render_template, request, url_for

from engine.errors import EngineError
from engine.message import say
from tasks.changes import service
from tasks.changes.pages import kind_of
from tasks.changes.sheets import KEY, exported, rehearse
from tasks.forms.views import FieldError
from tasks.register.workbook import LARGEST_FILE, read_rows
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.sheets import download
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from werkzeug.wrappers import Response as Answer


def export(kind: str) -> Response:
    """Every setting of a kind as a workbook."""
    found, rows = exported(the_banli(), actor(), kind, tell)
    headings = [(KEY, 16), *((field.label, 24) for field in found.fields)]
    return download(found.name, headings, rows)


def show(kind: str) -> str:
    """The form for a workbook."""
    service.allow(actor())
    return _page(kind)


def bring_in(kind: str) -> Answer | str | tuple[str, int]:
    """First the rehearsal: every row with what it would change; confirmed, all of them at once."""
    service.allow(actor())
    kind_of(kind)
    try:
        rows = _rows()
    except EngineError as refused:
        return _page(kind, [FieldError("file", "", refused.message)]), 422
    found = rehearse(the_banli(), actor(), kind, rows, tell)
    if "confirm" not in request.form:
        return _page(kind, (), found, rows)
    errors = service.reason_errors(request.form.get("why", ""))
    if found.wrong or found.problem is not None:
        errors.append(FieldError("", "", found.problem or say("Some rows are wrong: correct them in the sheet.")))
    if errors:
        return _page(kind, errors, found, rows), 422
    try:
        number = service.change(the_banli(), actor(), found.parts, request.form.get("why", ""))
    except FormInvalid as refused:
        return _page(kind, refused.errors, found, rows), 422
    flash(tell(say("{n} rows were taken over", n=len(found.parts))), "good")
    return redirect(url_for("admin.change", change_id=number), code=303)


def _rows() -> list[list[Any]]:
    """Of the file that was sent, or those that were shown and are confirmed now."""
    if "rows" in request.form:
        try:
            kept: Any = orjson.loads(request.form["rows"])
        except orjson.JSONDecodeError:
            kept = []
        return [row for row in kept if isinstance(row, list)] if isinstance(kept, list) else []
    file = request.files.get("file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(file.read(LARGEST_FILE + 1) if file else b"")
        return read_rows(path)


def _page(
    kind: str, errors: Sequence[FieldError] = (), found: Any = None, rows: Sequence[Sequence[Any]] = ()
) -> str:
    return render_template(
        "admin/sheet.html", kind=kind_of(kind), errors=errors, found=found, rows=orjson.dumps(rows).decode(),
    )  # fmt: skip
