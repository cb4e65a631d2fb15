"""The pages of filing. A review is a task like any other and lives under /tasks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.filing.desk import desk as desk_of
from tasks.filing.entering import add_file as keep_for_entry
from tasks.filing.entering import enter as enter_item
from tasks.filing.entering import entry_page
from tasks.filing.upper import record_upload, register_upper, upper_page
from tasks.worklist.errors import FormInvalid
from web.forms.fields import fields
from web.forms.files import received
from web.forms.submission import MORE, submission, with_another_row
from web.language import tell
from web.remarks.files import answer_script
from web.visitor import actor, page_asked, the_banli

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from flask import Response as Answer
    from werkzeug.wrappers import Response

    from engine.message import Message
    from tasks.attachments.views import Upload
    from tasks.forms.views import FieldError
    from tasks.register.views import SubmissionPage, Submitted

blueprint = Blueprint("filing", __name__, url_prefix="/filing")


@blueprint.get("")
def desk() -> str:
    """What is being reviewed, what was decided, and the items of an upper level."""
    return render_template("filing/desk.html", page=desk_of(the_banli(), actor(), page_asked()))


@blueprint.get("/enter")
def write() -> str:
    """The form on which an officer enters an item for a deputy or member."""
    return _shown(_entry(), "filing.enter")


@blueprint.post("/enter")
def enter() -> Response | tuple[str, int]:
    """Registers the item, or shows what is still missing."""
    return _taken(_entry, enter_item, "filing.enter", _entered)


@blueprint.post("/enter/files")
def add_file() -> Answer | tuple[Answer, int]:
    """Keeps a file that a script sends while the item is being entered."""
    return answer_script(_keep)


@blueprint.get("/upper")
def upper() -> str:
    """The form for an item that an upper level passes down."""
    return _shown(_upper(), "filing.register")


@blueprint.post("/upper")
def register() -> Response | tuple[str, int]:
    """Registers it, or shows what is still missing."""
    return _taken(_upper, register_upper, "filing.register", _registered)


@blueprint.post("/upper/<int:item_id>/uploaded")
def uploaded(item_id: int) -> Response:
    """Ticks that our answer was entered into the upper level's system."""
    try:
        on = dt.date.fromisoformat(request.form.get("on", ""))
    except ValueError:
        flash(tell(say("Enter the day of the upload.")), "bad")
        return redirect(url_for("filing.desk", _anchor="upper"), code=303)
    proof, adopted = request.form.get("proof", ""), request.form.get("adopted", "")
    try:
        record_upload(the_banli(), actor(), item_id, on=on, proof=proof, adopted=adopted)
    except FormInvalid as refused:
        flash(" ".join(tell(error.message) for error in refused.errors), "bad")
    else:
        flash(tell(say("The upload is on record.")), "good")
    return redirect(url_for("filing.desk", _anchor="upper"), code=303)


def _entry() -> SubmissionPage:
    return entry_page(the_banli(), actor())


def _upper() -> SubmissionPage:
    return upper_page(the_banli(), actor())


def _keep(sent: Upload) -> str:
    return keep_for_entry(the_banli(), actor(), sent)


def _entered(title: str) -> Message:
    return say("Entered: {title}. It goes to the first review.", title=title)


def _registered(title: str) -> Message:
    return say("Registered: {title}.", title=title)


def _shown(
    page: SubmissionPage,
    endpoint: str,
    values: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> str:
    return render_template(
        "filing/write.html",
        page=page,
        endpoint=endpoint,
        drawn=fields(page.form, page.values if values is None else values, page.options, {}, errors),
        errors=errors,
        request_id=request.form.get("request_id"),
    )


def _taken(
    fresh: Callable[[], SubmissionPage], take: Callable[..., Submitted], endpoint: str, done: Callable[[str], Message]
) -> Response | tuple[str, int]:
    page = fresh()
    sent = submission(page.form, request.form)
    refused_files = received(page.form, sent, _keep)
    if MORE in request.form or refused_files:
        shown = with_another_row(sent, request.form[MORE]) if MORE in request.form else sent
        return _shown(fresh(), endpoint, {**page.values, **shown}, refused_files), 422 if refused_files else 200
    try:
        receipt = take(the_banli(), actor(), sent, request.form.get("request_id") or None)
    except FormInvalid as refused:
        return _shown(fresh(), endpoint, {**page.values, **sent}, refused.errors), 422
    flash(tell(done(receipt.title)), "good")
    return redirect(url_for("cases.show", item_id=receipt.item_id), code=303)
