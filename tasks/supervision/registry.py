"""What supervision registers: the recorders, handlers and forms of a slip."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from engine import in_transaction
from tasks.handling.recording import Handle, Recorder, handler_over
from tasks.steps import Steps
from tasks.supervision import slips
from tasks.supervision.options import CHECKS, PREFILL, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.deadlines.library import ReferenceLibrary

RECORDERS: dict[str, Recorder] = {
    "slip_signature": Recorder(slips.SIGNATURE_FIELDS, slips.record_signature),
    "slip_explanation": Recorder(slips.EXPLANATION_FIELDS, slips.record_explanation),
    "slip_judgement": Recorder(slips.JUDGEMENT_FIELDS, slips.record_judgement),
}


def handlers(library: ReferenceLibrary) -> dict[str, Callable[..., Any]]:
    """The in-transaction handlers by task type."""
    known: dict[str, Handle] = {
        "issue-slip": partial(slips.issue_slip, library),
        "slip-overdue": slips.slip_overdue,
        "escalate-slip": slips.escalate_slip,
    }
    return {topic: in_transaction(handler_over(handle)) for topic, handle in known.items()}


STEPS = Steps(
    recorders=RECORDERS,
    handlers=handlers,
    options=SOURCES,
    prefill=PREFILL,
    checks=CHECKS,
    needs={recorder: frozenset() for recorder in RECORDERS},
)
