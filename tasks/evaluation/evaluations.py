"""Finding a unit's evaluation and its scheme, and bringing its scores together."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.directory.models import Unit
from tasks.evaluation.models import EvaluationRun, IndicatorScore, UnitEvaluation
from tasks.evaluation.scheme import Indicator, Kind, Scheme, compiled, read_scheme
from tasks.evaluation.scoring import Result, result, system_score, with_inputs
from tasks.evaluation.views import Figure, Office, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

SUBJECT = "evaluation"
PEOPLE = frozenset({Kind.PANEL, Kind.BONUS, Kind.PENALTY})
ZERO = Decimal(0)


def business_key(year: int, unit_code: str) -> str:
    """What an evaluation's case is known by."""
    return f"{SUBJECT}:{year}:{unit_code}"


def evaluation_of(session: Session, key: str) -> UnitEvaluation:
    """The evaluation of a key, with or without the kind before it: `2026:zjj`."""
    year, _, unit = key.removeprefix(f"{SUBJECT}:").partition(":")
    found = session.scalar(
        select(UnitEvaluation)
        .join(EvaluationRun)
        .join(Unit, Unit.id == UnitEvaluation.unit_id)
        .where(EvaluationRun.year == (int(year) if year.isdigit() else 0), Unit.code == unit)
        .options(
            joinedload(UnitEvaluation.run).joinedload(EvaluationRun.scheme),
            joinedload(UnitEvaluation.unit),
            selectinload(UnitEvaluation.scores),
            selectinload(UnitEvaluation.panel),
            selectinload(UnitEvaluation.appeals),
        )
    )
    if found is None:
        raise NotFound(say("There is no evaluation “{key}”.", key=key))
    return found


def scheme_of(run: EvaluationRun) -> Scheme:
    """The scheme that a year was started with."""
    return _scheme(orjson.dumps(run.scheme.content, option=orjson.OPT_SORT_KEYS))


@lru_cache(maxsize=8)
def _scheme(content: bytes) -> Scheme:
    return read_scheme(orjson.loads(content))


def stored(evaluation: UnitEvaluation) -> dict[str, Figure]:
    """The figures as they were computed, by code."""
    return {row["code"]: Figure.read(row) for row in evaluation.figures}


def inputs_of(evaluation: UnitEvaluation) -> dict[str, Decimal]:
    """What the hub entered."""
    return {code: Decimal(str(value)) for code, value in evaluation.inputs.items()}


def figures_with_inputs(scheme: Scheme, evaluation: UnitEvaluation) -> dict[str, Figure]:
    """All figures that formulas read."""
    return with_inputs(scheme, stored(evaluation), inputs_of(evaluation))


def self_rows(scheme: Scheme) -> list[Indicator]:
    """What a unit scores itself."""
    return [one for one in scheme.indicators if one.kind not in {Kind.VETO, Kind.GRADE}]


def panel_rows(scheme: Scheme) -> list[Indicator]:
    """What the offices score with points."""
    return [one for one in scheme.indicators if one.by_panel and one.kind in PEOPLE]


def veto_rows(scheme: Scheme) -> list[Indicator]:
    """What the offices find or do not find."""
    return [one for one in scheme.indicators if one.by_panel and one.kind is Kind.VETO]


def is_rated(indicator: Indicator, rated: frozenset[str]) -> bool:
    """Whether an indicator rests on ratings."""
    return bool(indicator.formula) and bool(compiled(indicator.formula).names & rated)


def tally(scheme: Scheme, evaluation: UnitEvaluation) -> Result:
    """Bring formulas and offices together into scores and the total, and keep them."""
    figures = figures_with_inputs(scheme, evaluation)
    scores: dict[str, Decimal] = {}
    for row in evaluation.scores:
        indicator = scheme.indicator(row.code)
        row.system = system_score(scheme, indicator, figures)
        if not row.changed:
            row.score = row.system if row.system is not None else panel_score(scheme, evaluation, indicator)
        scores[row.code] = row.score if row.score is not None else ZERO
    found = result(scheme, figures, scores)
    evaluation.base, evaluation.bonus, evaluation.penalty = found.base, found.bonus, found.penalty
    evaluation.total, evaluation.vetoes = found.total, list(found.vetoes)
    return found


def panel_score(scheme: Scheme, evaluation: UnitEvaluation, indicator: Indicator) -> Decimal | None:
    """The offices' scores by their weights; of a veto, whether any office found it."""
    mine = [row for row in evaluation.panel if row.code == indicator.code]
    given = [(row, scheme.shares.get(Office(row.office), ZERO)) for row in mine]
    if indicator.kind is Kind.VETO:
        return Decimal(int(any(row.score for row, _ in given)))
    weight = sum((share for _, share in given), ZERO)
    if not weight:
        return None
    return rounded(sum((row.score * share for row, share in given), ZERO) / weight, scheme.decimals)


def told(scheme: Scheme, found: Result) -> dict[str, Any]:
    """What the diagram and its table of grades read of a result."""
    rate = found.total * 100 / scheme.points if scheme.points else ZERO
    return {"total": found.total, "rate": rate, "vetoed": bool(found.vetoes), "own": found.grade or None}


def score_rows(scheme: Scheme, figures: Mapping[str, Figure]) -> list[IndicatorScore]:
    """One row for each indicator that has points."""
    return [
        IndicatorScore(code=one.code, system=system_score(scheme, one, figures))
        for one in scheme.indicators
        if one.kind is not Kind.GRADE
    ]
