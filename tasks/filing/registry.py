"""What filing registers: recorders, handlers, choices, first values, checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from engine import in_transaction
from tasks.filing import cosigning, reviews
from tasks.filing.checks import CHECKS
from tasks.filing.options import SOURCES
from tasks.filing.prefill import PREFILL
from tasks.handling.recording import Handle, Recorder, handler_over
from tasks.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.deadlines.library import ReferenceLibrary

RECORDERS: dict[str, Recorder] = {
    "cosign": Recorder(cosigning.COSIGN_FIELDS, cosigning.record_cosign),
    "first_review": Recorder(reviews.REVIEW_FIELDS, reviews.record_first_review),
    "final_review": Recorder(reviews.REVIEW_FIELDS, reviews.record_final_review),
    "filing_edit": Recorder(reviews.EDIT_FIELDS, reviews.record_edit),
}


def handlers(library: ReferenceLibrary) -> dict[str, Callable[..., Any]]:
    """The in-transaction handlers by task type."""
    known: dict[str, Handle] = {
        "begin-filing": partial(cosigning.begin_filing, library),
        "drop-unconfirmed": cosigning.drop_unconfirmed,
        "take-as-filed": reviews.take_as_filed,
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
