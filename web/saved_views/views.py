"""Saving, choosing and deleting a view; setting the density."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from engine.message import say
from tasks.saved_views import service
from tasks.saved_views.service import Place, cleaned
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_PAGES = {Place.WORKLIST: "worklist.listing", Place.REGISTER: "cases.register"}


def save() -> Response:
    """Keeps the filters of a list under a name."""
    place, query = request.form.get("place", ""), request.form.get("query", "")
    try:
        service.save(
            the_banli(),
            actor(),
            place,
            request.form.get("view_name", ""),
            query,
            default=request.form.get("default") == "true",
        )
    except FormInvalid as refused:
        for error in refused.errors:
            flash(tell(error.message), "soon")
    else:
        flash(tell(say("The view is kept")), "good")
    return redirect(_list(place, query), code=303)


def make_default(view_id: int) -> Response:
    """Opens the list with this view from now on, or no longer."""
    row = service.make_default(the_banli(), actor(), view_id, default=request.form.get("default") == "true")
    return redirect(_list(request.form.get("place", ""), row.query), code=303)


def remove(view_id: int) -> Response:
    """Deletes a view."""
    place = service.remove(the_banli(), actor(), view_id)
    flash(tell(say("The view is deleted")), "good")
    return redirect(_list(place, request.form.get("query", "")), code=303)


def set_density() -> Response:
    """Remembers how dense the lists of this person are."""
    service.set_density(the_banli(), actor(), request.form.get("density", ""))
    return redirect(_list(request.form.get("place", ""), request.form.get("query", "")), code=303)


def _list(place: str, query: str) -> str:
    """The list with these filters; nothing that was sent leads anywhere else."""
    where = Place(place) if place in set(Place) else Place.WORKLIST
    kept = cleaned(where, query)
    return f"{url_for(_PAGES[where])}{'?' if kept else ''}{kept}"
