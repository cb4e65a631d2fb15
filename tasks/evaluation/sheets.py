"""The sheet of one unit (自评表, handbook §7.10), as its reader may see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.message import say
from tasks.directory.queries import names_of, unit_by_code
from tasks.evaluation.access import is_own, reads_all, sees_scores
from tasks.evaluation.evaluations import SUBJECT, evaluation_of, figures_with_inputs, inputs_of, is_rated, scheme_of
from tasks.evaluation.scheme import compiled
from tasks.evaluation.views import AppealEntry, Figure, Office, PanelEntry, SheetRow, Stage
from tasks.steps import SubjectHead

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.evaluation.models import PanelScore, UnitEvaluation
    from tasks.evaluation.scheme import Indicator, Scheme
    from tasks.worklist.models import Work

OFFICE_OF_KIND = {"hub": Office.HUB, "npc_office": Office.NPC, "cppcc_office": Office.CPPCC}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the form of an evaluation's task."""

    year: int
    unit_code: str
    rows: Sequence[SheetRow]
    figures: Sequence[Figure]
    total: Decimal | None
    returned: str
    own: bool


def head(session: Session, key: str) -> SubjectHead:
    """What stands above the form."""
    evaluation = evaluation_of(session, key)
    scheme = scheme_of(evaluation.run)
    return SubjectHead(
        SUBJECT,
        key,
        f"{evaluation.unit.short_name} {evaluation.run.year}年度考核",
        (
            say("Scheme: {name}", name=scheme.name),
            say("What was done until {day} counts", day=evaluation.run.cut_off),
        ),
    )


def beside(banli: Banli, session: Session, actor: Actor, work: Work) -> Beside:  # noqa: ARG001
    """The sheet so far, and the figures: the unit's without what rests on ratings, an office's without the others'."""
    evaluation = evaluation_of(session, work.subject_key)
    own = is_own(actor, evaluation.unit.code) or not reads_all(actor)
    open_to_reader = sees_scores(actor, Stage(evaluation.stage).published)
    return Beside(
        year=evaluation.run.year,
        unit_code=evaluation.unit.code,
        rows=sheet_rows(session, actor, evaluation),
        figures=visible_figures(actor, evaluation),
        total=evaluation.total if open_to_reader and _tallied(evaluation) else None,
        returned="" if own else evaluation.returned,
        own=own,
    )


def sheet_rows(session: Session, actor: Actor, evaluation: UnitEvaluation) -> list[SheetRow]:
    """The lines of the sheet.

    A unit sees what rests on ratings, the offices' scores and the result when they are published. An office sees the
    scores of the others when all are in (背靠背).
    """
    scheme = scheme_of(evaluation.run)
    rated = scheme.rated_names()
    scores = {row.code: row for row in evaluation.scores}
    given = _panel(session, actor, evaluation)
    shown = sees_scores(actor, Stage(evaluation.stage).published)
    rows = []
    for one in scheme.indicators:
        score = scores.get(one.code)
        hidden = not shown and is_rated(one, rated)
        final = score is not None and shown and _tallied(evaluation)
        rows.append(
            SheetRow(
                code=one.code,
                name=one.name,
                part=one.part,
                kind=one.kind,
                weight=one.weight,
                standard=one.standard,
                source=one.source,
                formula=one.formula,
                figures=_figures_in(one),
                evidence=score.evidence if score else "",
                self_score=score.self_score if score else None,
                self_text=score.self_text if score else "",
                system=score.system if score and not hidden else None,
                hidden=hidden,
                panel=given.get(one.code, ()),
                score=score.score if final and score else None,
                reason=score.reason if score else "",
            )
        )
    return rows


def visible_figures(actor: Actor, evaluation: UnitEvaluation) -> list[Figure]:
    """The figures, without those that rest on ratings where this reader must not see them yet."""
    scheme = scheme_of(evaluation.run)
    figures = figures_with_inputs(scheme, evaluation).values()
    if sees_scores(actor, Stage(evaluation.stage).published):
        return list(figures)
    return [figure for figure in figures if not figure.rated]


def appeal_entries(scheme: Scheme, evaluation: UnitEvaluation, *, all_of_it: bool) -> list[AppealEntry]:
    """What the unit asked; the answer reaches it when the leader has agreed."""
    told = []
    for row in evaluation.appeals:
        entry = AppealEntry(
            row.code,
            scheme.indicator(row.code).name,
            row.reason,
            row.before,
            row.verdict,
            row.after,
            row.answer,
            row.approved,
        )
        unanswered = not all_of_it and not row.approved
        told.append(replace(entry, verdict="", after=None, answer="") if unanswered else entry)
    return told


def inputs_shown(actor: Actor, evaluation: UnitEvaluation) -> Mapping[str, Decimal]:
    """What was entered, by the name of the input."""
    if not sees_scores(actor, Stage(evaluation.stage).published):
        return {}
    given = inputs_of(evaluation)
    return {one.name: given[one.code] for one in scheme_of(evaluation.run).inputs if one.code in given}


def _tallied(evaluation: UnitEvaluation) -> bool:
    return evaluation.stage not in {Stage.SELF, Stage.PANEL}


def _panel(session: Session, actor: Actor, evaluation: UnitEvaluation) -> dict[str, list[PanelEntry]]:
    if not sees_scores(actor, Stage(evaluation.stage).published):
        return {}
    rows = [row for row in evaluation.panel if _tallied(evaluation) or row.office == office_of(session, actor)]
    names = names_of(session, {row.by for row in rows})
    found: dict[str, list[PanelEntry]] = {}
    for row in sorted(rows, key=_order):
        who = names.get(row.by, (row.by, ""))[0]
        found.setdefault(row.code, []).append(PanelEntry(Office(row.office), row.score, row.reason, who))
    return found


def office_of(session: Session, actor: Actor) -> Office | None:
    """The office of the panel that the actor works in."""
    return OFFICE_OF_KIND.get(unit_by_code(session, actor.unit_code).kind) if actor.unit_code else None


def _order(row: PanelScore) -> int:
    return list(Office).index(Office(row.office))


def _figures_in(indicator: Indicator) -> list[str]:
    if not indicator.formula:
        return []
    return sorted(compiled(indicator.formula).names)
