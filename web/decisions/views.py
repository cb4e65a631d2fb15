"""The list of decisions, and one decision with its try-out. Nothing here changes anything."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from engine.errors import NotFound
from tasks.decisions.queries import TrialRefused, decision, decisions
from web.decisions.shown import shown
from web.visitor import the_banli

blueprint = Blueprint("decisions", __name__, url_prefix="/decisions")


@blueprint.get("")
def listing() -> str:
    """Every deployed decision."""
    return render_template("decisions/list.html", entries=decisions(the_banli()))


@blueprint.get("/<key>")
def show(key: str) -> tuple[str, int]:
    """One decision; with values in the address, what it answers to them: so a trial can be bookmarked."""
    try:
        plain = decision(the_banli(), key)
    except NotFound as missing:
        return render_template("decisions/list.html", entries=decisions(the_banli()), fault=missing.message), 404
    if "try" not in request.args:
        return render_template("decisions/table.html", page=plain, shown=shown), 200
    given = {one.name: request.args.get(one.name, "") for one in plain.inputs}
    try:
        return render_template("decisions/table.html", page=decision(the_banli(), key, given), shown=shown), 200
    except TrialRefused as refused:
        page = replace(plain, given=given)
        return render_template("decisions/table.html", page=page, fault=refused.message, shown=shown), 422
