"""What supervision registers: recorders, handlers and forms of a slip, and what stands above one on several items."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from engine import in_transaction
from engine.message import say
from tasks.handling.recording import RecorderOf, handler_about
from tasks.steps import Steps, Subject, SubjectHead
from tasks.supervision import slips
from tasks.supervision.models import Slip
from tasks.supervision.options import CHECKS, PREFILL, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.deadlines.library import ReferenceLibrary


def _slip(session: Session, about: Submission | Job) -> Slip:
    return slips.slip_of(session, about.variables)


RECORDERS: dict[str, RecorderOf[Slip]] = {
    "slip_signature": RecorderOf(slips.SIGNATURE_FIELDS, slips.record_signature, _slip),
    "slip_explanation": RecorderOf(slips.EXPLANATION_FIELDS, slips.record_explanation, _slip),
    "slip_judgement": RecorderOf(slips.JUDGEMENT_FIELDS, slips.record_judgement, _slip),
}


def handlers(library: ReferenceLibrary) -> dict[str, Callable[..., Any]]:
    """The in-transaction handlers by task type."""
    known: dict[str, Callable[[Session, Slip, Job], dict[str, Any]]] = {
        "issue-slip": partial(slips.issue_slip, library),
        "slip-overdue": slips.slip_overdue,
        "escalate-slip": slips.escalate_slip,
    }
    return {topic: in_transaction(handler_about(_slip, handle)) for topic, handle in known.items()}


def head(session: Session, key: str) -> SubjectHead:
    """What stands above the form of a slip about several items."""
    row = session.get_one(Slip, int(key))
    facts = [] if row.number is None else [say("{number}, {n} items", number=row.number, n=len(row.items))]
    return SubjectHead(slips.SUBJECT, key, f"{row.unit.short_name}：{slips.LEVELS[row.level]}", facts)


STEPS = Steps(
    recorders=RECORDERS,
    handlers=handlers,
    options=SOURCES,
    prefill=PREFILL,
    checks=CHECKS,
    subjects={slips.SUBJECT: Subject(head)},
    needs={recorder: frozenset() for recorder in RECORDERS},
)
