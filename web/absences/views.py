"""The page of absences: mine, those that I look after, those in which I stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.absences import service
from tasks.absences.queries import absences
from tasks.absences.views import AbsenceWish
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.navigation import is_staff
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError


def listing() -> str:
    """The absences that concern me, and the form for a new one."""
    return _page()


def set_absence() -> Response | tuple[str, int]:
    """Sets an absence; what is wrong is said beside the fields."""
    wish = AbsenceWish(
        account=request.form.get("account", "") or actor().account,
        substitute=request.form.get("substitute", ""),
        first_day=request.form.get("first_day", ""),
        last_day=request.form.get("last_day", ""),
        remark=request.form.get("remark", ""),
    )
    try:
        service.set_absence(the_banli(), actor(), wish)
    except FormInvalid as refused:
        return _page(refused.errors), 422
    flash(tell(say("The absence is set")), "good")
    return redirect(url_for("absences.listing"), code=303)


def accept(absence_id: int) -> Response:
    """An administrator lets a substitute of another unit pass."""
    service.accept(the_banli(), actor(), absence_id)
    flash(tell(say("The substitute is accepted")), "good")
    return redirect(url_for("absences.listing"), code=303)


def end(absence_id: int) -> Response:
    """She is back, or does not go at all."""
    service.end(the_banli(), actor(), absence_id)
    flash(tell(say("The absence is ended")), "good")
    return redirect(url_for("absences.listing"), code=303)


def _page(errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "absences/list.html",
        page=absences(the_banli(), actor()),
        errors=errors,
        typed=request.form,
        staff=is_staff(actor()),
    )
