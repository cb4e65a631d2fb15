"""The worklist: views, filters, acts on the selection, and a cheap answer to those who ask again."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, flash, make_response, redirect, render_template, request

from engine.errors import Conflict, NotFound
from engine.message import Message, say
from tasks.accounts.errors import NotAllowed
from tasks.saved_views.service import Place
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim, release
from tasks.worklist.views import TaskRow, WorklistView
from web.language import language, local_date, tell, today
from web.saved_views.shown import saved
from web.visitor import actor, the_banli
from web.worklist import handing
from web.worklist.asking import asked_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of like urgency under one heading."""

    heading: Message | None
    rows: Sequence[TaskRow]


def listing() -> AnyResponse:
    """One view of the worklist; the same address with an ETag answers 304 while nothing changed."""
    kept = saved(Place.WORKLIST)
    if kept.opens_with:
        return redirect(kept.opens_with, code=303)
    number = max(request.args.get("page", 1, type=int) or 1, 1)
    view, wanted, offered = asked_here()
    page = worklist(the_banli(), actor(), view, wanted.filters, number, offered)
    values = {
        "page": page,
        "typed": wanted.typed,
        "filters": wanted.filters,
        "sections": sections(page.rows, view) if not wanted.filters.sort else [Section(None, page.rows)],
        "saved": kept,
        "WorklistView": WorklistView,
    }
    etag = hashlib.sha256(f"{language()} {today()} {page!r} {kept!r}".encode()).hexdigest()[:32]
    partly = bool(request.headers.get("HX-Request"))
    if partly and request.if_none_match.contains(etag):
        return Response(status=304)
    answer = make_response(
        render_template("worklist/rows.html" if partly else "worklist/list.html", **values, etag=etag)
    )
    answer.set_etag(etag)
    return answer


def act() -> AnyResponse | str:
    """Claims or puts back all ticked tasks; what cannot be done is told, the rest is done."""
    if request.form.get("act") == "hand_over":
        return handing.ask(request.form.getlist("task"), _back())
    service, done = {
        "claim": (claim, say("{n} claimed", n=0)),
        "release": (release, say("{n} put back", n=0)),
    }.get(request.form.get("act", ""), (None, None))
    count, refused = 0, []
    for task_id in request.form.getlist("task"):
        if service is None:
            break
        try:
            service(the_banli(), actor(), task_id)
            count += 1
        except (Conflict, NotAllowed, NotFound) as error:
            refused.append(tell(error.message))
    if count and done:
        flash(tell(Message(done.template, {"n": count})), "good")
    for words in dict.fromkeys(refused):
        flash(words, "soon")
    return redirect(_back(), code=303)


def sections(rows: Sequence[TaskRow], view: WorklistView) -> list[Section]:
    """Rows by urgency, in the order of the query; finished ones need no urgency."""
    if view is WorklistView.DONE:
        return [Section(None, rows)]
    found: dict[str, list[TaskRow]] = {}
    for row in rows:
        found.setdefault(_urgency(row), []).append(row)
    return [Section(HEADINGS[name], found[name]) for name in HEADINGS if name in found]


HEADINGS = {
    "late": say("Overdue"),
    "soon": say("Within three days"),
    "week": say("Within a week"),
    "later": say("Due later"),
    "none": say("Without a date"),
}


def _urgency(row: TaskRow) -> str:
    if row.due is None:
        return "none"
    days = (local_date(row.due.at) - today()) / dt.timedelta(days=1)
    if row.due.light == "overdue":
        return "late"
    return "soon" if days <= 3 else "week" if days <= 7 else "later"


def _back() -> str:
    """The list from which the act was sent, and nothing outside it."""
    address = request.form.get("back", "")
    return address if address == "/tasks" or address.startswith("/tasks?") else "/tasks"
