"""The rounds of an item's answers: who has a part, from when, and until when (交办、重新交办; handbook §3.2, step 6).

An item has one *answer* for each reply that it asks for: one where a unit handles it alone, leads or leads jointly,
and one for each unit where it is handled separately. Every answer counts its own rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import joinedload

from tasks.cases.views import ItemState
from tasks.deadlines.functions import agreed_date, deadline
from tasks.handling.models import Assignment
from tasks.handling.recording import unit_id
from tasks.settings import BEIJING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.feel import Noted
    from tasks.deadlines.reference import ReferenceData
    from tasks.register.models import Item


def answer_of(facts: Mapping[str, Any]) -> int:
    """Which answer of the item these process variables are about: what its units were called with is `mandate`."""
    return int((facts.get("mandate") or {}).get("position") or 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One answer as it shall be opened: who does what, and which rules its dates follow."""

    position: int
    mode: str
    lead: str
    others: tuple[tuple[str, str], ...]
    """Codes and roles (`co`, `joint`) of the units beside the lead unit."""
    parts: dict[str, str]
    """What a unit is responsible for, by its code."""
    reply_rule: str
    co_rule: str
    lead_due: dt.date | None = None
    co_due: dt.date | None = None
    basis: str = "交办时另定"
    """What another date than the rules' rests on."""
    previous_chain: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        """The lead unit's role."""
        if self.mode == "separate":
            return "separate"
        return "lead" if self.others else "sole"


def open_answer(
    session: Session, item: Item, wanted: Wanted, reference: ReferenceData, at: dt.datetime
) -> dict[str, Any]:
    """Give out the parts of one answer's next round; answers what the units' process is called with."""
    start = at.astimezone(BEIJING).date()
    number = 1 + (
        session.scalar(
            select(func.max(Assignment.round)).where(
                Assignment.item_id == item.id, Assignment.answer == wanted.position
            )
        )
        or 0
    )
    session.execute(
        update(Assignment)
        .where(Assignment.item_id == item.id, Assignment.answer == wanted.position)
        .values(current=False)
    )
    lead = (wanted.lead, wanted.role)
    for code, role in (lead, *wanted.others):
        noted = _due(wanted, reference, start, role)
        session.add(
            Assignment(
                item_id=item.id,
                unit_id=unit_id(session, code),
                round=number,
                role=role,
                part=wanted.parts.get(code, ""),
                answer=wanted.position,
                assigned_at=at,
                due=noted.value,
                due_notes=[noted.notes],
            )
        )
    item.round = max(item.round, number)
    item.state = ItemState.HANDLING if number == 1 else ItemState.REHANDLING
    return {
        "position": wanted.position,
        "mode": wanted.mode,
        "role": "separate" if wanted.mode == "separate" else "lead",
        "lead_unit": wanted.lead,
        "co_units": [code for code, _ in wanted.others],
        "units": [{"unit": code, "role": role} for code, role in (lead, *wanted.others)],
        "round": number,
        "clock_start": start,
        "reply_rule": wanted.reply_rule,
        "reply_due": wanted.lead_due,
        "reply_basis": wanted.basis if wanted.lead_due else "",
        "co_due": wanted.co_due,
        "previous_chain": list(wanted.previous_chain),
    }


def again(session: Session, item: Item, position: int, reply_rule: str, co_rule: str) -> Wanted:
    """The same units for another round of an answer."""
    parts = current_parts(session, item, position)
    lead, *others = parts
    return Wanted(
        position=position,
        mode="separate" if lead.role == "separate" else "lead" if others else "sole",
        lead=lead.unit.code,
        others=tuple((part.unit.code, part.role) for part in others),
        parts={part.unit.code: part.part for part in parts},
        reply_rule=reply_rule,
        co_rule=co_rule,
    )


_CURRENT = (
    select(Assignment)
    .where(Assignment.item_id == bindparam("item"), Assignment.current)
    .order_by(Assignment.answer, Assignment.role.in_(("co", "joint")), Assignment.id)
    .options(joinedload(Assignment.unit))
)
_CURRENT_OF_ANSWER = _CURRENT.where(Assignment.answer == bindparam("answer"))


def current_parts(session: Session, item: Item, position: int | None = None) -> list[Assignment]:
    """The parts that count now, lead units first; of one answer, or of all."""
    if position is None:
        return list(session.scalars(_CURRENT, {"item": item.id}))
    return list(session.scalars(_CURRENT_OF_ANSWER, {"item": item.id, "answer": position}))


def _due(wanted: Wanted, reference: ReferenceData, start: dt.date, role: str) -> Noted:
    beside = role in ("co", "joint")
    fixed = wanted.co_due if beside else wanted.lead_due
    if fixed is not None:
        return agreed_date(reference, fixed, wanted.basis, start)
    return deadline(reference, wanted.co_rule if beside else wanted.reply_rule, start)
