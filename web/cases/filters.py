"""The filters of the register as they stand in an address."""

from __future__ import annotations

from flask import request
from flask_babel import gettext

from tasks.cases.views import RegisterFilters
from web.words import NARROWED, RATINGS, ROLES, UNRATED, word


def asked() -> RegisterFilters:
    """The filters of this address."""
    return RegisterFilters(
        text=request.args.get("q", "").strip(),
        kind=request.args.get("kind", ""),
        state=request.args.get("state", ""),
        unit=request.args.get("unit", ""),
        category=request.args.get("category", ""),
        key_only=request.args.get("key") == "1",
        year=request.args.get("year", type=int),
        role=request.args.get("role", ""),
        result=request.args.get("result", ""),
        only=request.args.get("only", ""),
        rating=request.args.get("rating", ""),
    )


def narrowed(filters: RegisterFilters) -> dict[str, tuple[object, str]]:
    """The filters that have no field of their own and come from a number of the statistics: value and words."""
    shown = {
        "year": (filters.year, str(filters.year)),
        "role": (filters.role, word(ROLES, filters.role)),
        "result": (filters.result, gettext("Class {name}").format(name=filters.result)),
        "only": (filters.only, word(NARROWED, filters.only)),
        "rating": (filters.rating, word({**RATINGS, "none": UNRATED}, filters.rating)),
    }
    return {name: pair for name, pair in shown.items() if pair[0]}
