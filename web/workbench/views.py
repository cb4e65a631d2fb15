"""The workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for

from engine.message import Message, say
from tasks.cases.queries import home as home_of
from tasks.notices.queries import notices
from web.access import NEEDS
from web.language import now
from web.navigation import is_staff
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("workbench", __name__)
NEWS = 4
"""So many of the newest notices are on the workbench."""


@blueprint.get("/")
def home() -> str | Response:
    """The workbench of an office; a deputy's first page is the portal, an administrator's the administration."""
    person = actor()
    if not is_staff(person) and NEEDS["portal.home"] & person.permissions:
        return redirect(url_for("portal.home"), code=303)
    if not NEEDS["worklist.listing"] & person.permissions and NEEDS["admin.home"] & person.permissions:
        return redirect(url_for("admin.home"), code=303)
    news = notices(the_banli(), person).rows[:NEWS]
    return render_template("workbench/home.html", page=home_of(the_banli(), person), news=news, greeting=_greeting())


def _greeting() -> Message:
    hour = now().hour
    if hour < 5 or hour >= 18:
        return say("Good evening, {name}", name=actor().name)
    return (
        say("Good morning, {name}", name=actor().name)
        if hour < 12
        else say("Good afternoon, {name}", name=actor().name)
    )
