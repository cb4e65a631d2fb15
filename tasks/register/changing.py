"""Categories in two levels as an administrator changes them: each main category with what is below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.message import say
from tasks.changes.fields import Field, FieldType
from tasks.changes.kinds import Content, Kind
from tasks.deadlines.sections import SETTINGS, section, write_section
from tasks.forms.views import FieldError
from tasks.register.categories import MAIN, SUB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from tasks.changes.kinds import Proposal
    from tasks.directory.models import Area

PLACES = "category_places"
"""The entry of the settings that holds the order: a number by main category."""
LONGEST = 20
_NAME = rf"[^\s·/、，,;；：:]{{1,{LONGEST}}}"


def _contents(session: Session, area: Area) -> dict[str, Content]:
    kept = section(session, area, SETTINGS)
    below, places = kept.get(SUB) or {}, kept.get(PLACES) or {}
    return {
        main: {"name": main, "subcategories": list(below.get(main) or ()), "position": places.get(main, place)}
        for place, main in enumerate(kept.get(MAIN) or (), start=1)
    }


def _write(session: Session, area: Area, main: str, content: Content | None) -> None:
    """All three entries together: the names, their order, and what is below each."""
    known = _contents(session, area)
    known.pop(main, None)
    if content is not None:
        known[main] = content
    ordered = sorted(known.values(), key=lambda entry: int(entry["position"]))
    for entry, value in (
        (MAIN, [one["name"] for one in ordered]),
        (PLACES, {one["name"]: one["position"] for one in ordered}),
        (SUB, {one["name"]: one["subcategories"] for one in ordered if one["subcategories"]}),
    ):
        write_section(session, area, SETTINGS, entry, value)


def _check(change: Proposal) -> Iterator[FieldError]:
    known = _contents(change.session, change.area)
    if change.after is None:
        if len(known) == 1:
            yield FieldError("", "", say("It is the only category: items need one. Add another one first."))
        return
    for one in change.after["subcategories"]:
        if not re.fullmatch(_NAME, one):
            yield FieldError("subcategories", "", say(
                "“{name}”: expected a name of at most {n} characters without spaces, dots, slashes or commas, one a "
                "line.", name=one[:30], n=LONGEST))  # fmt: skip
        elif one in known and one != change.subject:
            yield FieldError("subcategories", "", say("“{name}” is a main category: give it another name.", name=one))


CATEGORY = Kind(
    "category", say("Category"),
    (
        Field("name", say("Main category"), pattern=_NAME, fixed=True,
              wrong=say("Expected a name of at most {n} characters without spaces, dots, slashes or commas.",
                        n=LONGEST)),
        Field("subcategories", say("Sub-categories"), FieldType.LINES, required=False,
              help=say("One a line, in the order in which they are offered. Without any, the main category itself is "
                       "chosen. Items that have a name which is no longer here keep it.")),
        Field("position", say("Place in the list"), FieldType.NUMBER, least=1, most=999,
              help=say("The smallest number stands first.")),
    ),
    _contents, _write, lambda name, _content: name, check=_check,
    subject_of=lambda content: str(content["name"]), removable=True,
)  # fmt: skip
KINDS = (CATEGORY,)
