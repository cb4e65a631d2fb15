"""Holiday years: paste the notice, see every day and every date that moves, publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, redirect, render_template, request, url_for

from engine.errors import NotFound
from engine.message import say
from tasks.changes import following, queries, service
from tasks.changes.service import Part
from tasks.deadlines.notice import read_notice
from tasks.deadlines.years import YearRefused, content_of, from_json, read_line, to_json, with_local_day, year_content
from tasks.forms.views import FieldError
from tasks.worklist.errors import FormInvalid
from web.downloads import named
from web.language import tell
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as Answer

    from tasks.changes.kinds import Content
    from tasks.deadlines.notice import Notice

KIND = "holiday_year"
LARGEST_JSON = 200_000


def show() -> str:
    """The years, the form for the notice, local days, and files."""
    return _page()


def read() -> str | tuple[str, int]:
    """Reads a pasted notice: every day and every date that moves, for confirmation."""
    text = request.form.get("notice", "")
    notice = read_notice(text)
    if notice.problems:
        errors = [FieldError("notice", "", problem) for problem in notice.problems]
        return _page(errors), 422
    source = request.form.get("source", "").strip() or f"国务院办公厅关于{notice.year}年部分节假日安排的通知"
    return _preview(content_of(notice, source[:200]), notice)


def local_day() -> str | tuple[str, int]:
    """A day of the area's own: a local holiday, or a local working day."""
    day, kind, name = (request.form.get(part, "") for part in ("day", "day_kind", "day_name"))
    years = service.contents(the_banli(), KIND)
    errors = []
    if read_line(f"{day} 本地 x") is None or day[:4] not in years:
        message = say("Expected a day of a year of the calendar, found “{found}”.", found=day)
        errors.append(FieldError("day", "", message))
    if kind not in ("local", "makeup"):
        errors.append(FieldError("day_kind", "", say("Choose whether the offices rest or work.")))
    if not name.strip() or len(name) > 40:
        errors.append(FieldError("day_name", "", say("Name the day, in at most 40 characters.")))
    if errors:
        return _page(errors), 422
    return _preview(with_local_day(years[day[:4]], day, kind, name))


def bring_in() -> str | tuple[str, int]:
    """A year from a file that another installation exported."""
    file = request.files.get("file")
    content = file.read(LARGEST_JSON + 1) if file else b""
    try:
        if len(content) > LARGEST_JSON:
            raise YearRefused(say("The file is too large for a year of the calendar."))  # noqa: TRY301
        return _preview(from_json(content))
    except YearRefused as refused:
        return _page([FieldError("file", "", refused.message)]), 422


def publish() -> Answer | str | tuple[str, int]:
    """The days and dates were seen: they hold now, for running cases too."""
    year = request.form.get("year", type=int) or 0
    content = year_content(
        year, request.form.get("days", "").splitlines(), request.form.get("source", "")[:200],
        published=request.form.get("published") == "true",
    )  # fmt: skip
    part = Part(KIND, str(year), content, request.form.get("seen", ""))
    why = request.form.get("why", "")
    try:
        number = following.confirm(the_banli(), actor(), [part], why, request.form.get("mark", ""))
    except FormInvalid as refused:
        return _preview(content, errors=refused.errors)
    flash(tell(say("The days of {year} hold from now on", year=year)), "good")
    return redirect(url_for("admin.change", change_id=number), code=303)


def export(year: int) -> Response:
    """A year as a file."""
    content = service.contents(the_banli(), KIND).get(str(year))
    service.allow(actor())
    if content is None:
        raise NotFound(say("There is no such year."))
    return named(Response(to_json(content), mimetype="application/json"), f"{year}.json")


def _preview(
    content: Content, notice: Notice | None = None, errors: Sequence[FieldError] = ()
) -> str | tuple[str, int]:
    before = service.contents(the_banli(), KIND).get(str(content["year"]))
    part = Part(KIND, str(content["year"]), content)
    try:
        plan = following.plan(the_banli(), actor(), [part])
    except FormInvalid as refused:
        return _page(refused.errors), 422
    days = [found for found in (read_line(line) for line in content["days"]) if found is not None]
    page = render_template(
        "admin/year.html", content=content, days=days, plan=plan, notice=notice, errors=errors, before=before,
        seen=service.digest_of(before), removed=[line for line in (before or {"days": []})["days"]
                                                 if line not in content["days"]],
    )  # fmt: skip
    return (page, 422) if errors else page


def _page(errors: Sequence[FieldError] = ()) -> str:
    years = service.contents(the_banli(), KIND)
    return render_template(
        "admin/calendar.html", years=list(reversed(years.values())), errors=errors, typed=request.form,
        log=queries.changes(the_banli(), actor(), kind=KIND, most=5),
        shown=[(year, [found for found in map(read_line, content["days"]) if found]) for year, content in
               reversed(years.items()) if int(year) >= the_banli().today().year],
    )  # fmt: skip
