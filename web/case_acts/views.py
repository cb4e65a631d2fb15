"""Small forms on a case: more time (延期), a paused clock (暂停计时), key item (列为重点), withdrawal (撤案)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.cases.queries import case, portal_item
from tasks.handling.extensions import KINDS, TOLD, ask
from tasks.handling.item_withdrawals import withdraw_item
from tasks.handling.key_items import KEY_KINDS, Designation, make_key
from tasks.pausing.service import pause as pause_clock
from tasks.pausing.service import resume as run_clock
from tasks.pausing.service import resuming as would_resume
from tasks.pausing.views import KINDS as PAUSE_KINDS
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError

blueprint = Blueprint("case_acts", __name__)


@blueprint.get("/cases/<int:item_id>/extension")
def extension(item_id: int) -> str:
    """The request for more time."""
    return _extension(item_id, {"told_on": the_banli().today().isoformat()})


@blueprint.post("/cases/<int:item_id>/extension")
def ask_extension(item_id: int) -> Response | tuple[str, int]:
    """Hands the request to the hub."""
    typed = request.form.to_dict()
    values = {**typed, "wanted": _day(typed.get("wanted")), "told_on": _day(typed.get("told_on"))}
    try:
        ask(the_banli(), actor(), item_id, values, request_id=typed.get("request_id") or None)
    except FormInvalid as refused:
        return _extension(item_id, typed, refused.errors), 422
    flash(tell(say("The request is with the hub; the date holds until it is approved.")), "good")
    return redirect(url_for("cases.show", item_id=item_id), code=303)


@blueprint.get("/cases/<int:item_id>/pause")
def pausing(item_id: int) -> str:
    """Why the clock shall stand still."""
    return _pausing(item_id, {})


@blueprint.post("/cases/<int:item_id>/pause")
def pause(item_id: int) -> Response | tuple[str, int]:
    """Lets the clock stand still."""
    typed = request.form.to_dict()
    expected = typed.get("expected", "").strip()
    values = {**typed, "expected": (_day(expected) or expected) if expected else None}
    try:
        pause_clock(the_banli(), actor(), item_id, values, request_id=typed.get("request_id") or None)
    except FormInvalid as refused:
        return _pausing(item_id, typed, refused.errors), 422
    flash(tell(say("The clock stands still. Nothing of this case becomes late until it runs again.")), "good")
    return redirect(url_for("cases.show", item_id=item_id), code=303)


@blueprint.get("/cases/<int:item_id>/resume")
def resuming(item_id: int) -> str:
    """Every date that moves when the clock runs again now."""
    return _resuming(item_id)


@blueprint.post("/cases/<int:item_id>/resume")
def resume(item_id: int) -> Response | tuple[str, int]:
    """Lets the clock run again; the dates of the list move."""
    typed = request.form.to_dict()
    try:
        run_clock(
            the_banli(), actor(), item_id, typed.get("mark", ""), request_id=typed.get("request_id") or None
        )
    except FormInvalid as refused:
        return _resuming(item_id, refused.errors), 422
    flash(tell(say("The clock runs again; the dates have moved.")), "good")
    return redirect(url_for("cases.show", item_id=item_id), code=303)


@blueprint.get("/cases/<int:item_id>/key")
def key(item_id: int) -> str:
    """What kind of key item it is."""
    return _key(item_id, {})


@blueprint.post("/cases/<int:item_id>/key")
def designate(item_id: int) -> Response | tuple[str, int]:
    """Makes it a key item; a running review learns of it."""
    typed = request.form.to_dict()
    try:
        make_key(the_banli(), actor(), item_id, _designation(typed))
    except FormInvalid as refused:
        return _key(item_id, typed, refused.errors), 422
    flash(tell(say("Noted. A reply in review goes on along the chain that holds now.")), "good")
    return redirect(url_for("cases.show", item_id=item_id), code=303)


@blueprint.get("/portal/<int:item_id>/withdraw")
def withdrawal(item_id: int) -> str:
    """Before an item is withdrawn: what it means, and whom it reaches."""
    return _withdrawal(item_id, {})


@blueprint.post("/portal/<int:item_id>/withdraw")
def withdraw(item_id: int) -> Response | tuple[str, int]:
    """Withdraws the item, or agrees to its withdrawal."""
    typed = request.form.to_dict()
    try:
        ended = withdraw_item(the_banli(), actor(), item_id, typed.get("withdrawal_reason", ""))
    except FormInvalid as refused:
        return _withdrawal(item_id, typed, refused.errors), 422
    told = say("The item is withdrawn.") if ended else say("Noted. It is withdrawn when all who signed have agreed.")
    flash(tell(told), "good")
    return redirect(url_for("portal.show", item_id=item_id), code=303)


def _extension(item_id: int, typed: dict[str, Any], errors: tuple[FieldError, ...] | list[FieldError] = ()) -> str:
    page = case(the_banli(), actor(), item_id)
    if "extension" not in page.acts:
        abort(404)
    return render_template(
        "case_acts/extension.html", item=page.item, typed=typed, errors=errors, kinds=KINDS, told=TOLD
    )


def _pausing(item_id: int, typed: dict[str, Any], errors: tuple[FieldError, ...] | list[FieldError] = ()) -> str:
    page = case(the_banli(), actor(), item_id)
    if "pause" not in page.acts:
        abort(404)
    return render_template("case_acts/pause.html", item=page.item, typed=typed, errors=errors, kinds=PAUSE_KINDS)


def _resuming(item_id: int, errors: tuple[FieldError, ...] | list[FieldError] = ()) -> str:
    page = case(the_banli(), actor(), item_id)
    plan = would_resume(the_banli(), actor(), item_id)
    if plan is None:
        abort(404)
    return render_template("case_acts/resume.html", item=page.item, plan=plan, errors=errors)


def _key(item_id: int, typed: dict[str, Any], errors: tuple[FieldError, ...] | list[FieldError] = ()) -> str:
    page = case(the_banli(), actor(), item_id)
    if "key" not in page.acts:
        abort(404)
    return render_template("case_acts/key.html", item=page.item, typed=typed, errors=errors, kinds=KEY_KINDS)


def _designation(typed: dict[str, str]) -> Designation:
    told = (typed.get(f"key_{name}", "").strip()[:1000] for name in ("note", "supervisor", "plan", "reason"))
    return Designation(typed.get("key", ""), *told)


def _withdrawal(item_id: int, typed: dict[str, Any], errors: tuple[FieldError, ...] | list[FieldError] = ()) -> str:
    one = portal_item(the_banli(), actor(), item_id)
    if not one.may_withdraw:
        abort(404)
    return render_template("case_acts/withdraw.html", one=one, item=one.item, typed=typed, errors=errors)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None
