"""The page of deadlines."""

from __future__ import annotations

from flask import render_template, request

from tasks.changes import queries
from tasks.deadlines.admin import deadline_page
from web.visitor import actor, the_banli


def show() -> str:
    """P1–P21 and named ones, with the calendar's years and a try-out."""
    page = deadline_page(the_banli(), actor(), request.args.get("code", ""), request.args.get("start", ""))
    log = queries.changes(the_banli(), actor(), kind="deadline", most=5)
    return render_template("admin/deadlines.html", page=page, log=log)
