"""The desk of a unit's office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.desks.office import office, person
from tasks.desks.signing_in import sign_in_many
from web.language import tell
from web.visitor import actor, page_asked, the_banli

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError

blueprint = Blueprint("office", __name__, url_prefix="/office")
_FIELDS = ("handler", "phone")


@blueprint.get("")
def show() -> str:
    """What the office must do today."""
    return _shown({}, {}, ())


@blueprint.post("/sign-in")
def sign_in() -> Response | tuple[str, int]:
    """Signs the chosen rows in; those that fail stay as they were typed, each with its reason."""
    typed, chosen = _typed(), request.form.getlist("chosen")
    found = sign_in_many(the_banli(), actor(), typed, chosen, request.form.get("request_id", ""))
    if found.done:
        flash(tell(say("{n} items are signed in; their handlers have them now.", n=found.done)), "good")
    if not chosen:
        flash(tell(say("Choose the items that you sign in.")), "late")
    if found.refused:
        return _shown(typed, found.refused, chosen), 422
    return redirect(url_for("office.show"), code=303)


@blueprint.get("/people/<account>")
def held_by(account: str) -> str:
    """What one of the unit's people has in hand."""
    return render_template("desks/person.html", page=person(the_banli(), actor(), account, page_asked()))


def _typed() -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name, value in request.form.items():
        field, _, task_id = name.partition(":")
        if field in _FIELDS and task_id:
            rows.setdefault(task_id, {})[field] = value[:100]
    return rows


def _shown(
    typed: Mapping[str, Mapping[str, str]], refused: Mapping[str, Sequence[FieldError]], chosen: Collection[str]
) -> str:
    page = office(the_banli(), actor())
    gone = {task: errors for task, errors in refused.items() if task not in {row.task_id for row in page.sign_ins}}
    return render_template("desks/office.html", page=page, typed=typed, refused=refused, gone=gone, chosen=chosen)
