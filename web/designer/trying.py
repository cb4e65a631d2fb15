"""Trying a draft: a form's preview, a table's answer, all scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, jsonify, render_template

from tasks.decisions.queries import TrialRefused
from tasks.designing.queries import draft_files, draft_page
from tasks.designing.rehearsal import rehearse
from tasks.designing.titles import title_of
from tasks.designing.trying import preview, try_table
from web.decisions.shown import shown
from web.decisions.words import Reader
from web.designer import words
from web.designer.editing import sent_json, sent_text
from web.designer.refusals import in_json
from web.forms.fields import fields
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from flask import Blueprint


def install(blueprint: Blueprint) -> None:
    """Register the addresses below a draft's own."""
    draft = "/drafts/<int:draft_id>"
    blueprint.post(f"{draft}/preview")(form)
    blueprint.post(f"{draft}/decide")(decide)
    blueprint.get(f"{draft}/rehearsal")(rehearsal)


@in_json
def form(draft_id: int) -> Response:
    """A form as staff will see it; the draft only says that the visitor may draw it."""
    draft_page(the_banli(), actor(), draft_id)
    found = preview(the_banli(), actor(), sent_text(sent_json(), "content").encode())
    drawn = fields(found.form, {}, found.options, {})
    return jsonify(html=render_template("designer/preview.html", form=found.form, drawn=drawn))


@in_json
def decide(draft_id: int) -> Response:
    """What a table answers to the values that were typed."""
    draft_page(the_banli(), actor(), draft_id)
    sent = sent_json()
    given = {str(name): str(value) for name, value in (sent.get("values") or {}).items()}
    content = sent_text(sent, "content").encode()
    fault = ""
    try:
        trial = try_table(the_banli(), actor(), content, str(sent.get("decision") or ""), given)
    except TrialRefused as refused:
        fault = tell(refused.message)
        trial = try_table(the_banli(), actor(), content, str(sent.get("decision") or ""), {})
    page = trial.page
    rows = [rule.number for rule in page.table.rules if rule.matched] if page.table else []
    html = render_template(
        "designer/try_out.html", trial=trial, page=page, given=given, fault=fault, shown=shown, read=Reader({})
    )
    return jsonify(html=html, rows=rows)


def rehearsal(draft_id: int) -> str:
    """All scenarios played on the draft, and the shapes that none of them came by."""
    page = draft_page(the_banli(), actor(), draft_id)
    files, _ = draft_files(the_banli(), actor(), draft_id)
    return render_template(
        "designer/rehearsal.html",
        page=page,
        rehearsal=rehearse(the_banli(), files),
        titles={name: title_of(name, content) for name, content in files.items()},
        say_it=words,
    )
