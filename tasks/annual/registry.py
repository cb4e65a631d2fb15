"""What the steps of an annual report register: recorders, first values, the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.message import say
from tasks.annual.drafting import as_sent, first_values
from tasks.annual.recorders import RECORDERS
from tasks.annual.service import SUBJECT, report_of, titled
from tasks.steps import Steps, Subject, SubjectHead

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def head(session: Session, key: str) -> SubjectHead:
    """What stands above the form."""
    report = report_of(session, key)
    facts = (say("Sent back: {reason}", reason=report.returned),) if report.returned else ()
    return SubjectHead(SUBJECT, key, f"{report.unit.short_name} {titled(report.year, report.kind)}", facts)


STEPS = Steps(
    recorders=RECORDERS,
    prefill={"annual_writing": first_values, "annual_signature": as_sent, "annual_receipt": as_sent},
    subjects={SUBJECT: Subject(head)},
)
