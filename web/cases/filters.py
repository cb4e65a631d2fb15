"""The filters of the register as they stand in an address."""

from __future__ import annotations

from flask import request

from tasks.cases.views import RegisterFilters
from web.language import gettext
from web.words import NARROWED, RATED, RATINGS, ROLES, UNRATED, word

MOST_IDS = 2_000
_RATINGS = {**RATINGS, "none": UNRATED, "any": RATED}


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
        ids=_numbers(request.args.get("ids", "")),
    )


def narrowed(filters: RegisterFilters) -> dict[str, tuple[object, str]]:
    """The filters that have no field of their own and come from a number of the statistics: value and words."""
    shown = {
        "year": (filters.year, str(filters.year)),
        "role": (filters.role, word(ROLES, filters.role)),
        "result": (filters.result, gettext("Class {name}").format(name=filters.result)),
        "only": (filters.only, word(NARROWED, filters.only)),
        "ids": (",".join(map(str, filters.ids)), gettext("{n} chosen cases").format(n=len(filters.ids))),
        "rating": (filters.rating, gettext(", ").join(word(_RATINGS, one) for one in filters.rating.split(","))),
    }
    return {name: pair for name, pair in shown.items() if pair[0]}


def _numbers(text: str) -> tuple[int, ...]:
    """Ids as a figure's link gives them: `3,17,20`."""
    return tuple(int(one) for one in text.split(",")[:MOST_IDS] if one.isascii() and one.isdigit() and len(one) < 10)
