"""What people write on the forms of a slip; `words` of the story: `slip_signature`, `judgement`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.demonstration.answers import Story
    from tasks.worklist.form_page import Fillable


def _signature(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    return {"signature": story.words.get("slip_signature", "sign")}


def _explanation(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    promised = (today + dt.timedelta(days=7)).isoformat()
    told = {"explanation": "因人员调整延误，已指定专人办理。", "promised_on": promised}
    rows = page.values.get("explanations") or []
    return {"explanations": [{"item": row["item"], **told} for row in rows]} if rows else told


def _judgement(page: Fillable, story: Story, today: dt.date) -> dict[str, Any]:  # noqa: ARG001
    judged = story.words.get("judgement", "accept")
    return (
        {"judgement": judged} if judged == "accept" else {"judgement": judged, "judgement_note": "请写明责任人和时间。"}
    )


FILLS: dict[str, Callable[[Fillable, Story, dt.date], dict[str, Any]]] = {
    "slip_signature": _signature,
    "slip_explanation": _explanation,
    "slip_judgement": _judgement,
}
