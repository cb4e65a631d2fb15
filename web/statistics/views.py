"""Figures over many cases; every number leads to the cases behind it."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from tasks.statistics.queries import statistics
from tasks.statistics.views import StatisticsFilters
from web.visitor import actor, the_banli

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")


@blueprint.get("")
def show() -> str:
    """The cases of a kind and year by category, class, state, unit and rating."""
    filters = StatisticsFilters(kind=request.args.get("kind", ""), year=request.args.get("year", type=int))
    page = statistics(the_banli(), actor(), filters)

    def cases(**asked: str) -> str:
        """The register, narrowed to what a number counts."""
        chosen = {"kind": filters.kind or None, "year": filters.year}
        return url_for("cases.register", **chosen, **{name: value or None for name, value in asked.items()})

    return render_template("statistics/show.html", page=page, filters=filters, cases=cases, percent=percent)


def percent(tenths: int) -> str:
    """Tenths of a per cent as they are printed: 617 is 61.7%."""
    return f"{tenths // 10}.{tenths % 10}%"
