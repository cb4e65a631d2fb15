"""All units of a year, one unit's sheet, one figure, the scheme, the ranking, the start."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for

from engine.errors import NotFound
from engine.message import say
from tasks.cases.access import reads_ratings
from tasks.evaluation.access import reads_all
from tasks.evaluation.queries import (
    figure_page,
    overview,
    own_year,
    ranking,
    scheme_page,
    sheet,
    start_page,
    years,
)
from tasks.evaluation.service import NewRun, start_evaluation
from tasks.worklist.errors import FormInvalid
from web.diagrams import told
from web.downloads import named
from web.evaluation.shown import bars, kind_name, office_name, points, quota, register_address, stage_name
from web.evaluation.words import spoken
from web.evaluation.workbook import workbook
from web.language import tell, today
from web.visitor import actor, the_banli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from tasks.forms.views import FieldError

blueprint = Blueprint("evaluation", __name__, url_prefix="/evaluation")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.app_context_processor
def _shown() -> dict[str, object]:
    return {
        "points": points,
        "spoken": spoken,
        "bars": bars,
        "stage_name": stage_name,
        "office_name": office_name,
        "kind_name": kind_name,
        "quota": quota,
        "register_address": register_address,
        "reads_ratings": reads_ratings,
    }


@blueprint.get("")
def show() -> str | AnyResponse:
    """All units of a year; a unit's people find their own sheet, the hub what starts a year."""
    person = actor()
    if not reads_all(person):
        own = own_year(the_banli(), person)
        if own is None:
            return render_template("evaluation/none.html", start=None, errors=(), typed={})
        return redirect(url_for("evaluation.unit", year=own[0], unit=own[1]), code=303)
    known = years(the_banli())
    year = request.args.get("year", type=int) or (known[0] if known else None)
    if year is None or year not in known:
        return _starting(year)
    page = overview(the_banli(), person, year)
    group = request.args.get("group", "")
    rows = [row for row in page.rows if not group or row.group == group]
    return render_template("evaluation/overview.html", page=page, rows=rows, group=group, again=_may_start())


@blueprint.get("/start")
def starting() -> str:
    """What the hub is asked before a year starts."""
    return _starting(request.args.get("year", type=int))


@blueprint.post("/start")
def start() -> AnyResponse | tuple[str, int]:
    """Starts a year for every unit with items; sent again it starts what is missing."""
    year = request.form.get("year", type=int) or today().year
    new = NewRun(year, request.form.get("scheme", ""), _day("cut_off") or today(), _day("self_due"), _day("panel_due"))
    try:
        units = start_evaluation(the_banli(), actor(), new)
    except FormInvalid as refused:
        return _starting(year, refused.errors), 422
    flash(tell(say("The evaluation of {year} runs for {n} units", year=str(year), n=units)), "good")
    return redirect(url_for("evaluation.show", year=year), code=303)


@blueprint.get("/<int:year>/<unit>")
def unit(year: int, unit: str) -> str:
    """The sheet of one unit."""
    return render_template("evaluation/sheet.html", page=sheet(the_banli(), actor(), year, unit))


@blueprint.get("/<int:year>/<unit>/diagram.json")
def diagram(year: int, unit: str) -> Response:
    """The live diagram of one unit's evaluation, for the viewer."""
    return jsonify(told(sheet(the_banli(), actor(), year, unit).diagram))


@blueprint.get("/<int:year>/<unit>/figures/<code>")
def figure(year: int, unit: str, code: str) -> str:
    """Why a figure is what it is."""
    return render_template("evaluation/figure.html", page=figure_page(the_banli(), actor(), year, unit, code))


@blueprint.get("/<int:year>/ranking")
def places(year: int) -> str:
    """The ranking by group, once it is out."""
    return render_template("evaluation/ranking.html", page=ranking(the_banli(), actor(), year))


@blueprint.get("/<int:year>/scheme")
def scheme(year: int) -> str:
    """How this year is evaluated: indicators, sources, and how each figure is computed."""
    found, figures = scheme_page(the_banli(), actor(), year)
    return render_template("evaluation/scheme.html", scheme=found, figures=figures, year=year)


@blueprint.get("/<int:year>/table.xlsx")
def table(year: int) -> Response:
    """All units as a workbook, for the performance office."""
    answer = Response(workbook(overview(the_banli(), actor(), year)), mimetype=XLSX)
    return named(answer, f"{tell(say('Evaluation {year}', year=str(year)))}.xlsx")


def _starting(year: int | None, errors: Sequence[FieldError] = ()) -> str:
    page = start_page(the_banli(), actor(), year)
    if page is None and request.endpoint == "evaluation.starting":
        raise NotFound(say("Only the hub starts the evaluation of a year."))
    return render_template("evaluation/none.html", start=page, errors=errors, typed=request.form)


def _may_start() -> bool:
    return start_page(the_banli(), actor()) is not None


def _day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None
