"""Units by steps, and what stands behind each cell."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from tasks.board.queries import board_of_units, tasks_behind
from web.visitor import actor, the_banli
from web.words import KINDS

blueprint = Blueprint("board", __name__, url_prefix="/board")


@blueprint.get("")
def show() -> str:
    """At which step the units' cases stand."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    key_only = request.args.get("key") == "1"
    page = board_of_units(the_banli(), actor(), kind, key_only=key_only)
    return render_template("board/units.html", page=page, kind=kind, key_only=key_only, now=the_banli().now())


@blueprint.get("/<unit>")
@blueprint.get("/<unit>/<stage>")
def behind(unit: str, stage: str = "") -> str:
    """The tasks of one cell, or of one unit."""
    number = max(request.args.get("page", 1, type=int) or 1, 1)
    return render_template("board/tasks.html", page=tasks_behind(the_banli(), actor(), unit, stage, number))
