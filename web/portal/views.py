"""The deputy's pages. A rating is a task like any other and lives under /tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from engine.message import say
from tasks.cases.queries import portal, portal_item
from tasks.comments.queries import remarks
from tasks.drafts import service as drafts
from tasks.filing.similar import similar_items
from tasks.handling.confirming import confirm
from tasks.register.service import submit as submit_item
from tasks.worklist.errors import FormInvalid
from web.forms.fields import all_fields, fields
from web.forms.files import received
from web.forms.submission import MORE, submission, with_another_row
from web.language import moment, tell
from web.portal.writing import form_page, keep_file, writing
from web.remarks.files import answer_script
from web.visitor import actor, page_asked, the_banli

if TYPE_CHECKING:
    from flask import Response as Answer
    from werkzeug.wrappers import Response

blueprint = Blueprint("portal", __name__, url_prefix="/portal")


@blueprint.get("")
def home() -> str:
    """What I must do, and my suggestions with their roads."""
    return render_template("portal/home.html", page=portal(the_banli(), actor(), page_asked()))


@blueprint.get("/<int:item_id>")
def show(item_id: int) -> str:
    """One of my suggestions: the road, who handles it, the replies."""
    one = portal_item(the_banli(), actor(), item_id)
    return render_template("portal/item.html", one=one, remarks=remarks(the_banli(), actor(), item_id))


@blueprint.post("/<int:item_id>/talks/<int:consultation_id>")
def confirm_talk(item_id: int, consultation_id: int) -> Response:
    """The lead proposer confirms that the record of a talk is right."""
    confirm(the_banli(), actor(), item_id, consultation_id)
    flash(tell(say("Confirmed. The unit sees it beside the record.")), "good")
    return redirect(url_for("portal.show", item_id=item_id, _anchor="talks"), code=303)


@blueprint.get("/similar")
def similar() -> str:
    """Items with a title like the one that is being typed: a part of the writing page."""
    return render_template("portal/similar.html", found=similar_items(the_banli(), request.args.get("title", "")[:60]))


@blueprint.get("/write")
def write() -> str:
    """The form for a new suggestion."""
    page = writing()
    kept = drafts.find(the_banli(), actor(), page.form)
    values, saved = kept or ({}, None)
    return form_page(page, {**page.values, **values}, saved=saved)


@blueprint.post("/write/draft")
def draft() -> Response:
    """Keeps what is half written and answers which fields are hidden now."""
    page = writing()
    sent = submission(page.form, request.form)
    saved = drafts.save(the_banli(), actor(), page.form, sent)
    drawn = fields(page.form, {**page.values, **sent}, page.options, {})
    return jsonify(
        hidden=[field.name for field in all_fields(drawn) if field.hidden],
        saved=tell(say("Saved at {time}", time=moment(saved))),
    )


@blueprint.post("/write/files")
def add_file() -> Answer | tuple[Answer, int]:
    """Keeps a file that a script sends while the suggestion is being written."""
    return answer_script(keep_file)


@blueprint.post("/write/forget")
def forget() -> Response:
    """Throws the draft away."""
    drafts.forget(the_banli(), actor(), writing().form)
    flash(tell(say("The draft is thrown away")), "good")
    return redirect(url_for("portal.home"), code=303)


@blueprint.post("/write")
def submit() -> Response | tuple[str, int]:
    """Submits a suggestion, or shows what is still missing."""
    page = writing()
    sent = submission(page.form, request.form)
    refused_files = received(page.form, sent, keep_file)
    if MORE in request.form or refused_files:
        shown = with_another_row(sent, request.form[MORE]) if MORE in request.form else sent
        return form_page(writing(), {**page.values, **shown}, refused_files), 422 if refused_files else 200
    try:
        done = submit_item(the_banli(), actor(), sent, request.form.get("request_id") or None)
    except FormInvalid as refused:
        return form_page(writing(), {**page.values, **sent}, refused.errors), 422
    drafts.forget(the_banli(), actor(), page.form)
    flash(tell(say("Received: {title}. You can follow every step here.", title=done.title)), "good")
    return redirect(url_for("portal.show", item_id=done.item_id), code=303)
