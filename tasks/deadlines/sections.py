"""Sections of an area's settings: lights, result classes, review nodes, and the rules that are no deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.deadlines.models import AreaSetting

SETTINGS = "settings"
"""The section of the rules that are no deadlines."""
LATER: Mapping[str, Any] = {
    "reply_date": "issue", "consultation_signed": False, "number_pattern_opinion": "{mark}〔{year}〕会{seq}号",
}  # fmt: skip
"""What holds where an area was set up, or a case began, before these rules existed."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.directory.models import Area


def section(session: Session, area: Area, name: str) -> Mapping[str, Any]:
    """The entries of a section."""
    row = session.get(AreaSetting, (area.id, name))
    return row.content if row is not None else {}


def settings_of(session: Session, area_id: int) -> Mapping[str, Any]:
    """The rules of an area that are no deadlines, as they stand now."""
    row = session.get(AreaSetting, (area_id, SETTINGS))
    return row.content if row is not None else {}


def write_section(session: Session, area: Area, name: str, key: str, content: Any) -> None:
    """One entry of a section; None takes it out."""
    row = session.get(AreaSetting, (area.id, name))
    if row is None:
        row = AreaSetting(area_id=area.id, name=name, content={})
        session.add(row)
    entries = dict(row.content)
    if content is None:
        entries.pop(key, None)
    else:
        entries[key] = content
    row.content = entries
