"""What becomes of the forms of an evaluation: rows, in the transaction that finishes the task."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.evaluation.evaluations import evaluation_of, panel_rows, scheme_of, self_rows, veto_rows
from tasks.evaluation.models import Appeal, PanelScore
from tasks.evaluation.views import Stage
from tasks.handling.recording import RecorderOf

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Submission
    from tasks.evaluation.models import IndicatorScore, UnitEvaluation


def record_self(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The unit's own scores with their evidence; rows come in the order of the scheme."""
    scores = _scores(evaluation)
    for indicator, row in zip(self_rows(scheme_of(evaluation.run)), submission.values["scores"], strict=True):
        mine = scores[indicator.code]
        mine.self_score, mine.evidence, mine.self_text = row["score"], row.get("evidence") or "", row.get("text") or ""
    evaluation.stage = Stage.PANEL
    return {}


def record_inputs(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """What a third party found."""
    scheme = scheme_of(evaluation.run)
    rows = zip(scheme.inputs, submission.values["inputs"], strict=True)
    evaluation.inputs = {one.code: str(row["value"]) for one, row in rows}
    evaluation.stage = Stage.PANEL
    return {}


def record_panel(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:
    """One office's scores; a second time they replace its first."""
    office = submission.headers["office"]
    scheme, values = scheme_of(evaluation.run), submission.values
    for row in [row for row in evaluation.panel if row.office == office]:
        session.delete(row)
    session.flush()
    given: list[tuple[str, Decimal, str]] = [
        (one.code, row["score"], row.get("reason") or "")
        for one, row in zip(panel_rows(scheme), values["scores"], strict=True)
    ]
    found = set(values.get("vetoes") or ())
    given += [(one.code, Decimal(1), values.get("veto_reason") or "") for one in veto_rows(scheme) if one.code in found]
    for code, score, reason in given:
        session.add(
            PanelScore(
                evaluation_id=evaluation.id,
                code=code,
                office=office,
                score=score,
                reason=reason,
                by=submission.actor or "",
                at=submission.at,
            )
        )
    return {}


def record_approval(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The leader agrees, or the panel scores again and reads why."""
    approval = submission.values["approval"]
    reason = submission.values.get("returned") or ""
    evaluation.returned = reason if approval == "return" else ""
    if approval == "return":
        evaluation.stage = Stage.PANEL
        return {"approval": approval, "returned": reason}
    evaluation.grade = str((submission.variables.get("grading") or {}).get("grade") or "")
    return {"approval": approval, "returned": None}


def record_appeal(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:
    """What the unit objects to, indicator by indicator; or that it does not."""
    values = submission.values
    asked = values.get("appeals") or [] if values["answer"] == "appeal" else []
    scores = _scores(evaluation)
    for row in asked:
        session.add(
            Appeal(
                evaluation_id=evaluation.id,
                code=row["indicator"],
                reason=row["reason"],
                before=scores[row["indicator"]].score or Decimal(0),
                by=submission.actor or "",
                at=submission.at,
            )
        )
    if asked:
        evaluation.stage = Stage.APPEAL
    return {"appealed": bool(asked)}


def record_answer(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The panel keeps a score or changes it, with its reason; nothing changes before the leader agrees."""
    for appeal, row in zip(evaluation.appeals, submission.values["answers"], strict=True):
        appeal.verdict = row["verdict"]
        appeal.after = row.get("after") if row["verdict"] == "change" else None
        appeal.answer, appeal.answered_by = row["answer"], submission.actor or ""
    return {"appeal_returned": None}


def record_ruling(session: Session, evaluation: UnitEvaluation, submission: Submission) -> dict[str, Any]:  # noqa: ARG001
    """The leader agrees with the answers, or sends them back."""
    ruling = submission.values["ruling"]
    if ruling == "return":
        return {"ruling": ruling, "appeal_returned": submission.values.get("appeal_returned") or ""}
    for appeal in evaluation.appeals:
        appeal.approved = True
    return {"ruling": ruling}


def _scores(evaluation: UnitEvaluation) -> dict[str, IndicatorScore]:
    return {row.code: row for row in evaluation.scores}


def _evaluation(session: Session, submission: Submission) -> UnitEvaluation:
    return evaluation_of(session, submission.task.business_key or "")


RECORDERS: dict[str, RecorderOf[UnitEvaluation]] = {
    "evaluation_self": RecorderOf(frozenset({"scores", "signer"}), record_self, _evaluation),
    "evaluation_inputs": RecorderOf(frozenset({"inputs", "remark"}), record_inputs, _evaluation),
    "evaluation_panel": RecorderOf(frozenset({"scores", "vetoes", "veto_reason"}), record_panel, _evaluation),
    "evaluation_approval": RecorderOf(frozenset({"approval", "returned"}), record_approval, _evaluation),
    "evaluation_appeal": RecorderOf(frozenset({"answer", "appeals"}), record_appeal, _evaluation),
    "evaluation_answer": RecorderOf(frozenset({"answers"}), record_answer, _evaluation),
    "evaluation_ruling": RecorderOf(frozenset({"answers", "ruling", "appeal_returned"}), record_ruling, _evaluation),
}
