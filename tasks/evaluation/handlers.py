"""The service tasks of an evaluation, inside the command that reaches them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine import in_transaction
from tasks.directory.queries import the_area
from tasks.evaluation.evaluations import evaluation_of, scheme_of, score_rows, stored, tally, told
from tasks.evaluation.gathering import parts_of
from tasks.evaluation.models import EvaluationRun, UnitEvaluation
from tasks.evaluation.ranking import candidate, group_of, ranked
from tasks.evaluation.scoring import compute
from tasks.evaluation.views import Stage
from tasks.handling.ratings import silence_counts_as
from tasks.handling.recording import handler_about
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.views import Job

Handle = Callable[["Session", "UnitEvaluation", "Job"], Mapping[str, Any]]


def compute_figures(session: Session, evaluation: UnitEvaluation, job: Job) -> dict[str, Any]:
    """Compute the unit's figures and items as they stand; they are kept, and later events change no score."""
    run, scheme = evaluation.run, scheme_of(evaluation.run)
    silence = silence_counts_as(session, the_area(session).id)
    found = compute(scheme, parts_of(session, run.year, evaluation.unit_id, run.cut_off), silence)
    evaluation.figures = [figure.stored() for figure in found.figures.values()]
    evaluation.items = [
        {"item": one.item_id, "role": one.role, "points": {code: str(value) for code, value in one.points.items()}}
        for one in found.items
    ]
    evaluation.group_code = group_of(scheme, evaluation.unit.code, evaluation.unit.name, found.figures)
    evaluation.instance_id = job.root_id
    evaluation.scores.extend(score_rows(scheme, found.figures))
    return {"has_inputs": bool(scheme.inputs), "self_missing": False, "returned": None, "appeal_returned": None}


def miss_self(session: Session, evaluation: UnitEvaluation, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """The date passed without a self-evaluation."""
    evaluation.self_missing, evaluation.stage = True, Stage.PANEL
    return {"self_missing": True}


def tally_scores(session: Session, evaluation: UnitEvaluation, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """All offices have scored: bring it together."""
    scheme = scheme_of(evaluation.run)
    evaluation.stage = Stage.APPROVAL
    return told(scheme, tally(scheme, evaluation))


def publish(session: Session, evaluation: UnitEvaluation, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """The unit may see its scores from now on."""
    evaluation.stage, evaluation.published_at = Stage.PUBLISHED, job.at
    return {"published_on": job.at.astimezone(BEIJING).date()}


def settle(session: Session, evaluation: UnitEvaluation, job: Job) -> dict[str, Any]:  # noqa: ARG001
    """Put the changes that the leader agreed with into force; nothing moves after this."""
    scores = {row.code: row for row in evaluation.scores}
    for appeal in evaluation.appeals:
        if appeal.approved and appeal.verdict == "change" and appeal.after is not None:
            row = scores[appeal.code]
            row.score, row.changed, row.reason = appeal.after, True, appeal.answer
    scheme = scheme_of(evaluation.run)
    return told(scheme, tally(scheme, evaluation))


def rank(session: Session, evaluation: UnitEvaluation, job: Job) -> dict[str, Any]:
    """The unit is done; when all are, everybody gets a place. The run's row is locked: two may be the last at once."""
    session.scalar(select(EvaluationRun.id).where(EvaluationRun.id == evaluation.run_id).with_for_update())
    evaluation.stage, evaluation.final_at = Stage.FINAL, job.at
    evaluation.grade = str((job.variables.get("grading") or {}).get("grade") or "")
    session.flush()
    everybody = session.scalars(
        select(UnitEvaluation)
        .where(UnitEvaluation.run_id == evaluation.run_id)
        .execution_options(populate_existing=True)
    ).all()
    if all(one.stage == Stage.FINAL for one in everybody):
        place_all(evaluation.run, everybody)
        evaluation.run.ranked_at = job.at
    return {}


def place_all(run: EvaluationRun, everybody: Any) -> None:
    """Give each unit its place in its group, and the grade that the group's quota leaves it."""
    scheme = scheme_of(run)
    units = {one.unit.code: one for one in everybody}
    candidates = [
        candidate(code, one.group_code, one.total, one.grade, stored(one))
        for code, one in units.items()
        if one.total is not None
    ]
    for code, place in ranked(scheme, candidates).items():
        units[code].rank, units[code].final_grade, units[code].tie = place.rank, place.grade, place.tie


def _evaluation(session: Session, job: Job) -> UnitEvaluation:
    return evaluation_of(session, job.business_key or "")


HANDLERS: dict[str, Callable[[Job], dict[str, Any]]] = {
    topic: in_transaction(handler_about(_evaluation, handle))
    for topic, handle in {
        "evaluation-compute": compute_figures,
        "evaluation-miss-self": miss_self,
        "evaluation-tally": tally_scores,
        "evaluation-publish": publish,
        "evaluation-settle": settle,
        "evaluation-rank": rank,
    }.items()
}
