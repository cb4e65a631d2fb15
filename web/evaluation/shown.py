"""How points, stages and bars are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from engine.message import Message, say
from tasks.evaluation.views import Office, Stage
from web.language import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from tasks.evaluation.views import Figure, PartShare

STAGES: dict[Stage, Message] = {
    Stage.SELF: say("Self-evaluation"),
    Stage.PANEL: say("Panel scores"),
    Stage.APPROVAL: say("Approval"),
    Stage.PUBLISHED: say("Published, appeals possible"),
    Stage.APPEAL: say("Appeal"),
    Stage.FINAL: say("Final"),
}
OFFICES: dict[Office, Message] = {
    Office.HUB: say("Government office"),
    Office.NPC: say("Deputies Committee"),
    Office.CPPCC: say("Proposal Committee"),
}
LEAST_SHARE = 6
"""Per cent of the bar below which its number does not fit inside."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a stacked bar: place and width in per cent of the whole."""

    x: str
    width: str
    middle: str
    text: str
    title: str


def stage_name(stage: str) -> str:
    """The word for a stage."""
    return tell(STAGES[Stage(stage)])


def office_name(office: str) -> str:
    """The word for an office of the panel."""
    return tell(OFFICES[Office(office)])


def points(value: Decimal | None) -> str:
    """Points as they are printed; nothing for what is not there."""
    return "" if value is None else f"{value:f}"


def bars(parts: Sequence[PartShare], whole: Decimal) -> list[Bar]:
    """The pieces of a unit's bar; the whole bar is the scheme's points."""
    found, start = [], 0.0
    for part in parts:
        width = 100 * float(part.score) / float(whole) if whole else 0.0
        title = f"{part.name} {points(part.score)}/{points(part.weight)}"
        text = points(part.score) if width >= LEAST_SHARE else ""
        found.append(Bar(f"{start:.2f}%", f"{width:.2f}%", f"{start + width / 2:.2f}%", text, title))
        start += width
    return found


def register_address(figure: Figure, *, among: bool = False) -> str | None:
    """The register, narrowed to the items behind a figure; None where they are not told."""
    items = figure.among if among else figure.counted
    return url_for("cases.register", ids=",".join(str(item) for item in items)) if items else None


KINDS: dict[str, Message] = {
    "computed": say("Computed"),
    "panel": say("Panel scores"),
    "bonus": say("Bonus"),
    "penalty": say("Penalty"),
    "veto": say("Veto"),
    "grade": say("Grade"),
}


def kind_name(kind: str) -> str:
    """The word for what an indicator does."""
    return tell(KINDS[kind])


def quota(value: Decimal) -> str:
    """A share in per cent, or a number of units."""
    return f"{value * 100:f}".rstrip("0").rstrip(".") + "%" if 0 < value < 1 else f"{value:f}"
