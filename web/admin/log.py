"""The first page of the room, the log of changes, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.changes import following, queries, service
from tasks.changes.attention import attention
from tasks.changes.errors import TakingBackRefused
from tasks.changes.service import RUNNING
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from tasks.forms.views import FieldError


def home() -> str:
    """What needs attention, what was changed lately, and what may be changed."""
    return render_template(
        "admin/home.html",
        attention=attention(the_banli(), actor()),
        log=queries.changes(the_banli(), actor(), most=8),
    )


def changes() -> str:
    """The log, newest first."""
    before = request.args.get("before", type=int)
    found = queries.changes(the_banli(), actor(), before=before)
    return render_template("admin/changes.html", log=found, more=found[-1].change_id if len(found) == 50 else None)


def change(change_id: int) -> str:
    """One change, with how far running cases have followed."""
    return render_template("admin/change.html", row=queries.one_change(the_banli(), actor(), change_id))


def take_back(change_id: int) -> str | tuple[str, int]:
    """What taking it back would do."""
    return _taking_back(change_id)


def taken_back(change_id: int) -> Response | tuple[str, int]:
    """Takes it back: for running cases too where it was made for them."""
    why = request.form.get("why", "")
    row = queries.one_change(the_banli(), actor(), change_id)
    try:
        if row.reach == RUNNING:
            number = following.take_back_for_all(
                the_banli(), actor(), change_id, why, request.form.get("mark", "")
            )
        else:
            number = service.take_back(the_banli(), actor(), change_id, why)
    except FormInvalid as refused:
        page = _taking_back(change_id, refused.errors)
        return (page, 422) if isinstance(page, str) else page
    except TakingBackRefused as refused:
        return render_template("admin/change.html", row=row, refused=refused.message), 409
    flash(tell(say("Taken back. It is in force from now on.")), "good")
    return redirect(url_for("admin.change", change_id=number), code=303)


def _taking_back(change_id: int, errors: Sequence[FieldError] = ()) -> str | tuple[str, int]:
    row = queries.one_change(the_banli(), actor(), change_id)
    if row.obstacle is not None:
        return render_template("admin/change.html", row=row, refused=row.obstacle), 409
    plan = following.plan_of_taking_back(the_banli(), actor(), change_id) if row.reach == RUNNING else None
    return render_template("admin/take_back.html", row=row, plan=plan, errors=errors)
