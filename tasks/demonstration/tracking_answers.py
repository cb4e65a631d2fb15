"""What people write on the forms of tracking; `words` of the story: `promise`, `signature`, `look_back`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.demonstration.answers import Story
    from tasks.worklist.form_page import Fillable

_POSTPONED = dt.timedelta(days=60)
_CHAPTERS = {
    "二、主要做法": (
        "主要负责人领办重点件，分管领导逐件把关；建立台账，每周通报进度；答复前与代表、委员当面沟通。",
        "年初集体研究任务分工，明确承办科室和责任人；与会办单位联合踏勘现场；答复印发后逐件电话回访。",
    ),
    "三、存在问题": (
        "个别会办意见来得较晚，留给征求代表意见的时间不足。",
        "涉及多个部门的事项协调周期较长，少数承诺事项的资金尚未落实。",
    ),
    "四、下一步打算": (
        "对列入计划的事项逐件明确完成时限，按季度向代表反馈进展。",
        "把代表、委员反映集中的问题纳入下一年度工作计划，提前安排资金。",
    ),
}
_PROBLEMS = ("会办意见宜再提前。", "跨部门事项宜在交办时明确牵头单位。")


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
    text = page.values["report_text"]
    place = len(text) % 2  # units do not all write the same
    for chapter, written in _CHAPTERS.items():
        text = text.replace(f"{chapter}\n", f"{chapter}\n{written[place]}\n")
    return {"report_text": text.rstrip(), "problems": _PROBLEMS[place]}


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
