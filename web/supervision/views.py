"""The pages of supervision."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.cases.queries import case
from tasks.deadlines.views import Light
from tasks.supervision.board import LIGHTS
from tasks.supervision.board import board as board_of
from tasks.supervision.board import slip as slip_of
from tasks.supervision.chasing import chase
from tasks.supervision.inspections import NewInspection, record, settle
from tasks.supervision.reminders import remind as press
from tasks.supervision.slips import LEVELS, NewSlip, issue, may_supervise
from tasks.supervision.unit_slips import unit_slip
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError

blueprint = Blueprint("supervision", __name__, url_prefix="/supervision")
_ROWS = 3
"""Rectifications that a new record has room for."""


@blueprint.get("")
def board() -> str:
    """Tasks by their light, slips with their state, what is due for the bulletin, inspections.

    With a case in the address, the form for an inspection stands open for it.
    """
    item = request.args.get("item", "")
    return _board({"inspection": {"item": item}} if item.isdigit() else {}, ())


@blueprint.post("/remind")
def remind() -> Response | tuple[str, int]:
    """Presses who has the chosen tasks."""
    tasks, text = request.form.getlist("task"), request.form.get("text", "")
    try:
        done = press(the_banli(), actor(), tasks, text)
    except FormInvalid as refused:
        return _board({"text": text, "tasks": tasks}, refused.errors), 422
    flash(tell(say("{n} tasks were pressed.", n=done)), "good")
    return _back()


@blueprint.post("/round")
def go_round() -> Response:
    """Goes through all open tasks now, as the daily round does."""
    if not may_supervise(actor()):
        raise NotAllowed(say("Only the hub presses units and issues slips."))
    done = chase(the_banli())
    flash(tell(say("The round is made: {n} reminders, {slips} slips.", n=done.reminders, slips=done.slips)), "good")
    return _back()


@blueprint.get("/slips/new")
def write() -> str:
    """The form for a slip to a unit about a case."""
    return _slip_form(request.args.to_dict(), ())


@blueprint.post("/slips")
def issue_slip() -> Response | tuple[str, int]:
    """Issues a slip, or sends a red one to the leader for signature."""
    sent = request.form
    item = sent.get("item", type=int) or 0
    new = NewSlip(
        (item,), sent.get("unit", ""), sent.get("level", ""), sent.get("problem", ""), sent.get("requirement", "")
    )
    try:
        made = issue(the_banli(), actor(), new)
    except FormInvalid as refused:
        return _slip_form(sent.to_dict(), refused.errors), 422
    flash(tell(say("The slip is on its way.")), "good")
    return redirect(url_for("supervision.slip", slip_id=made), code=303)


@blueprint.get("/units/<code>/slip")
def write_unit(code: str) -> str:
    """The form for one slip to a unit about several of its cases."""
    return _unit_form(code, {}, None, ())


@blueprint.post("/units/<code>/slip")
def issue_unit(code: str) -> Response | tuple[str, int]:
    """Issues one slip about the chosen cases; its process runs once."""
    sent = request.form
    chosen = [int(one) for one in sent.getlist("item") if one.isdigit()]
    new = NewSlip(
        tuple(dict.fromkeys(chosen)), code, sent.get("level", ""), sent.get("problem", ""), sent.get("requirement", "")
    )
    try:
        made = issue(the_banli(), actor(), new)
    except FormInvalid as refused:
        return _unit_form(code, sent.to_dict(), chosen, refused.errors), 422
    flash(tell(say("The slip is on its way.")), "good")
    return redirect(url_for("supervision.slip", slip_id=made), code=303)


@blueprint.get("/slips/<int:slip_id>")
def slip(slip_id: int) -> str:
    """One slip as it is printed, with the unit's answer."""
    return render_template("supervision/slip.html", slip=slip_of(the_banli(), actor(), slip_id))


@blueprint.post("/inspections")
def inspect() -> Response | tuple[str, int]:
    """Keeps an inspection with what has to be put right."""
    sent = request.form
    rows = [
        (sent.get(f"rectify-{place}", ""), _day(sent.get(f"due-{place}", "")))
        for place in range(_ROWS)
        if sent.get(f"rectify-{place}") or sent.get(f"due-{place}")
    ]
    new = NewInspection(
        sent.get("kind", ""), sent.get("unit", ""), sent.get("item", type=int), _day(sent.get("on", "")),
        sent.get("people", ""), sent.get("findings", ""), rows,
    )  # fmt: skip
    try:
        record(the_banli(), actor(), new)
    except FormInvalid as refused:
        return _board({"inspection": sent.to_dict()}, refused.errors), 422
    flash(tell(say("The inspection is on record.")), "good")
    return _back("inspections")


@blueprint.post("/rectifications/<int:rectification_id>")
def rectified(rectification_id: int) -> Response:
    """Ticks a rectification off."""
    day = _day(request.form.get("done_on", ""))
    try:
        settle(the_banli(), actor(), rectification_id, result=request.form.get("result", ""), done_on=day)
    except FormInvalid as refused:
        flash(" ".join(tell(error.message) for error in refused.errors), "bad")
    return _back("inspections")


def _board(values: Mapping[str, object], errors: Sequence[FieldError]) -> str:
    light, unit = request.args.get("light", ""), request.args.get("unit", "")
    return render_template(
        "supervision/board.html",
        page=board_of(the_banli(), actor(), light, unit, max(request.args.get("page", 1, type=int), 1)),
        lights=LIGHTS,
        light=light,
        unit=unit,
        values=values,
        errors=errors,
        places=range(_ROWS),
    )


def _unit_form(
    code: str, values: Mapping[str, str], chosen: Sequence[int] | None, errors: Sequence[FieldError]
) -> str:
    """Without a choice of hers yet, the late cases and those for which the table asks for a slip are chosen."""
    page = unit_slip(the_banli(), actor(), code)
    picked = set(chosen) if chosen is not None else {
        one.item_id for one in page.cases if one.asked or one.due.light == Light.OVERDUE
    }
    return render_template(
        "supervision/unit_slip.html", page=page, levels=LEVELS, values=values, picked=picked, errors=errors
    )


def _slip_form(values: Mapping[str, str], errors: Sequence[FieldError]) -> str:
    if not may_supervise(actor()):
        raise NotAllowed(say("Only the hub presses units and issues slips."))
    if not values.get("item", "").isdigit():
        raise NotFound(say("There is no such item, or it is not one of yours."))
    page = case(the_banli(), actor(), int(values["item"]))
    units = {part.unit_code: part.unit for part in page.assignments if part.round == page.item.round}
    return render_template(
        "supervision/write.html", item=page.item, units=units, levels=LEVELS, values=values, errors=errors
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _back(anchor: str | None = None) -> Response:
    return redirect(url_for("supervision.board", _anchor=anchor), code=303)
