"""The reply, its versions and its issue (handbook §3.2, steps 12 and 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine.errors import NotFound
from engine.message import say
from tasks.cases.views import ItemState
from tasks.handling.models import Reply, ReplyAnswer
from tasks.handling.recording import unit_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.register.models import Item

REPLY_FIELDS = frozenset(
    {
        "result_class",
        "class_reason",
        "answers",
        "body",
        "disclosure",
        "disclosure_reason",
        "contact",
        "contact_phone",
    }
)
ISSUE_FIELDS = frozenset({"document_number", "issued_on", "signer", "delivery"})

RESULT_NAMES = {"A": "已经解决或基本解决", "B": "正在解决或列入计划", "C": "留作参考"}
"""Result classes of the national default (handbook §4.4)."""


def record_reply(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The lead unit hands in a version of its reply; earlier versions stay as they were."""
    unit = unit_id(session, submission.variables["lead_unit"])
    earlier = session.scalar(
        select(func.max(Reply.version)).where(
            Reply.item_id == item.id, Reply.unit_id == unit, Reply.round == item.round
        )
    )
    values = submission.values
    reply = Reply(
        item_id=item.id,
        unit_id=unit,
        round=item.round,
        version=(earlier or 0) + 1,
        state="in_review",
        result_class=values["result_class"],
        class_reason=values.get("class_reason") or "",
        body=values["body"],
        disclosure=values["disclosure"],
        disclosure_reason=values.get("disclosure_reason") or "",
        contact=values["contact"],
        contact_phone=values["contact_phone"],
        by=submission.actor or "",
        at=submission.at,
        answers=answers_of(item, values.get("answers") or []),
    )
    session.add(reply)
    item.state = ItemState.IN_REVIEW
    return {"result_class": values["result_class"], "has_commitments": any(answer.due for answer in reply.answers)}


def answers_of(item: Item, rows: list[dict[str, Any]]) -> list[ReplyAnswer]:
    """The answers in the order of the item's measures, whose text a unit cannot change."""
    measures = [measure.text for measure in item.measures]
    return [
        ReplyAnswer(
            position=position,
            measure=measures[position] if position < len(measures) else "",
            text=row["text"],
            adopted=row["adopted"],
            due=row.get("due"),
        )
        for position, row in enumerate(rows)
    ]


def record_issue(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The reply leaves the house: number, signer and date are fixed."""
    reply = current_reply(session, item)
    values = submission.values
    reply.state = "issued"
    reply.document_number = values["document_number"]
    reply.signer = values["signer"]
    reply.issued_on = values["issued_on"]
    item.result_class = reply.result_class
    item.state = ItemState.REPLIED
    return {"issued_on": values["issued_on"], "delivery": values.get("delivery") or []}


def current_reply(session: Session, item: Item) -> Reply:
    """The newest version in the item's round."""
    reply = session.scalar(
        select(Reply).where(Reply.item_id == item.id, Reply.round == item.round).order_by(Reply.version.desc()).limit(1)
    )
    if reply is None:
        raise NotFound(say("The item {number} has no reply yet.", number=item.number or item.id))
    return reply
