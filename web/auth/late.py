"""What somebody sees who submits a form after her session has ended."""

from __future__ import annotations

from flask import request, url_for

from engine.message import say
from web.auth.page import sign_in_page
from web.language import tell
from web.written import came_from, packed

_REFILLED = say("Your session has ended. Sign in again: what you typed is kept and will stand in the form.")
_RETURNED = say(
    "Your session has ended and nothing was done. Sign in again: what you had written is then given back to you."
)


def came_too_late(*, filled_again: bool) -> tuple[str, int]:
    """The sign-in page with everything she typed kept behind it."""
    wanted = request.path if filled_again else came_from() or url_for("workbench.home")
    return sign_in_page(refused=tell(_REFILLED if filled_again else _RETURNED), kept=packed(), wanted=wanted), 401
