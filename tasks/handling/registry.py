"""What the steps of handling register: recorders, handlers, choices, first values, checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from engine import in_transaction
from tasks.handling import adjustments, assignments, closings, consultations, opinions, parts, ratings, replies, reviews
from tasks.handling.checks import CHECKS
from tasks.handling.options import SOURCES
from tasks.handling.prefill import PREFILL
from tasks.handling.recording import Handle, Recorder, handler_over
from tasks.register.filing import number_item
from tasks.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.deadlines.library import ReferenceLibrary

RECORDERS: dict[str, Recorder] = {
    "assignment": Recorder(assignments.ASSIGN_FIELDS, assignments.record_assignment),
    "sign_in": Recorder(adjustments.SIGN_IN_FIELDS, adjustments.record_sign_in),
    "adjustment_ruling": Recorder(adjustments.RULING_FIELDS, adjustments.record_ruling),
    "endorsement": Recorder(adjustments.ENDORSEMENT_FIELDS, adjustments.record_endorsement),
    "addition": Recorder(adjustments.ADDITION_FIELDS, adjustments.record_addition),
    "consultation": Recorder(consultations.CONSULTATION_FIELDS, consultations.record_consultation),
    "opinion": Recorder(opinions.OPINION_FIELDS, opinions.record_opinion),
    "reply": Recorder(replies.REPLY_FIELDS, replies.record_reply),
    "review": Recorder(reviews.REVIEW_FIELDS, reviews.record_review),
    "issue": Recorder(replies.ISSUE_FIELDS, replies.record_issue),
    "feedback": Recorder(ratings.FEEDBACK_FIELDS, ratings.record_feedback),
    "committee_decision": Recorder(ratings.DECISION_FIELDS, ratings.record_decision),
    "closing": Recorder(closings.CLOSING_FIELDS, closings.record_closing),
    "kept": Recorder(frozenset(), lambda _session, _item, _submission: None),
}
"""`kept` serves a step that an administrator adds: its fields are stored with the case and become variables."""


def handlers(library: ReferenceLibrary) -> dict[str, Callable[..., Any]]:
    """The in-transaction handlers by task type, marked for the engine."""
    known: dict[str, Handle] = {
        "number": number_item,
        "open-assignments": partial(assignments.open_assignments, library),
        "accept-by-default": parts.accept_by_default,
        "reassign": partial(parts.reassign, library),
        "add-units": partial(parts.add_units, library),
        "settle-units": parts.settle_units,
        "record-silence": ratings.record_silence,
    }
    return {topic: in_transaction(handler_over(handle)) for topic, handle in known.items()}


NEEDS: dict[str, frozenset[str]] = {
    "assignment": frozenset(),
    "sign_in": frozenset({"instructions"}),
    "adjustment_ruling": frozenset(),
    "endorsement": frozenset(),
    "addition": frozenset(),
    "consultation": frozenset({"consultations", "instructions", "issued"}),
    "opinion": frozenset({"consultations", "instructions", "issued"}),
    "reply": frozenset({"opinions", "consultations", "instructions", "replies"}),
    "review": frozenset({"opinions", "consultations", "instructions", "replies"}),
    "issue": frozenset({"replies"}),
    "feedback": frozenset({"issued", "consultations"}),
    "committee_decision": frozenset({"issued", "consultations", "ratings"}),
    "closing": frozenset({"replies", "consultations", "opinions", "instructions"}),
}

STEPS = Steps(
    recorders=RECORDERS,
    handlers=handlers,
    options=SOURCES,
    prefill=PREFILL,
    checks=CHECKS,
    needs=NEEDS,
)
