"""What becomes of the forms of an annual report: rows, in the transaction that finishes the task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tasks.annual.service import report_of
from tasks.database import joined
from tasks.handling.models import TaskSubmission
from tasks.handling.recording import plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.annual.models import AnnualReport

Record = Callable[["AnnualReport", "Submission"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class AnnualRecorder:
    """The fields that a form's recorder knows, and the function that writes them; others are kept beside them."""

    fields: frozenset[str]
    record: Record

    def __call__(self, submission: Submission) -> Mapping[str, Any]:
        """Write the row and answer the variables."""
        extra = {key: value for key, value in submission.values.items() if key not in self.fields}
        with joined(submission.connection) as session:
            report = report_of(session, submission.task.business_key or "")
            self._keep(session, submission, extra)
            variables = self.record(report, submission)
        return {**extra, **variables}

    def _keep(self, session: Session, submission: Submission, extra: Mapping[str, Any]) -> None:
        session.add(
            TaskSubmission(
                task_id=submission.task.id, item_id=None, element_id=submission.task.element_id,
                form_id=submission.task.form_id or "", content=plain(submission.values), extra=plain(extra),
                by=submission.actor or "", at=submission.at,
            )
        )  # fmt: skip


def record_writing(report: AnnualReport, submission: Submission) -> dict[str, Any]:
    """The unit's office has written it."""
    report.text = submission.values["report_text"]
    report.problems = submission.values.get("problems") or ""
    report.written_by, report.state, report.returned = submission.actor or "", "signing", ""
    return {}


def record_signature(report: AnnualReport, submission: Submission) -> dict[str, Any]:
    """The unit's head signs it, or sends it back."""
    signature = submission.values["signature"]
    if signature == "sign":
        report.signed_by, report.signed_at, report.state = submission.actor or "", submission.at, "sent"
    else:
        report.returned, report.state = submission.values.get("signature_note") or "", "writing"
    return {"signature": signature}


def record_receipt(report: AnnualReport, submission: Submission) -> dict[str, Any]:
    """The hub or the committee has read it, or asks for more."""
    receipt = submission.values["receipt"]
    if receipt == "accept":
        report.received_by, report.received_at, report.state = submission.actor or "", submission.at, "received"
    else:
        report.returned, report.state = submission.values.get("receipt_note") or "", "writing"
    return {"receipt": receipt}


RECORDERS: Mapping[str, AnnualRecorder] = {
    "annual_writing": AnnualRecorder(frozenset({"report_text", "problems", "returned"}), record_writing),
    "annual_signature": AnnualRecorder(
        frozenset({"report_text", "problems", "signature", "signature_note"}), record_signature
    ),
    "annual_receipt": AnnualRecorder(frozenset({"report_text", "problems", "receipt", "receipt_note"}), record_receipt),
}
