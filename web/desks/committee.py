"""The desk of a committee."""

from __future__ import annotations

from flask import Blueprint, render_template

from tasks.desks.committee import desk
from web.visitor import actor, the_banli

blueprint = Blueprint("committee", __name__, url_prefix="/desk")


@blueprint.get("")
def show() -> str:
    """What the committee must do or watch today."""
    return render_template("desks/committee.html", page=desk(the_banli(), actor()))
