"""What offices and units write on the forms of the year-end evaluation; the story's `lead` is the unit."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tasks.demonstration.answers import Story
    from tasks.worklist.form_page import Fillable

_REASONS = (
    "分管领导有变动，没有及时报备", "办理方案较笼统", "领办件只听了一次汇报", "台账不全", "总结晚报两天", "培训缺席一次"
)
_SCORED = 6
"""So many indicators of organisation and basics are scored by people; the others add or deduct points."""


def _self(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    rows = []
    for position, row in enumerate(page.values["scores"]):
        filled = {"score": row.get("score") or "0", "evidence": "", "text": ""}
        if 1 <= position <= _SCORED:
            filled = {"score": _points(story, "self", position, (4, 5)), "evidence": "文件、台账、会议记录", "text": ""}
        rows.append(filled)
    return {"scores": rows, "signer": "单位主要负责人"}


def _panel(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    office = page.form.name
    rows = []
    for position, _ in enumerate(page.values["scores"]):
        given = _points(story, office, position, (3, 4, 4, 5)) if position < _SCORED else "0"
        reason = _REASONS[position % len(_REASONS)] if position < _SCORED and given != "5" else ""
        rows.append({"score": given, "reason": reason})
    return {"scores": rows}


def _points(story: Story, office: str, position: int, choices: tuple[int, ...]) -> str:
    return str(Random(f"{story.lead}:{office}:{position}").choice(choices))  # noqa: S311 - no secret


def _approve(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"approval": "agree"}


def _accept(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"answer": "accept"}


FILLS: dict[str, Callable[[Fillable, Story, dt.date], dict[str, Any]]] = {
    "evaluation-self": _self,
    "evaluation-panel": _panel,
    "evaluation-approval": _approve,
    "evaluation-appeal": _accept,
}
