"""What a form holds when it is opened for the first time: nobody types what the house already knows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tasks.accounts.permissions import Role
from tasks.deadlines.sections import LATER
from tasks.directory.models import Person, Unit
from tasks.directory.queries import people_with_role, unit_by_code
from tasks.handling.adjustment_records import asked_text
from tasks.handling.adjustments import pending
from tasks.handling.copies import usual_receivers
from tasks.handling.extensions import pending_extension
from tasks.handling.key_items import designation_of
from tasks.handling.models import ClosingReport, Opinion, Reply
from tasks.handling.replies import current_reply
from tasks.handling.rounds import answer_of
from tasks.handling.waiting import would_move
from tasks.register.numbering import written
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tasks.deadlines.reference import ReferenceData
    from tasks.handling.models import ReplyAnswer
    from tasks.steps import PrefillContext


def _phone(context: PrefillContext) -> str:
    person = context.session.get(Person, context.actor.person_id)
    return person.phone if person is not None else ""


def _sign_in(context: PrefillContext) -> dict[str, Any]:
    people = people_with_role(context.session, context.unit_code or "", Role.UNIT_HANDLER)
    heads = people_with_role(context.session, context.unit_code or "", Role.UNIT_HEAD)
    handler = {"handler": people[0][0], "phone": people[0][2]} if len(people) == 1 else {}
    return {"answer": "accept", "approver": heads[0][0] if heads else "", **handler}


def _asked(context: PrefillContext) -> dict[str, Any]:
    """What the unit asked, to be read above the decision; its suggestion is the first proposal."""
    asked = pending(context.session, context.item, context.variables["part"]["unit"])
    told = asked_text(context.session, asked)
    if asked.act == "add":
        return {"asked": told, "units_to_add": list(asked.suggested)}
    moved = would_move(context.session, context.item, asked, dt.datetime.combine(context.today, dt.time(), BEIJING))
    if moved:
        listed = "、".join(one.told for one in moved)
        told = f"{told}\n暂停计时：今天裁定的，顺延{max(one.days for one in moved)}个工作日——{listed}"
    return {"asked": told, "new_unit": asked.suggested[0] if asked.suggested else ""}


def _assignment(context: PrefillContext) -> dict[str, Any]:
    """The proposer's wish and the last triage are the first proposal."""
    item = context.item
    known = {
        name: context.variables.get(name)
        for name in ("handling_mode", "lead_unit", "co_units", "joint_units", "separate_units", "wide")
        if context.variables.get(name)
    }
    return {
        "handling_mode": "lead", "key": item.key_kind, "reason": item.assign_reason, **_designation(context),
        "responsible_leader": item.responsible_leader, **known,
    }  # fmt: skip


def _designation(context: PrefillContext) -> dict[str, str]:
    stands = designation_of(context.session, context.item)
    return {"key_note": stands.note, "key_supervisor": stands.supervisor, "key_plan": stands.plan,
            "key_reason": stands.reason}  # fmt: skip


def _consultation(context: PrefillContext) -> dict[str, Any]:
    return {"on": context.today.isoformat(), "phase": context.texts.get("phase", "before")}


def _plan(context: PrefillContext) -> dict[str, Any]:
    people = people_with_role(context.session, context.unit_code or "", Role.UNIT_DEPUTY)
    return {"leader": people[0][1] if people else "", "handler": context.actor.name, "phone": _phone(context),
            "section": _section(context), "expected_class": "A"}  # fmt: skip


def _section(context: PrefillContext) -> str:
    """The section of the unit that stands in the handler's office, or its only one."""
    sections = context.session.scalar(select(Unit.sections).where(Unit.code == (context.unit_code or ""))) or []
    named = [name for name in sections if name in context.actor.title]
    return str(named[0] if named else sections[0]) if named or len(sections) == 1 else ""


def _publication(context: PrefillContext) -> dict[str, Any]:
    return {"publication": "full", "published_on": context.today.isoformat()}


def _report(context: PrefillContext) -> dict[str, Any]:
    """From the issued reply: what was promised stands already."""
    reply = current_reply(context.session, context.item, context.variables)
    left = [answer for answer in reply.answers if answer.due is not None and answer.due > context.today]
    return {
        "solved": "\n".join(f"{answer.position + 1}. {answer.text}" for answer in reply.answers),
        "own_verdict": "promised" if left else "solved",
        "left": "；".join(f"{answer.measure}（{_iso(answer.due)}前）" for answer in left),
    }


def _closing(context: PrefillContext) -> dict[str, Any]:
    reports = context.session.scalars(
        select(ClosingReport).where(ClosingReport.item_id == context.item.id).order_by(ClosingReport.round)
    ).all()
    newest = {report.unit_id: report for report in reports}.values()
    promised = any(report.own_verdict == "promised" for report in newest)
    return {
        "solved": "\n".join(report.solved for report in newest),
        "effect": "\n".join(report.effect for report in newest),
        "verdict": "track" if promised else "close",
    }


def _extension(context: PrefillContext) -> dict[str, Any]:
    asked = pending_extension(context.session, context.item, answer_of(context.variables))
    return {"extended_to": _iso(asked.wanted) if asked else ""}


def _hand_in(context: PrefillContext) -> dict[str, Any]:
    return {"handed_on": context.today.isoformat(), "channel": "system", "taken_up": "unknown"}


def _opinion(context: PrefillContext) -> dict[str, Any]:
    return {"handler": context.actor.name, "phone": _phone(context)}


def _opinion_approval(context: PrefillContext) -> dict[str, Any]:
    unit = unit_by_code(context.session, context.variables["co_unit"])
    return {"document_number": next_opinion_number(context.session, unit, context.reference, context.today.year),
            "seal": "paper"}  # fmt: skip


def _review(context: PrefillContext) -> dict[str, Any]:
    return {"body": current_reply(context.session, context.item, context.variables).body}


def _reply(context: PrefillContext) -> dict[str, Any]:
    unit = unit_by_code(context.session, context.variables["lead_unit"])
    earlier = context.session.scalar(
        select(Reply)
        .where(Reply.item_id == context.item.id, Reply.unit_id == unit.id)
        .order_by(Reply.round.desc(), Reply.version.desc())
        .limit(1)
        .options(selectinload(Reply.answers))
    )
    answers = {answer.position: answer for answer in earlier.answers} if earlier else {}
    rows = [
        {"measure": measure.text, **_answer(answers.get(position))}
        for position, measure in enumerate(context.item.measures)
    ]
    leader, leader_phone = (earlier.leader, earlier.leader_phone) if earlier else ("", "")
    if not leader:
        leader, leader_phone = _leader(context.session, unit)
    return {
        "answers": rows,
        "result_class": earlier.result_class if earlier else "",
        "class_reason": earlier.class_reason if earlier else "",
        "funds": earlier.funds if earlier else False,
        "body": earlier.body if earlier else "",
        "disclosure": earlier.disclosure if earlier else "public",
        "disclosure_reason": earlier.disclosure_reason if earlier else "",
        "opinions_summary": earlier.opinions_summary if earlier else "",
        "leader": leader,
        "leader_phone": leader_phone,
        "contact": earlier.contact if earlier else context.actor.name,
        "contact_phone": earlier.contact_phone if earlier else _phone(context),
    }


def _answer(earlier: ReplyAnswer | None) -> dict[str, Any]:
    if earlier is None:
        return {"text": "", "adopted": "", "due": "", "unit": "", "evidence": ""}
    return {"text": earlier.text, "adopted": earlier.adopted, "due": _iso(earlier.due), "unit": earlier.unit_code,
            "evidence": earlier.evidence}  # fmt: skip


def _leader(session: Session, unit: Unit) -> tuple[str, str]:
    """Name and telephone of who answers for the unit's replies: the leader in charge, or its head."""
    for role in (Role.UNIT_DEPUTY, Role.UNIT_HEAD):
        for _, name, phone in people_with_role(session, unit.code, role):
            return name, phone
    return "", ""


def _issue(context: PrefillContext) -> dict[str, Any]:
    unit = unit_by_code(context.session, context.variables["lead_unit"])
    heads = people_with_role(context.session, unit.code, Role.UNIT_HEAD)
    return {
        "document_number": next_document_number(context.session, unit, context.reference, context.today.year),
        "issued_on": context.today.isoformat(),
        "signer": heads[0][1] if heads else "",
        "delivery": ["system"],
        "seal": "paper",
        "delivered_on": context.today.isoformat(),
        "cc": usual_receivers(context.session, context.item.kind, context.variables),
    }


def next_document_number(session: Session, unit: Unit, reference: ReferenceData, year: int) -> str:
    """The unit's next document number by the area's pattern; the unit may write another one."""
    issued = session.scalar(
        select(func.count()).where(
            Reply.unit_id == unit.id, Reply.state == "issued", func.extract("year", Reply.issued_on) == year
        )
    )
    pattern = str(reference.settings["number_pattern_reply"])
    return written(pattern, mark=unit.document_mark, year=year, seq=(issued or 0) + 1)


def next_opinion_number(session: Session, unit: Unit, reference: ReferenceData, year: int) -> str:
    """The unit's next number for an opinion (会办意见函) by the area's pattern."""
    sent = session.scalar(
        select(func.count()).where(
            Opinion.unit_id == unit.id, Opinion.document_number != "", func.extract("year", Opinion.approved_at) == year
        )
    )
    pattern = str({**LATER, **reference.settings}["number_pattern_opinion"])
    return written(pattern, mark=unit.document_mark, year=year, seq=(sent or 0) + 1)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "assignment": _assignment,
    "plan": _plan,
    "publication": _publication,
    "closing_report": _report,
    "closing": _closing,
    "extension": _extension,
    "hand_in": _hand_in,
    "sign_in": _sign_in,
    "adjustment_ruling": _asked,
    "endorsement": _asked,
    "addition": _asked,
    "consultation": _consultation,
    "opinion": _opinion,
    "opinion_approval": _opinion_approval,
    "review": _review,
    "reply": _reply,
    "issue": _issue,
}
