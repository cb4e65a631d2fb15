"""Triage and assignment (分办、交办; handbook §3.2, steps 5 and 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.cases.views import ItemState
from tasks.deadlines.functions import deadline
from tasks.handling.models import Assignment
from tasks.handling.recording import unit_id
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.register.models import Item

ASSIGN_FIELDS = frozenset({"lead_unit", "co_units", "key", "key_note", "reason"})


def record_assignment(session: Session, item: Item, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The hub has chosen who handles the item; the legal act itself is `open_assignments`."""
    values = submission.values
    item.key = values["key"] != "no"
    item.key_note = values.get("key_note") or ""
    item.assign_reason = values.get("reason") or ""
    return {"lead_unit": values["lead_unit"], "co_units": values.get("co_units") or [], "key": values["key"]}


def open_assignments(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """Assign the item to its units (交办): this moment starts the clock of a round.

    The diagram hands in which parameters the dates follow (`lead_rule`, `co_rule`) and the version of the reference
    data that the case has pinned. Answers the round, its units with their roles, and the day from which periods are
    counted.
    """
    reference = library(job.variables["reference_version"])
    start = job.at.astimezone(BEIJING).date()
    lead, co = job.variables["lead_unit"], list(job.variables["co_units"] or [])
    number = int(job.variables.get("round") or 0) + 1
    roles = [(lead, "lead" if co else "sole"), *((code, "co") for code in co)]
    for code, role in roles:
        noted = deadline(reference, str(job.variables["co_rule" if role == "co" else "lead_rule"]), start)
        session.add(
            Assignment(
                item_id=item.id,
                unit_id=unit_id(session, code),
                round=number,
                role=role,
                assigned_at=job.at,
                due=noted.value,
                due_notes=[noted.notes],
            )
        )
    item.round = number
    item.assigned_at = item.assigned_at or job.at
    item.state = ItemState.HANDLING if number == 1 else ItemState.REHANDLING
    earlier = job.variables.get("chain_choice") or {}
    return {
        "round": number,
        "role": "lead",
        "units": [{"unit": code, "role": role} for code, role in roles],
        "clock_start": start,
        "signatures": [],
        "reviews": [],
        "previous_chain": earlier.get("nodes") or [],
    }
