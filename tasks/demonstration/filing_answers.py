"""What people write on the forms of filing; `words` of the story say what differs: `filing`, `first`, `cosign`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tasks.demonstration.answers import Story
    from tasks.worklist.form_page import Fillable


_TOLD = {
    "not_filed": "属于个人诉求，已请信访部门受理；已与您联系说明。",
    "converted": "内容适合作为社情民意反映，已转有关部门研究。",
    "merged": "与同次会议的另一件内容相近，并案办理，各自答复。",
    "returned_for_edit": "请补充具体位置和数量后重新提交。",
}


def _cosign(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"cosign": story.words.get("cosign", "confirm")}


def _first_review(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return _review(page, story, story.words.get("first", story.words.get("filing", "filed")))


def _final_review(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return _review(page, story, story.words.get("filing", "filed"))


def _review(page: Fillable, story: Story, result: str) -> dict[str, Any]:
    if result == "secret":
        return {
            **_confirmed(page),
            "result": "not_filed",
            "grounds": [page.options["filing_grounds"][-1].value],
            "explanation": "请按涉密渠道书面提交。",
            "contains_secret": True,
        }
    reason = story.words.get("filing_reason", _TOLD.get(result, "已与您联系说明原因。"))
    told = {"explanation": reason} if result != "filed" else {}
    more: dict[str, dict[str, Any]] = {
        "not_filed": {"grounds": [page.options["filing_grounds"][0].value]},
        "converted": {"convert_to": page.options["convert_targets"][0].value},
        "merged": {"merge_target": page.options["merge_targets"][0].value} if result == "merged" else {},
    }
    return {**_confirmed(page), "result": result, **told, **more.get(result, {})}


def _confirmed(page: Fillable) -> dict[str, Any]:
    return {
        "category": page.values["category"],
        "urgency": page.options["urgencies"][0].value,
        "publish_consent": bool(page.values.get("publish_consent")),
        "confidential": bool(page.values.get("confidential")),
        "key_candidate": bool(page.values.get("key_candidate")),
    }


def _edit(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {
        "title": page.values["title"],
        "category": page.values["category"],
        "situation": page.values["situation"] + "现将位置和数量补充如下。",
        "analysis": page.values["analysis"],
        "measures": page.values["measures"],
    }


FILLS: dict[str, Callable[[Fillable, Story, dt.date], dict[str, Any]]] = {
    "cosign": _cosign,
    "first_review": _first_review,
    "final_review": _final_review,
    "filing_edit": _edit,
}
