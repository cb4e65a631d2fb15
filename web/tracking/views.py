"""The pages of tracking."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from engine.message import say
from tasks.annual.queries import annual_report, annual_reports, newest_reported
from tasks.annual.service import NAMES, ask_for
from tasks.directory.queries import handling_units
from tasks.tracking.campaign_queries import campaign, campaigns
from tasks.tracking.campaigns import NewCampaign, may_organise, open_campaign
from tasks.tracking.queries import ledger as ledger_of
from tasks.tracking.queries import rolled_over
from tasks.tracking.views import LedgerFilters
from tasks.worklist.errors import FormInvalid
from web.language import table_date, tell, today
from web.visitor import actor, page_asked, the_banli
from web.words import COMMITMENT_STATES, KINDS, LOOK_BACK_VERDICTS, word
from web.workbook import sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from tasks.forms.views import FieldError

blueprint = Blueprint("tracking", __name__, url_prefix="/tracking")

LEDGER = (
    (say("Number"), 10), (say("Kind"), 8), (say("Title"), 40), (say("Unit"), 14), (say("What was asked"), 30),
    (say("What was promised"), 40), (say("Promised on"), 12), (say("First date"), 12), (say("Date now"), 12),
    (say("State"), 10), (say("Fulfilled on"), 12), (say("Last report"), 40),
)  # fmt: skip
TABLE = (
    (say("No."), 6), (say("Session"), 22), (say("Number"), 10), (say("Proposed by"), 12), (say("Title"), 40),
    (say("Lead unit"), 14), (say("Result at the reply"), 10), (say("Result now"), 10), (say("Finding"), 12),
    (say("Progress or explanation"), 50),
)  # fmt: skip


@blueprint.get("")
def ledger() -> str:
    """The commitment ledger."""
    filters = _asked()
    page = ledger_of(the_banli(), actor(), filters, max(request.args.get("page", 1, type=int), 1))
    return render_template("tracking/ledger.html", page=page, filters=filters)


@blueprint.get("/ledger.xlsx")
def workbook() -> Response:
    """The ledger of what this address filters, as a workbook."""
    page = ledger_of(the_banli(), actor(), _asked(), page=None)
    rows = [
        (
            row.number, word(KINDS, row.kind), row.title, row.record.unit, row.record.measure, row.record.promise,
            table_date(row.record.promised_on), table_date(row.record.original_due), table_date(row.record.due),
            word(COMMITMENT_STATES, row.record.state), table_date(row.record.fulfilled_on),
            row.record.reports[-1].text if row.record.reports else "",
        )
        for row in page.rows
    ]  # fmt: skip
    return sheet(say("Commitment ledger"), LEDGER, rows)


@blueprint.get("/look-back")
def look_back() -> str:
    """The campaigns, and the form for a new one."""
    return _campaigns({"scope": "year"})


@blueprint.post("/look-back")
def begin() -> Redirect | tuple[str, int]:
    """Begins a campaign, or says what is missing."""
    try:
        due = dt.date.fromisoformat(request.form.get("due", ""))
    except ValueError:
        due = None
    new = NewCampaign(
        request.form.get("name", "")[:100],
        request.form.get("scope", ""),
        request.form.getlist("units"),
        due,
        request.form.get("checklist", "")[:2000],
    )
    try:
        begun = open_campaign(the_banli(), actor(), new)
    except FormInvalid as refused:
        return _campaigns({**request.form.to_dict(), "units": request.form.getlist("units")}, refused.errors), 422
    flash(tell(say("The campaign has begun: every unit has its tasks.")), "good")
    return redirect(url_for("tracking.show_campaign", campaign_id=begun), code=303)


@blueprint.get("/look-back/<int:campaign_id>")
def show_campaign(campaign_id: int) -> str:
    """One campaign with its table."""
    return render_template("tracking/campaign.html", page=campaign(the_banli(), actor(), campaign_id, page_asked()))


@blueprint.get("/look-back/<int:campaign_id>/table.xlsx")
def campaign_workbook(campaign_id: int) -> Response:
    """The look-back table (回头看情况一览表) as a workbook."""
    rows = [
        (
            number, row.session_name, row.number, row.proposer, row.title, row.unit, row.class_before, row.class_now,
            word(LOOK_BACK_VERDICTS, row.verdict), row.explanation,
        )
        for number, row in enumerate(campaign(the_banli(), actor(), campaign_id, None).rows, start=1)
    ]  # fmt: skip
    return sheet(say("Look-back table"), TABLE, rows)


@blueprint.get("/roll-over")
def roll_over() -> str:
    """What goes over into the next year."""
    year = request.args.get("year", type=int) or today().year
    page = rolled_over(the_banli(), actor(), year, page_asked())
    return render_template("tracking/roll_over.html", page=page, year=year)


@blueprint.get("/annual")
def annual() -> str:
    """The annual reports of the units, and the acts that ask for them."""
    return _annual(request.args.get("year", type=int) or newest_reported(the_banli(), actor()))


@blueprint.post("/annual")
def ask_annual() -> Redirect | tuple[str, int]:
    """Asks the units for a report of a year."""
    year, kind = request.form.get("year", type=int) or today().year, request.form.get("kind", "")
    try:
        count = ask_for(the_banli(), actor(), year, kind)
    except FormInvalid as refused:
        return _annual(year, refused.errors), 422
    flash(tell(say("{n} units are asked for: {name}.", n=count, name=NAMES[kind])), "good")
    return redirect(url_for("tracking.annual", year=year), code=303)


@blueprint.get("/annual/<int:year>/<kind>/<unit>")
def show_annual(year: int, kind: str, unit: str) -> str:
    """One unit's report."""
    return render_template("tracking/annual_report.html", report=annual_report(the_banli(), actor(), year, kind, unit))


def _annual(year: int, errors: Sequence[FieldError] = ()) -> str:
    page = annual_reports(the_banli(), actor(), year)
    return render_template("tracking/annual.html", page=page, names=NAMES, errors=errors)


def _asked() -> LedgerFilters:
    asked = request.args
    return LedgerFilters(
        text=asked.get("q", ""),
        unit=asked.get("unit", ""),
        state=asked.get("state", ""),
        light=asked.get("light", ""),
        item=asked.get("item", type=int),
    )


def _campaigns(values: Mapping[str, object], errors: Sequence[FieldError] = ()) -> str:
    with the_banli().reading() as session:
        units = handling_units(session)
    return render_template(
        "tracking/campaigns.html",
        rows=campaigns(the_banli(), actor()),
        may=may_organise(actor()),
        units=units,
        values=values,
        errors=errors,
    )
