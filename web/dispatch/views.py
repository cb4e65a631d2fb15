"""The pages of the dispatch sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.dispatch.queries import sheet
from tasks.dispatch.service import confirm, keep
from tasks.handling.together import assign_together, triage_again
from web.language import tell
from web.visitor import actor, page_asked, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError

blueprint = Blueprint("dispatch", __name__, url_prefix="/dispatch")
_FIELDS = ("lead", "co", "key")


@blueprint.get("")
def show() -> str:
    """All items that wait for their triage or for the meeting."""
    return _shown({}, {})


@blueprint.post("")
def save() -> Response | tuple[str, int]:
    """Keeps what is typed, and confirms the chosen rows."""
    typed, chosen = _typed(), request.form.getlist("chosen")
    if request.form.get("act") == "confirm":
        found = confirm(the_banli(), actor(), typed, chosen, request.form.get("request_id", ""))
        refused: Mapping[str, Sequence[FieldError]] = found.refused
        flash(tell(say("{n} items are triaged and wait for the common assignment.", n=found.done)), "good")
    else:
        refused = keep(the_banli(), actor(), typed)
        if not refused:
            flash(tell(say("The sheet is kept.")), "good")
    if refused:
        return _shown(typed, refused), 422
    return redirect(url_for("dispatch.show", page=request.args.get("page")), code=303)


@blueprint.post("/assign")
def assign() -> Response:
    """The leader approves the list: all chosen items are assigned at this moment."""
    others = request.form.get("others", "").split(",")
    chosen = [int(one) for one in (*request.form.getlist("item"), *others) if one.isdigit()]
    done = assign_together(
        the_banli(), actor(), chosen, request.form.get("note", "")[:200], request.form.get("request_id") or None
    )
    flash(tell(say("{n} items were assigned at one moment; the units have them now.", n=done)), "good")
    return redirect(url_for("dispatch.show"), code=303)


@blueprint.post("/<int:item_id>/again")
def again(item_id: int) -> Response:
    """Puts one item back to its triage."""
    triage_again(the_banli(), actor(), item_id)
    return redirect(url_for("dispatch.show"), code=303)


def _typed() -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name, value in request.form.items():
        field, _, task_id = name.partition(":")
        if field in _FIELDS and task_id:
            rows.setdefault(task_id, {})[field] = value[:400]
    return rows


def _shown(typed: Mapping[str, Mapping[str, str]], refused: Mapping[str, Sequence[FieldError]]) -> str:
    found = sheet(the_banli(), actor(), page_asked(), page_asked("waiting"))
    return render_template("dispatch/sheet.html", sheet=found, typed=typed, refused=refused)
