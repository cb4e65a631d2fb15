"""Filters that can be typed: `环节:答复审核 单位:住建局 停车` beside the same filters as choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.deadlines.views import Light
from tasks.worklist.sorting import SORTS
from tasks.worklist.views import WorklistFilters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.forms.views import Option

_TYPED = re.compile(r"(?P<name>[^\s:\uff1a]+)[:\uff1a](?P<value>\S+)")
FIELDS = {
    "环节": "step", "環節": "step", "step": "step",
    "类别": "kind", "類別": "kind", "kind": "kind",
    "时限": "light", "時限": "light", "due": "light",
    "单位": "unit", "單位": "unit", "unit": "unit",
    "重点": "key", "重點": "key", "key": "key",
}  # fmt: skip
"""A filter's name as a person types it, in each language of the interface."""
KIND_WORDS = {"建议": "suggestion", "建議": "suggestion", "提案": "proposal", "考核": "evaluation"}
LIGHT_WORDS = {
    "正常": Light.NORMAL, "临期": Light.NEAR, "臨期": Light.NEAR, "紧急": Light.URGENT, "緊急": Light.URGENT,
    "逾期": Light.OVERDUE, "暂停": Light.PAUSED, "暫停": Light.PAUSED,
}  # fmt: skip
YES = {"是", "1", "yes", "true"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of an address, and what was typed as it was typed."""

    typed: str
    filters: WorklistFilters


def asked(query: Mapping[str, str], steps: Sequence[Option], units: Sequence[Option]) -> Asked:
    """Reads the filters; what is typed goes before what is chosen, an unknown name is searched as text."""
    typed = query.get("q", "").strip()
    found = {name: query.get(name, "") for name in ("step", "kind", "light", "unit", "key")}
    text = _TYPED.sub(lambda match: _take(match, found, steps, units), typed)
    return Asked(
        typed,
        WorklistFilters(
            text=" ".join(text.split()),
            step=found["step"],
            kind=found["kind"] if found["kind"] in KIND_WORDS.values() else "",
            light=found["light"] if found["light"] in set(Light) else "",
            unit=found["unit"],
            key_only=found["key"] in YES,
            sort=sort_of(query.get("sort", "")),
        ),
    )


def sort_of(name: str) -> str:
    """The order that an address asks for, or none."""
    return name if name.removeprefix("-") in SORTS else ""


def _take(match: re.Match[str], found: dict[str, str], steps: Sequence[Option], units: Sequence[Option]) -> str:
    name, value = FIELDS.get(match["name"].lower()), match["value"]
    if name is None:
        return match[0]
    match name:
        case "step":
            found[name] = _by_label(steps, value)
        case "unit":
            found[name] = _by_label(units, value)
        case "kind":
            found[name] = KIND_WORDS.get(value, value)
        case "light":
            found[name] = LIGHT_WORDS.get(value, value)
        case _:
            found[name] = value
    return " "


def _by_label(options: Sequence[Option], typed: str) -> str:
    """The code of what was typed: the label, its beginning, or the code itself."""
    for option in options:
        if typed in (option.label, option.value):
            return option.value
    return next((option.value for option in options if option.label.startswith(typed)), typed)
