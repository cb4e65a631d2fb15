"""The register and the case page."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request

from tasks.cases.queries import case
from tasks.cases.queries import register as register_of
from tasks.cases.views import CasePage, ItemState
from tasks.comments.queries import remarks
from tasks.saved_views.service import Place
from web.cases import ledger
from web.cases.filters import asked, narrowed
from web.diagrams import lines, told
from web.saved_views.shown import saved
from web.visitor import actor, the_banli
from web.words import CHAPTERS

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
blueprint.add_url_rule("/ledger.xlsx", "ledger", ledger.ledger, methods=["GET"])


@blueprint.get("")
def register() -> str | Response:
    """All cases that this reader may know, searched by number, title, people and text."""
    kept = saved(Place.REGISTER)
    if kept.opens_with:
        return redirect(kept.opens_with, code=303)
    filters = asked()
    number = max(request.args.get("page", 1, type=int) or 1, 1)
    page = register_of(the_banli(), actor(), filters, number)
    return render_template(
        "cases/register.html", page=page, filters=filters, narrowed=narrowed(filters), ItemState=ItemState, saved=kept
    )


@blueprint.get("/<int:item_id>")
@blueprint.get("/<int:item_id>/<chapter>")
def show(item_id: int, chapter: str = "overview") -> str:
    """One chapter of one case."""
    page = case(the_banli(), actor(), item_id, request.args.get("at"))
    if chapter not in chapters(page):
        abort(404)
    return render_template(
        f"cases/{chapter}.html",
        page=page,
        chapter=chapter,
        chapters=chapters(page),
        lines=lines,
        remarks=remarks(the_banli(), actor(), item_id),
    )


@blueprint.get("/<int:item_id>/diagram.json")
def diagram(item_id: int) -> Response:
    """The live diagram, for the viewer."""
    return jsonify(told(case(the_banli(), actor(), item_id, request.args.get("at")).diagram, item_id))


def chapters(page: CasePage) -> dict[str, int | None]:
    """The tabs of this case for this reader with the number of things in each; without ratings, no such tab."""
    counts: dict[str, int | None] = {
        "overview": None,
        "diagram": None,
        "timeline": len(page.timeline),
        "replies": len(page.replies),
        "consultations": len(page.opinions) + len(page.consultations),
        "file": len(page.file),
    }
    if page.ratings is not None:
        counts["ratings"] = len(page.ratings)
    return {name: counts[name] for name in CHAPTERS if name in counts}
