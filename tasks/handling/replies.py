"""The reply, its versions and its issue (handbook §3.2, steps 12 and 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from engine.errors import NotFound
from engine.message import say
from tasks.cases.views import ItemState
from tasks.deadlines.sections import settings_of
from tasks.directory.models import Unit
from tasks.handling.models import Assignment, Reply, ReplyAnswer
from tasks.handling.recording import unit_id
from tasks.handling.rounds import answer_of, current_parts
from tasks.handling.waiting import end_with_reply
from tasks.notices.service import notify, receivers_of_reply
from tasks.notices.views import NoticeKind
from tasks.register.models import Item
from tasks.settings import BEIJING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission

REPLY_FIELDS = frozenset(
    {
        "result_class",
        "class_reason",
        "funds",
        "answers",
        "body",
        "opinions_summary",
        "disclosure",
        "disclosure_reason",
        "leader",
        "leader_phone",
        "contact",
        "contact_phone",
    }
)
ISSUE_FIELDS = frozenset({"document_number", "issued_on", "signer", "seal", "delivery", "delivered_on", "cc"})

def record_reply(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The lead unit hands in a version of its reply; earlier versions stay as they were."""
    facts = submission.variables
    unit = unit_id(session, facts["lead_unit"])
    values = submission.values
    reply = Reply(
        item_id=item.id,
        unit_id=unit,
        round=int(facts["round"]),
        version=next_version(session, item, unit, int(facts["round"])),
        stage=str(facts.get("stage") or "first"),
        answer=answer_of(facts),
        state="in_review",
        result_class=values["result_class"],
        class_reason=values.get("class_reason") or "",
        body=values["body"],
        disclosure=values["disclosure"],
        funds=bool(values.get("funds")),
        disclosure_reason=values.get("disclosure_reason") or "",
        opinions_summary=values.get("opinions_summary") or "",
        leader=values.get("leader") or "",
        leader_phone=values.get("leader_phone") or "",
        contact=values["contact"],
        contact_phone=values["contact_phone"],
        by=submission.actor or "",
        at=submission.at,
        answers=answers_of(item, values.get("answers") or [], facts["lead_unit"]),
    )
    session.add(reply)
    item.state = ItemState.IN_REVIEW if reply.stage == "first" else item.state
    return {"reviews": [], "result_class": values["result_class"], "disclosure": values["disclosure"], "passed": []}


def next_version(session: Session, item: Item, unit: int, number: int) -> int:
    """The number of the next version of a unit's reply in one round; second replies count on."""
    earlier = session.scalar(
        select(func.max(Reply.version)).where(Reply.item_id == item.id, Reply.unit_id == unit, Reply.round == number)
    )
    return (earlier or 0) + 1


def reply_facts(session: Session, item: Item, job: Job) -> dict[str, Any]:
    """What the table of review chains asks about, as it is now: an item may have become a key item meanwhile.

    `passed` tells who has passed this version already: after a change of class or key flag they need not again.
    """
    reply = current_reply(session, item, job.variables)
    passed = [review for review in reply.reviews if review.verdict == "pass"]
    return {
        "key": item.key_kind,
        "level": item.level,
        "result_class": reply.result_class,
        "disclosure": reply.disclosure,
        "funds": reply.funds,
        "has_commitments": any(answer.due for answer in reply.answers),
        "passed": [f"{review.node}:{review.unit_code}" for review in passed],
    }


def answers_of(item: Item, rows: list[dict[str, Any]], answering: str) -> list[ReplyAnswer]:
    """The answers in the order of the item's measures, whose text a unit cannot change.

    What is promised is carried out by the unit that answers, unless another one is named.
    """
    measures = [measure.text for measure in item.measures]
    return [
        ReplyAnswer(
            position=position,
            measure=measures[position] if position < len(measures) else "",
            text=row["text"],
            adopted=row["adopted"],
            due=row.get("due"),
            unit_code="" if row.get("unit") == answering else row.get("unit") or "",
            evidence=row.get("evidence") or "",
        )
        for position, row in enumerate(rows)
    ]


def record_issue(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The reply leaves the house: number, signer and date are fixed."""
    reply = current_reply(session, item, submission.variables)
    values = submission.values
    reply.state = "issued"
    reply.document_number = values["document_number"]
    reply.signer = values["signer"]
    reply.issued_on = values["issued_on"]
    reply.seal, reply.cc = values.get("seal") or "", list(values.get("cc") or [])
    reply.delivery, reply.delivered_on = list(values.get("delivery") or []), values.get("delivered_on")
    reply.replied_on = date_of_reply(session, item, reply, submission.at)
    reply.days = days_taken(session, reply)
    notify(
        session, receivers_of_reply(session, item), NoticeKind.REPLY_ISSUED, submission.at, item.id,
        unit=reply.unit.short_name, number=reply.document_number,
    )  # fmt: skip
    item.result_class = worst_class(session, item)
    end_with_reply(session, item, reply.answer, submission.at)
    if reply.stage != "second" and all_answered(session, item):
        item.state = ItemState.REPLIED
    return {
        "issued_on": values["issued_on"],
        "delivery": values.get("delivery") or [],
        "disclosure": reply.disclosure,
        "result_class": reply.result_class,
        "merged": waiting_for(session, item) if reply.stage == "first" else [],
    }


def date_of_reply(session: Session, item: Item, reply: Reply, at: dt.datetime) -> dt.date | None:
    """The day that counts as the reply's by the area's `reply_date` (handbook §3.2, step 14)."""
    rule = str(settings_of(session, item.area_id).get("reply_date", "issue"))
    days = {"delivery": reply.delivered_on, "upload": at.astimezone(BEIJING).date()}
    return days.get(rule) or reply.issued_on


def days_taken(session: Session, reply: Reply) -> int | None:
    """From the day of the assignment (in Beijing) to the reply's; None where nobody was assigned."""
    assigned = session.scalar(
        select(Assignment.assigned_at).where(
            Assignment.item_id == reply.item_id,
            Assignment.unit_id == reply.unit_id,
            Assignment.round == reply.round,
        )
    )
    if assigned is None or reply.replied_on is None:
        return None
    return (reply.replied_on - assigned.astimezone(BEIJING).date()).days


def waiting_for(session: Session, item: Item) -> list[int]:
    """Ids of the items that were merged with this one and have no reply yet."""
    return list(session.scalars(select(Item.id).where(Item.merged_into_id == item.id, Item.state == ItemState.MERGED)))


_NEWEST_OF_ROUND = (
    select(Reply)
    .where(
        Reply.item_id == bindparam("item"),
        Reply.unit_id == select(Unit.id).where(Unit.code == bindparam("unit")).scalar_subquery(),
        Reply.round == bindparam("round"),
    )
    .order_by(Reply.version.desc())
    .limit(1)
)
_ISSUED = (
    select(Reply)
    .where(Reply.item_id == bindparam("item"), Reply.state == "issued")
    .order_by(Reply.answer, Reply.round, Reply.version)
)


def current_reply(session: Session, item: Item, facts: Mapping[str, Any]) -> Reply:
    """The newest version of the answer that these process variables are about."""
    unit, number = facts["lead_unit"], int(facts["round"])
    reply = session.scalar(_NEWEST_OF_ROUND, {"item": item.id, "unit": unit, "round": number})
    if reply is None:
        raise NotFound(say("The item {number} has no reply yet.", number=item.number or item.id))
    return reply


def issued_replies(session: Session, item: Item) -> list[Reply]:
    """The newest issued reply of each answer, in the order of the answers."""
    rows = session.scalars(_ISSUED, {"item": item.id})
    return list({row.answer: row for row in rows}.values())


def all_answered(session: Session, item: Item) -> bool:
    """Whether every answer of the item has its reply in the answer's newest round."""
    parts = [part for part in current_parts(session, item) if part.role not in ("co", "joint")]
    answered = {(reply.answer, reply.round) for reply in issued_replies(session, item)}
    return all((part.answer, part.round) in answered for part in parts)


def worst_class(session: Session, item: Item) -> str:
    """The class of an item with several answers: the one that is furthest from solved (C after B after A)."""
    return max((reply.result_class for reply in issued_replies(session, item)), default="")
