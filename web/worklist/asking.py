"""What an address of the worklist asks for: the tab and the filters."""

from __future__ import annotations

from flask import request

from tasks.worklist.queries import begins_with, choices
from tasks.worklist.views import Choices, WorklistView
from web.visitor import actor, the_banli
from web.worklist.filters import Asked, asked


def asked_here() -> tuple[WorklistView, Asked, Choices | None]:
    """The tab and the filters of this address, and where names may have been typed, those that the tab offers."""
    name = request.args.get("view", "")
    view = WorklistView(name) if name in set(WorklistView) else begins_with(the_banli(), actor())
    offered = choices(the_banli(), actor(), view) if request.args.get("q") else None
    steps, units = (offered.steps, offered.units) if offered else ((), ())
    return view, asked(request.args.to_dict(), steps, units), offered
