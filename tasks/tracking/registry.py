"""What tracking registers: recorders, handlers, choices, first values, checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from engine import in_transaction
from tasks.handling.recording import Handle, Recorder, handler_over
from tasks.steps import Steps
from tasks.tracking import commitments, look_back
from tasks.tracking.checks import CHECKS
from tasks.tracking.options import SOURCES
from tasks.tracking.prefill import PREFILL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.deadlines.library import ReferenceLibrary

RECORDERS: dict[str, Recorder] = {
    "promise_progress": Recorder(commitments.PROGRESS_FIELDS, commitments.record_progress),
    "promise_fulfilment": Recorder(commitments.FULFILMENT_FIELDS, commitments.record_fulfilment),
    "promise_signature": Recorder(commitments.SIGNATURE_FIELDS, commitments.record_signature),
    "tracking_result": Recorder(commitments.RESULT_FIELDS, commitments.record_result),
    "look_back_visit": Recorder(look_back.VISIT_FIELDS, look_back.record_visit),
    "look_back_confirmation": Recorder(look_back.CONFIRM_FIELDS, look_back.record_confirmation),
}


def handlers(library: ReferenceLibrary) -> dict[str, Callable[..., Any]]:
    """The in-transaction handlers by task type."""
    known: dict[str, Handle] = {
        "open-commitments": partial(commitments.open_commitments, library),
        "restart-promise": partial(commitments.restart_promise, library),
        "settle-tracking": commitments.settle_tracking,
        "reopen-item": look_back.reopen_item,
    }
    return {topic: in_transaction(handler_over(handle)) for topic, handle in known.items()}


STEPS = Steps(
    recorders=RECORDERS,
    handlers=handlers,
    options=SOURCES,
    prefill=PREFILL,
    checks=CHECKS,
    needs={
        **{recorder: frozenset({"issued"}) for recorder in RECORDERS},
        "look_back_visit": frozenset({"issued", "consultations"}),
    },
)
