"""What somebody sees who submits a task after her session has ended."""

from __future__ import annotations

from flask import request

from engine.message import say
from web.auth.keeping import typed
from web.auth.page import sign_in_page
from web.language import tell


def came_too_late() -> tuple[str, int]:
    """The sign-in page with everything she typed kept behind it."""
    ended = tell(say("Your session has ended. Sign in again: what you typed is kept and will stand in the form."))
    return sign_in_page(refused=ended, kept=typed(), wanted=request.path), 401
