"""Merged items (并案办理): one investigation, and for every item a reply, a number and a rating of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import NotFound
from engine.message import say
from tasks.handling.models import Reply, ReplyAnswer
from tasks.handling.replies import issued_replies
from tasks.handling.rounds import Wanted, current_parts, open_answer
from tasks.register.models import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from engine import ProcessEngine
    from engine.views import Job
    from tasks.deadlines.library import ReferenceLibrary


def adopt_reply(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """The other item's reply is out: this one gets the same units, signed in, and the reply as its own draft to issue.

    From here on it is an answer like any other: issued under its own number, rated, and handled again on its own.
    """
    target = session.get(Item, item.merged_into_id) if item.merged_into_id is not None else None
    issued = issued_replies(session, target) if target is not None else []
    if target is None or not issued:
        raise NotFound(say("The item {number} has no reply yet.", number=target.number if target else item.number))
    reference = library(None)
    answers = []
    for reply in issued:
        parts = current_parts(session, target, reply.answer)
        lead, *others = parts
        wanted = Wanted(
            reply.answer, "merged", lead.unit.code, tuple((part.unit.code, part.role) for part in others),
            {part.unit.code: part.part for part in parts}, "P8", "P5",
        )  # fmt: skip
        answers.append(open_answer(session, item, wanted, reference, job.at))
        for part in current_parts(session, item, reply.answer):
            held = next(row for row in parts if row.unit_id == part.unit_id)
            part.signed_at, part.handler, part.phone = job.at, held.handler, held.phone
        session.add(_copy(reply, item, job))
    item.assigned_at = item.assigned_at or job.at
    item.key_kind, item.key = target.key_kind, target.key
    first = answers[0]
    signatures = [
        {"unit": part.unit.code, "handler": part.handler or None, "since": first["clock_start"]}
        for part in current_parts(session, item)
    ]
    return {"answers": answers, "key": item.key_kind, "signatures": signatures}


def tell_merged(engine_of: Callable[[], ProcessEngine], job: Job) -> None:
    """A job: the cases of merged items go on, now that there is a reply. Repeating it does no harm."""
    for item_id in job.variables.get("merged") or []:
        engine_of().publish_message("merged-reply", correlation_key=str(item_id), request_id=f"{job.key}:{item_id}")


def _copy(reply: Reply, item: Item, job: Job) -> Reply:
    asked = [measure.text for measure in item.measures]
    answers = [
        ReplyAnswer(
            position=position,
            measure=text,
            text=reply.answers[min(position, len(reply.answers) - 1)].text if reply.answers else reply.body,
            adopted=reply.answers[min(position, len(reply.answers) - 1)].adopted if reply.answers else "adopted",
            due=reply.answers[min(position, len(reply.answers) - 1)].due if reply.answers else None,
            unit_code=reply.answers[min(position, len(reply.answers) - 1)].unit_code if reply.answers else "",
            evidence=reply.answers[min(position, len(reply.answers) - 1)].evidence if reply.answers else "",
        )
        for position, text in enumerate(asked)
    ]
    return Reply(
        item_id=item.id, unit_id=reply.unit_id, round=1, version=1, stage="merged", answer=reply.answer,
        state="in_review", result_class=reply.result_class, class_reason=reply.class_reason, body=reply.body,
        disclosure=reply.disclosure, disclosure_reason=reply.disclosure_reason, contact=reply.contact,
        contact_phone=reply.contact_phone, leader=reply.leader, leader_phone=reply.leader_phone,
        opinions_summary=reply.opinions_summary, by=reply.by, at=job.at, answers=answers,
    )  # fmt: skip
