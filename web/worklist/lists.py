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
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim, release
from tasks.worklist.views import TaskRow, WorklistFilters, WorklistView
from web.language import language, local_date, tell, today
from web.visitor import actor, the_banli
from web.worklist.filters import asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of like urgency under one heading."""

    heading: Message | None
    rows: Sequence[TaskRow]


def listing() -> Response:
    """One view of the worklist; the same address with an ETag answers 304 while nothing changed."""
    view = _view(request.args.get("view", ""))
    number = max(request.args.get("page", 1, type=int) or 1, 1)
    person = actor()
    page = worklist(the_banli(), person, view, WorklistFilters(), 1) if request.args.get("q") else None
    wanted = asked(request.args.to_dict(), page.steps if page else (), page.units if page else ())
    page = worklist(the_banli(), person, view, wanted.filters, number)
    values = {
        "page": page,
        "typed": wanted.typed,
        "filters": wanted.filters,
        "sections": sections(page.rows, view),
        "WorklistView": WorklistView,
    }
    etag = hashlib.sha256(f"{language()} {today()} {page!r}".encode()).hexdigest()[:32]
    partly = bool(request.headers.get("HX-Request"))
    if partly and request.if_none_match.contains(etag):
        return Response(status=304)
    answer = make_response(
        render_template("worklist/rows.html" if partly else "worklist/list.html", **values, etag=etag)
    )
    answer.set_etag(etag)
    return answer


def act() -> AnyResponse:
    """Claims or puts back all ticked tasks; what cannot be done is told, the rest is done."""
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
    return redirect(request.form.get("back") if _is_list(request.form.get("back", "")) else "/tasks", code=303)


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
    "later": say("Later"),
    "none": say("Without a date"),
}


def _urgency(row: TaskRow) -> str:
    if row.due is None:
        return "none"
    days = (local_date(row.due.at) - today()) / dt.timedelta(days=1)
    if row.due.light == "overdue":
        return "late"
    return "soon" if days <= 3 else "week" if days <= 7 else "later"


def _view(name: str) -> WorklistView:
    return WorklistView(name) if name in set(WorklistView) else WorklistView.MINE


def _is_list(address: str) -> bool:
    return address == "/tasks" or address.startswith("/tasks?")
