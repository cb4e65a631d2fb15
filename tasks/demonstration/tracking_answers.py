"""What people write on the forms of tracking; `words` of the story: `promise`, `signature`, `look_back`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.demonstration.answers import Story
    from tasks.worklist.form_page import Fillable

_POSTPONED = dt.timedelta(days=60)


def _progress(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"progress": story.words.get("progress", "已完成招标，正在施工。"), "outlook": "on_time"}


def _fulfilment(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    outcome = story.words.get("promise", "done")
    if outcome == "done":
        return {"outcome": "done", "done_on": today.isoformat(), "evidence": "竣工验收报告、现场照片"}
    told: dict[str, Any] = {"outcome": outcome, "explanation": "汛期停工，工期顺延。"}
    return {**told, "new_due": (today + _POSTPONED).isoformat()} if outcome == "postponed" else told


def _signature(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"signature": story.words.get("signature", "sign")}


def _visit(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    verdict = story.words.get("look_back", "solved" if page.values["class_now"] == "A" else "unchanged")
    return {
        "class_now": "A" if verdict == "solved" else page.values["class_now"],
        "verdict": verdict,
        "explanation": "已到现场核查，与代表电话核实。",
    }


def _confirmation(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    verdict = story.words.get("look_back_confirmed", page.values["verdict"])
    return {"verdict": verdict, "class_now": "A" if verdict == "solved" else page.values["class_now"]}


def _result(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"class_now": page.values["class_now"]}


def _annual(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"report_text": page.values["report_text"], "problems": "会办意见宜再提前。"}


def _annual_signature(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"signature": "sign"}


def _annual_receipt(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"receipt": "accept"}


FILLS: dict[str, Callable[[Fillable, Story, dt.date], dict[str, Any]]] = {
    "tracking_result": _result,
    "promise_progress": _progress,
    "promise_fulfilment": _fulfilment,
    "promise_signature": _signature,
    "look_back_visit": _visit,
    "look_back_confirmation": _confirmation,
    "annual_report": _annual,
    "annual_signature": _annual_signature,
    "annual_receipt": _annual_receipt,
}
