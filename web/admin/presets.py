"""Presets of provinces and cities, beside what is in force here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.changes import service
from tasks.deadlines.preset_page import adoption, preset_rows, presets
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response


def listing() -> str:
    """Every preset."""
    return render_template("admin/presets.html", entries=presets(the_banli(), actor()))


def show(name: str) -> str:
    """One preset: the rows in which it differs."""
    return _page(name)


def adopt(name: str) -> Response | tuple[str, int]:
    """Takes the chosen rows over, for what begins from then on."""
    why, begins = request.form.get("why", ""), request.form.get("effective_from", "")
    errors = service.reason_errors(why)
    if _day(begins) is None:
        errors.append(FieldError("effective_from", "", say("Expected a date such as 2026-05-08, found “{found}”.",
                                                           found=begins)))  # fmt: skip
    if errors:
        return _page(name, errors), 422
    try:
        parts = adoption(the_banli(), actor(), name, request.form.getlist("codes"), begins)
        number = service.change(the_banli(), actor(), parts, why)
    except FormInvalid as refused:
        return _page(name, refused.errors), 422
    flash(tell(say("{n} deadlines were adopted", n=len(parts))), "good")
    return redirect(url_for("admin.change", change_id=number), code=303)


def _page(name: str, errors: Sequence[FieldError] = ()) -> str:
    entry = next(one for one in presets(the_banli(), actor()) if one.name == name) if _known(name) else None
    rows = preset_rows(the_banli(), actor(), name)
    return render_template(
        "admin/preset.html", name=name, title=entry.title if entry else name, rows=rows, errors=errors,
        begins=the_banli().today(), chosen=request.form.getlist("codes") or [row.code for row in rows],
    )  # fmt: skip


def _known(name: str) -> bool:
    return any(one.name == name for one in presets(the_banli(), actor()))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
