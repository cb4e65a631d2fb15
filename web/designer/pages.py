"""Pages of the designer: the procedures, the studio of one draft, its differences, its earlier states."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, make_response, render_template, request

from tasks.designing.checking import check_files
from tasks.designing.comparing import differences
from tasks.designing.deploying import wants_four_eyes
from tasks.designing.queries import draft_files, draft_page, names_of_people, procedures, states
from tasks.designing.titles import title_of
from web.designer import words
from web.navigation import halted
from web.security import content_policy
from web.visitor import actor, the_banli

blueprint = Blueprint("designer", __name__, url_prefix="/designer")


@blueprint.get("")
def home() -> str:
    """Every procedure with its versions and drafts."""
    shown = procedures(the_banli(), actor())
    accounts = {one.by for row in shown for one in (*row.versions, *row.drafts)}
    accounts |= {one.approved_by for row in shown for one in row.versions}
    return render_template(
        "designer/home.html", procedures=shown, halted=halted(actor()), say_it=words,
        people=names_of_people(the_banli(), accounts),
    )  # fmt: skip


@blueprint.get("/drafts/<int:draft_id>")
def studio(draft_id: int) -> Response:
    """One draft, to be drawn on. Scripts are the site's own here too; the editors set styles, by this page's number."""
    number = secrets.token_urlsafe(16)
    response = make_response(_studio(draft_id, number))
    response.headers["Content-Security-Policy"] = content_policy(number)
    return response


def _studio(draft_id: int, number: str) -> str:
    page = draft_page(the_banli(), actor(), draft_id)
    files, deployed = draft_files(the_banli(), actor(), draft_id)
    first = next((file.name for file in page.files if file.kind == "bpmn"), page.files[0].name)
    return render_template(
        "designer/studio.html",
        page=page,
        first=first,
        wanted=request.args.get("file", first),
        findings=check_files(the_banli(), files, deployed),
        titles={name: title_of(name, content) for name, content in files.items()},
        say_it=words,
        studio_words=words.studio_words(),
        people=names_of_people(the_banli(), {page.by, page.saved_by, page.submitted_by}),
        four_eyes=wants_four_eyes(the_banli()),
        style_number=number,
    )


@blueprint.get("/drafts/<int:draft_id>/compare")
def compare(draft_id: int) -> str:
    """What the draft changes."""
    page = draft_page(the_banli(), actor(), draft_id)
    files, deployed = draft_files(the_banli(), actor(), draft_id)
    return render_template(
        "designer/compare.html",
        page=page,
        changes=differences(deployed, files),
        titles={name: title_of(name, content) for name, content in {**deployed, **files}.items()},
        say_it=words,
    )


@blueprint.get("/drafts/<int:draft_id>/states")
def earlier(draft_id: int) -> str:
    """The states that the draft's files had."""
    rows = states(the_banli(), actor(), draft_id)
    return render_template(
        "designer/states.html",
        page=draft_page(the_banli(), actor(), draft_id),
        rows=rows,
        people=names_of_people(the_banli(), {row.by for row in rows}),
    )
