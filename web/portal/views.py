"""The deputy's pages. A rating is a task like any other and lives under /tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.cases.queries import portal, portal_item
from tasks.register.service import submission_page
from tasks.register.service import submit as submit_item
from tasks.worklist.errors import FormInvalid
from web.forms.fields import fields
from web.forms.submission import submission
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError
    from tasks.register.views import SubmissionPage

blueprint = Blueprint("portal", __name__, url_prefix="/portal")


@blueprint.get("")
def home() -> str:
    """What I must do, and my suggestions with their roads."""
    return render_template("portal/home.html", page=portal(the_banli(), actor()))


@blueprint.get("/<int:item_id>")
def show(item_id: int) -> str:
    """One of my suggestions: the road, who handles it, the replies."""
    return render_template("portal/item.html", one=portal_item(the_banli(), actor(), item_id))


@blueprint.get("/write")
def write() -> str:
    """The form for a new suggestion."""
    page = submission_page(the_banli(), actor())
    return _form(page, page.values)


@blueprint.post("/write")
def submit() -> Response | tuple[str, int]:
    """Submits a suggestion, or shows what is still missing."""
    page = submission_page(the_banli(), actor())
    sent = submission(page.form, request.form)
    try:
        done = submit_item(the_banli(), actor(), sent, request.form.get("request_id") or None)
    except FormInvalid as refused:
        return _form(page, {**page.values, **sent}, refused.errors), 422
    flash(tell(say("Received: {title}. You can follow every step here.", title=done.title)), "good")
    return redirect(url_for("portal.show", item_id=done.item_id), code=303)


def _form(page: SubmissionPage, values: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "portal/write.html",
        page=page,
        drawn=fields(page.form, values, page.options, {}, errors),
        errors=errors,
        request_id=request.form.get("request_id"),
    )
