"""What becomes of the forms of an annual report: rows, in the transaction that finishes the task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.annual.service import report_of
from tasks.handling.recording import RecorderOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.annual.models import AnnualReport


def record_writing(session: Session, report: AnnualReport, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The unit's office has written it."""
    report.text = submission.values["report_text"]
    report.problems = submission.values.get("problems") or ""
    report.written_by, report.state, report.returned = submission.actor or "", "signing", ""
    return {}


def record_signature(session: Session, report: AnnualReport, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The unit's head signs it, or sends it back."""
    signature = submission.values["signature"]
    if signature == "sign":
        report.signed_by, report.signed_at, report.state = submission.actor or "", submission.at, "sent"
    else:
        report.returned, report.state = submission.values.get("signature_note") or "", "writing"
    return {"signature": signature}


def record_receipt(session: Session, report: AnnualReport, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The hub or the committee has read it, or asks for more."""
    receipt = submission.values["receipt"]
    if receipt == "accept":
        report.received_by, report.received_at, report.state = submission.actor or "", submission.at, "received"
    else:
        report.returned, report.state = submission.values.get("receipt_note") or "", "writing"
    return {"receipt": receipt}


def _report(session: Session, submission: Submission) -> AnnualReport:
    return report_of(session, submission.task.business_key or "")


RECORDERS: Mapping[str, RecorderOf[AnnualReport]] = {
    "annual_writing": RecorderOf(frozenset({"report_text", "problems", "returned"}), record_writing, _report),
    "annual_signature": RecorderOf(
        frozenset({"report_text", "problems", "signature", "signature_note"}), record_signature, _report
    ),
    "annual_receipt": RecorderOf(
        frozenset({"report_text", "problems", "receipt", "receipt_note"}), record_receipt, _report
    ),
}
