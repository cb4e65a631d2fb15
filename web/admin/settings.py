"""Lists and forms of settings: one pair of pages for every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from engine.errors import NotFound
from engine.message import say
from tasks.changes import following, pages, queries, service
from tasks.changes.fields import NO, FieldType
from tasks.changes.pages import NEW_ONE
from tasks.changes.service import NEW, RUNNING, Part
from tasks.worklist.errors import FormInvalid
from web.admin.beside import beside
from web.admin.rooms import name_of
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from tasks.changes.kinds import Kind
    from tasks.changes.pages import SettingForm
    from tasks.changes.views import SettingRow
    from tasks.forms.views import FieldError


OWN_PAGES = {
    "deadline": "admin.deadlines", "holiday_year": "admin.calendar", "review_chain": "admin.chain",
    "password": "admin.changes",
}  # fmt: skip
"""Kinds that have a page of their own instead of the common list."""
WITHOUT_FORM = frozenset({"review_chain", "password"})
"""Kinds that are changed on their own pages only."""


def _page_of(kind: str, subject: str) -> SettingForm:
    if kind in WITHOUT_FORM:
        raise NotFound(say("There is no such setting."))
    return pages.form(the_banli(), actor(), kind, subject)


def listing(kind: str) -> Response | str:
    """Every setting of a kind; where there is only one, its form."""
    if kind in OWN_PAGES:
        return redirect(url_for(OWN_PAGES[kind]), code=303)
    rows = pages.listing(the_banli(), actor(), kind)
    found = pages.kind_of(kind)
    if len(rows) == 1 and found.subject_of is None:
        return redirect(url_for("admin.edit", kind=kind, subject=rows[0].subject), code=303)
    log = queries.changes(the_banli(), actor(), kind=kind, most=5)
    told, heading = _telling(found, rows), name_of(kind, found.name)
    return render_template("admin/list.html", kind=found, rows=rows, log=log, columns=told, heading=heading)


def _telling(kind: Kind, rows: Sequence[SettingRow]) -> list[int]:
    """The columns that tell something: not what the name says already, and not what is empty or off in every row."""
    found = []
    for place, field in enumerate(kind.fields):
        said = [tell(row.cells[place]) for row in rows]
        silent = {"", tell(NO)} if field.type is FieldType.FLAG else {""}
        named = all(text and text in row.name for text, row in zip(said, rows, strict=True))
        if not field.fixed and not set(said) <= silent and not named:
            found.append(place)
    return found


def edit(kind: str, subject: str) -> str:
    """The form of one setting, or of a new one."""
    page = _page_of(kind, subject)
    return _form(page, _shown(page))


def save(kind: str, subject: str) -> Response | str | tuple[str, int]:
    """Makes the change for what begins from now on; for running cases too, first the list of what will move."""
    page = _page_of(kind, subject)
    given = _given(page)
    part, errors = pages.typed(the_banli(), actor(), page, given, request.form.get("seen", ""))
    why = request.form.get("why", "")
    errors = [*errors, *service.reason_errors(why)]
    if part is None or errors:
        return _form(page, given, errors), 422
    try:
        if request.form.get("reach") == RUNNING:
            plan = following.plan(the_banli(), actor(), [part])
            words = queries.said_differences(the_banli(), page.kind, page.content, part.after)
            return render_template(
                "admin/moves.html", page=page, plan=plan, given=given, why=why, words_of_change=words
            )
        number = service.change(the_banli(), actor(), [part], why)
    except FormInvalid as refused:
        return _form(page, given, refused.errors), 422
    return _done(number)


def confirm(kind: str, subject: str) -> Response | tuple[str, int]:
    """The list was seen: make the change, and let the running cases follow."""
    page = _page_of(kind, subject)
    given = _given(page)
    part, errors = pages.typed(the_banli(), actor(), page, given, request.form.get("seen", ""))
    why = request.form.get("why", "")
    if part is None:
        return _form(page, given, errors), 422
    try:
        number = following.confirm(the_banli(), actor(), [part], why, request.form.get("mark", ""))
    except FormInvalid as refused:
        return _form(page, given, refused.errors), 422
    return _done(number)


def removing(kind: str, subject: str) -> str:
    """Asks for the reason before something is removed."""
    return render_template("admin/remove.html", page=_page_of(kind, subject), errors=())


def remove(kind: str, subject: str) -> Response | tuple[str, int]:
    """Removes it, unless something depends on it."""
    page = _page_of(kind, subject)
    try:
        number = service.change(the_banli(), actor(), [Part(kind, subject, None)], request.form.get("why", ""))
    except FormInvalid as refused:
        return render_template("admin/remove.html", page=page, errors=refused.errors), 422
    return _done(number)


def _done(number: int) -> Response:
    flash(tell(say("Changed. It is in force from now on.")), "good")
    return redirect(url_for("admin.change", change_id=number), code=303)


def _form(page: SettingForm, given: Mapping[str, str | list[str]], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "admin/form.html", page=page, heading=name_of(page.kind.code, page.kind.name), given=given, errors=errors,
        typed=request.form, new=page.subject == NEW_ONE,
        reaches=(NEW, RUNNING) if page.kind.amend is not None else (), beside=beside(page, given),
        log=queries.changes(the_banli(), actor(), kind=page.kind.code, subject=page.subject, most=5),
    )  # fmt: skip


def _given(page: SettingForm) -> dict[str, str | list[str]]:
    many = (FieldType.CHOICES,)
    return {
        field.name: request.form.getlist(field.name) if field.type in many else request.form.get(field.name, "")
        for field in page.kind.fields
    }


def _shown(page: SettingForm) -> dict[str, str | list[str]]:
    """The kept values as the form's controls take them."""
    found: dict[str, str | list[str]] = {}
    for field in page.kind.fields:
        value = (page.content or {}).get(field.name)
        if field.type is FieldType.CHOICES:
            found[field.name] = [str(one) for one in value or ()]
        elif field.type is FieldType.LINES:
            found[field.name] = "\n".join(value or ())
        elif field.type is FieldType.FLAG:
            found[field.name] = "true" if value else ""
        else:
            found[field.name] = "" if value is None else str(value)
    if "effective_from" in found:
        found["effective_from"] = max(the_banli().today().isoformat(), str(found["effective_from"]))
    return found
