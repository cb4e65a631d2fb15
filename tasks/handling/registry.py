"""What the steps of handling register: recorders, handlers, choices, first values, checks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from engine import in_transaction
from tasks.handling import (
    adjustments,
    afterwards,
    assignments,
    closings,
    consultations,
    extensions,
    item_withdrawals,
    merging,
    opinions,
    parts,
    ratings,
    replies,
    reviews,
)
from tasks.handling.checks import CHECKS
from tasks.handling.options import SOURCES
from tasks.handling.prefill import PREFILL
from tasks.handling.recording import Handle, Recorder, handler_over
from tasks.register.filing import number_item
from tasks.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine import ProcessEngine
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
    "closing_report": Recorder(closings.REPORT_FIELDS, closings.record_report),
    "closing_check": Recorder(closings.CHECK_FIELDS, closings.record_check),
    "opinion_approval": Recorder(opinions.APPROVAL_FIELDS, opinions.record_approval),
    "opinion_acceptance": Recorder(opinions.ACCEPTANCE_FIELDS, opinions.record_acceptance),
    "proceed": Recorder(opinions.PROCEED_FIELDS, opinions.record_proceed),
    "plan": Recorder(afterwards.PLAN_FIELDS, afterwards.record_plan),
    "publication": Recorder(afterwards.PUBLICATION_FIELDS, afterwards.record_publication),
    "hand_in": Recorder(afterwards.HAND_IN_FIELDS, afterwards.record_hand_in),
    "extension": Recorder(extensions.EXTENSION_FIELDS, extensions.record_extension),
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
        "open-round": partial(assignments.open_round, library),
        "reopen-assignments": partial(assignments.reopen, library),
        "adopt-reply": partial(merging.adopt_reply, library),
        "reply-facts": replies.reply_facts,
        "remind-opinion": opinions.remind_opinion,
        "extend": partial(extensions.extend, library),
        "record-withdrawal": item_withdrawals.record_withdrawal,
        "close-item": closings.finish,
    }
    return {topic: in_transaction(handler_over(handle)) for topic, handle in known.items()}


def jobs(engine_of: Callable[[], ProcessEngine]) -> dict[str, Callable[..., Any]]:
    """What runs outside any transaction, by task type."""
    return {"tell-merged": partial(merging.tell_merged, engine_of)}


NEEDS: dict[str, frozenset[str]] = {
    "assignment": frozenset(),
    "sign_in": frozenset({"instructions"}),
    "adjustment_ruling": frozenset(),
    "endorsement": frozenset(),
    "addition": frozenset(),
    "consultation": frozenset({"consultations", "instructions", "issued", "plans"}),
    "opinion": frozenset({"consultations", "instructions", "issued"}),
    "reply": frozenset({"opinions", "consultations", "instructions", "replies", "plans"}),
    "review": frozenset({"opinions", "consultations", "instructions", "replies"}),
    "issue": frozenset({"replies"}),
    "feedback": frozenset({"issued", "consultations"}),
    "committee_decision": frozenset({"issued", "consultations", "ratings"}),
    "closing": frozenset({"replies", "consultations", "opinions", "instructions", "reports"}),
    "closing_check": frozenset({"replies", "consultations", "instructions", "reports", "ratings"}),
    "closing_report": frozenset({"issued", "consultations", "instructions"}),
    "opinion_approval": frozenset({"opinions", "instructions"}),
    "opinion_acceptance": frozenset({"opinions", "consultations"}),
    "proceed": frozenset({"opinions"}),
    "plan": frozenset({"instructions"}),
    "publication": frozenset({"issued"}),
    "hand_in": frozenset({"issued", "opinions"}),
    "extension": frozenset({"extensions", "consultations", "opinions"}),
}

STEPS = Steps(
    recorders=RECORDERS,
    handlers=handlers,
    jobs=jobs,
    options=SOURCES,
    prefill=PREFILL,
    checks=CHECKS,
    needs=NEEDS,
)
