"""The sheet on which a leader signs by hand (呈批单)."""

from __future__ import annotations

from flask import render_template

from tasks.desks.signing_sheet import VERDICTS, signing_sheet
from web.visitor import actor, the_banli


def show(task_id: str) -> str:
    """The sheet, laid out for A4."""
    return render_template(
        "worklist/sheet.html", sheet=signing_sheet(the_banli(), actor(), task_id), verdicts=VERDICTS
    )
