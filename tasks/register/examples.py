"""The next numbers, as patterns would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import EngineError
from tasks.deadlines.rule_groups import PLACES
from tasks.directory.queries import current_sitting, the_area
from tasks.register.numbering import PatternRefused, preview, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli

_SUBJECTS = {"number_pattern_suggestion": "suggestion", "number_pattern_proposal": "proposal"}


def next_numbers(banli: Banli, patterns: Mapping[str, str]) -> dict[str, str]:
    """By pattern: what the next thing of its kind would be called; a pattern that cannot be used is left out."""
    found = {}
    with banli.reading() as session:
        for name, pattern in patterns.items():
            try:
                found[name] = written(pattern, **{**PLACES[name], **_places(session, banli, name)})
            except (PatternRefused, ValueError):
                continue
    return found


def _places(session: Session, banli: Banli, name: str) -> dict[str, object]:
    """The number that comes next, and the session; of replies and slips the year alone is known."""
    year = banli.today().year
    if name not in _SUBJECTS:
        return {"year": year, "seq": 1}
    subject = _SUBJECTS[name]
    try:
        ordinal = current_sitting(session, subject).ordinal
    except EngineError:
        ordinal = 1
    return {"year": year, "session": ordinal, "seq": preview(session, the_area(session).id, subject, year)}
