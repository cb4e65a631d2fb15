"""The page of the review chain: the table as the office reads it, its rows, and a try-out."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.errors import NotFound
from engine.message import say
from tasks.chains.queries import TRIED, chain_page, node_names, touched
from tasks.chains.table import ANY, DECISION, ChainRow, content_of, numbered, with_row, words_of
from tasks.changes import queries, service
from tasks.changes.service import Part
from tasks.worklist.errors import FormInvalid
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from tasks.chains.views import ChainPage
    from tasks.forms.views import FieldError

NEW_ROW = "new"


def show() -> str:
    """The whole table; with a made-up reply, the row that it meets."""
    given = {name: request.args[name] for name in TRIED if name in request.args} if "try" in request.args else None
    page = chain_page(the_banli(), actor(), given)
    log = queries.changes(the_banli(), actor(), kind=DECISION, most=5)
    return render_template("admin/chain.html", page=page, log=log, tried=TRIED, given=given or {})


def edit(row_id: str) -> str:
    """The form of one row, or of a new one."""
    page = chain_page(the_banli(), actor())
    return _form(page, _row(page, row_id), _place(page, row_id))


def save(row_id: str) -> Response | str | tuple[str, int]:
    """Writes the row into the table in force; `act` may also insert an empty reviewer, or remove the row."""
    page = chain_page(the_banli(), actor())
    former = _row(page, row_id)
    typed = _typed(page, former)
    place = _typed_place(page, row_id)
    act = request.form.get("act", "save")
    if act.startswith("insert:"):
        at = int(act[7:]) if act[7:].isdigit() else len(typed.nodes)
        nodes = [*_raw_nodes()]
        nodes.insert(at, "")
        return _form(page, replace(typed, nodes=tuple(nodes)), place)
    rows = [one.row for one in page.rows]
    others = [row for row in rows if row.id != former.id]
    after = others if act == "remove" else with_row(others, typed, min(place, len(others)))
    why = request.form.get("why", "")
    try:
        part = Part(DECISION, DECISION, content_of(after), request.form.get("seen", ""))
        number = service.change(the_banli(), actor(), [part], why)
    except FormInvalid as refused:
        return _form(page, typed, place, refused.errors), 422
    flash(tell(say("The table of review chains is changed: it holds for the next review.")), "good")
    return redirect(url_for("admin.change", change_id=number), code=303)


def _row(page: ChainPage, row_id: str) -> ChainRow:
    rows = [one.row for one in page.rows]
    if row_id == NEW_ROW:
        return ChainRow(f"review_chain_row_{uuid.uuid4().hex[:8]}", (ANY,) * len(page.columns), (), "", numbered(rows),
                        "", "")  # fmt: skip
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        raise NotFound(say("There is no such row."))
    return found


def _place(page: ChainPage, row_id: str) -> int:
    return next((n for n, one in enumerate(page.rows) if one.row.id == row_id), 0)


def _typed_place(page: ChainPage, row_id: str) -> int:
    text = request.form.get("place", "")
    return max(int(text) - 1, 0) if text.isdigit() else _place(page, row_id)


def _raw_nodes() -> list[str]:
    return request.form.getlist("nodes")


def _typed(page: ChainPage, former: ChainRow) -> ChainRow:
    tests = tuple(
        request.form.get(f"test-{column.name}", test) or ANY
        for column, test in zip(page.columns, former.tests, strict=True)
    )
    allowed = [{ANY, test, *page.choices.get(column.name, {})}
               for column, test in zip(page.columns, former.tests, strict=True)]  # fmt: skip
    kept = tuple(test if test in known else ANY for test, known in zip(tests, allowed, strict=True))
    nodes = former.nodes if former.expression else tuple(code for code in _raw_nodes() if code)
    return replace(
        former, id=request.form.get("id", former.id) if request.view_args == {"row_id": NEW_ROW} else former.id,
        tests=kept, nodes=nodes, label=request.form.get("label", "").strip(),
        basis=request.form.get("basis", "").strip(), note=request.form.get("note", "").strip(),
    )  # fmt: skip


def _form(page: ChainPage, row: ChainRow, place: int, errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "admin/chain_row.html", page=page, row=row, place=place, errors=errors, names=node_names(the_banli()),
        words_of=words_of,
        touched=touched(the_banli(), row, page.columns), new=(request.view_args or {}).get("row_id") == NEW_ROW,
    )  # fmt: skip
