"""Moving the demonstration's clock: the county goes on working meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, request, url_for

from engine.message import say
from tasks.accounts.service import sign_in_as
from tasks.demonstration.service import can_move, move_on, next_working_day
from web import visitor
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("demonstration", __name__)
WEEK = 7


def movable() -> bool:
    """Whether this visitor may move the clock: only in a demonstration, and only on this machine."""
    return can_move(the_banli()) and visitor.demonstration_allowed()


@blueprint.post("/demonstration/move-on")
def move() -> Response:
    """Lets the time to the next working day, or a week, pass."""
    if not movable():
        abort(404)
    days = WEEK if request.form.get("span") == "week" else next_working_day(the_banli())
    account = actor().account
    acts = move_on(the_banli(), actor(), days)
    # Her session has grown old in the days that passed: she enters again as the person she was.
    answer = visitor.remember(redirect(url_for("workbench.home"), code=303), sign_in_as(the_banli(), account).token)
    day = tell(
        say(
            "It is {day} now. Your colleagues have done {acts} tasks; yours are untouched.",
            day=the_banli().today(),
            acts=acts,
        )
    )
    flash(day)
    return answer
