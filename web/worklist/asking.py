"""What an address of the worklist asks for: the tab and the filters."""

from __future__ import annotations

from flask import request

from tasks.worklist.queries import begins_with, worklist
from tasks.worklist.views import WorklistFilters, WorklistView
from web.visitor import actor, the_banli
from web.worklist.filters import Asked, asked


def asked_here() -> tuple[WorklistView, Asked]:
    """The tab and the filters of this address; names that were typed are looked up among those on the page."""
    name = request.args.get("view", "")
    view = WorklistView(name) if name in set(WorklistView) else begins_with(the_banli(), actor())
    choices = worklist(the_banli(), actor(), view, WorklistFilters(), 1) if request.args.get("q") else None
    wanted = asked(request.args.to_dict(), choices.steps if choices else (), choices.units if choices else ())
    return view, wanted
