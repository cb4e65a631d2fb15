"""The list of decisions, and one decision with its try-out. Nothing here changes anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from engine.errors import NotFound
from tasks.chains.queries import node_names
from tasks.decisions.queries import TrialRefused, decision, decisions
from web.decisions.words import HITS, TYPES, Reader
from web.visitor import the_banli

if TYPE_CHECKING:
    from engine.message import Message
    from tasks.decisions.views import DecisionPage

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
        return _shown(plain), 200
    given = {one.name: request.args.get(one.name, "") for one in plain.inputs}
    try:
        return _shown(decision(the_banli(), key, given)), 200
    except TrialRefused as refused:
        return _shown(replace(plain, given=given), refused.message), 422


def _shown(page: DecisionPage, fault: Message | None = None) -> str:
    reader = Reader(node_names(the_banli()))
    return render_template("decisions/table.html", page=page, fault=fault, read=reader, hits=HITS, types=TYPES)
