"""What a form holds when it is opened for the first time: nobody types what the house already knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tasks.accounts.permissions import Role
from tasks.directory.models import Person, Unit
from tasks.directory.queries import people_with_role, unit_by_code
from tasks.handling.adjustment_records import asked_text
from tasks.handling.adjustments import pending
from tasks.handling.models import Reply
from tasks.register.numbering import written

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tasks.deadlines.reference import ReferenceData
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
    return {"asked": told, "new_unit": asked.suggested[0] if asked.suggested else ""}


def _consultation(context: PrefillContext) -> dict[str, Any]:
    return {"on": context.today.isoformat(), "phase": "before"}


def _opinion(context: PrefillContext) -> dict[str, Any]:
    return {"handler": context.actor.name, "phone": _phone(context)}


def _reply(context: PrefillContext) -> dict[str, Any]:
    earlier = context.session.scalar(
        select(Reply)
        .where(Reply.item_id == context.item.id)
        .order_by(Reply.round.desc(), Reply.version.desc())
        .limit(1)
        .options(selectinload(Reply.answers))
    )
    answers = {answer.position: answer for answer in earlier.answers} if earlier else {}
    rows = [
        {
            "measure": measure.text,
            "text": answers[position].text if position in answers else "",
            "adopted": answers[position].adopted if position in answers else "",
            "due": _iso(answers[position].due) if position in answers else "",
        }
        for position, measure in enumerate(context.item.measures)
    ]
    return {
        "answers": rows,
        "result_class": earlier.result_class if earlier else "",
        "class_reason": earlier.class_reason if earlier else "",
        "body": earlier.body if earlier else "",
        "disclosure": earlier.disclosure if earlier else "public",
        "disclosure_reason": earlier.disclosure_reason if earlier else "",
        "contact": earlier.contact if earlier else context.actor.name,
        "contact_phone": earlier.contact_phone if earlier else _phone(context),
    }


def _issue(context: PrefillContext) -> dict[str, Any]:
    unit = unit_by_code(context.session, context.variables["lead_unit"])
    heads = people_with_role(context.session, unit.code, Role.UNIT_HEAD)
    return {
        "document_number": next_document_number(context.session, unit, context.reference, context.today.year),
        "issued_on": context.today.isoformat(),
        "signer": heads[0][1] if heads else "",
        "delivery": ["system"],
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


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "sign_in": _sign_in,
    "adjustment_ruling": _asked,
    "endorsement": _asked,
    "addition": _asked,
    "consultation": _consultation,
    "opinion": _opinion,
    "reply": _reply,
    "issue": _issue,
}
