"""The pages of the evaluation: all units, one unit, ranking, one figure, the start."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable
from tasks.cases.diagrams import diagram_of
from tasks.cases.timeline import course
from tasks.directory.queries import the_area
from tasks.evaluation.access import is_own, reads_all, require, require_ranking, sees_scores
from tasks.evaluation.evaluations import SUBJECT, business_key, evaluation_of, scheme_of, stored
from tasks.evaluation.gathering import units_of_year
from tasks.evaluation.models import EvaluationRun, UnitEvaluation
from tasks.evaluation.scheme import Kind, compiled
from tasks.evaluation.scoring import compute
from tasks.evaluation.service import shipped_schemes
from tasks.evaluation.sheets import appeal_entries, inputs_shown, sheet_rows, visible_figures
from tasks.evaluation.views import (
    FigurePage,
    ItemScoreRow,
    Overview,
    PartShare,
    Sheet,
    Stage,
    StageMark,
    StartPage,
    UnitRow,
)
from tasks.handling.ratings import silence_counts_as
from tasks.register.models import Item
from tasks.register.years import years_with_items
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.queries import in_view
from tasks.worklist.rows import Today, due_of
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.evaluation.scheme import Indicator, ItemIndicator, Scheme
    from tasks.evaluation.views import Figure

ZERO = Decimal(0)


def years(banli: Banli) -> Sequence[int]:
    """Years that were evaluated, the newest first."""
    with banli.reading() as session:
        return session.scalars(select(EvaluationRun.year).order_by(EvaluationRun.year.desc())).all()


def start_page(banli: Banli, actor: Actor, year: int | None = None) -> StartPage | None:
    """What is asked before a year starts; None for who starts none."""
    if Permission.AREA_EVALUATION_START not in actor.permissions or not reads_all(actor):
        return None
    today = banli.today()
    chosen = year or today.year
    cut_off = min(dt.date(chosen, 11, 30), today) if chosen >= today.year else dt.date(chosen, 12, 31)
    with banli.reading() as session:
        known = years_with_items(session)
        units = len(units_of_year(session, chosen, cut_off))
    schemes = [(code, str(content["name"])) for code, content in shipped_schemes(banli).items()]
    return StartPage(chosen, known, schemes, cut_off, units)


def overview(banli: Banli, actor: Actor, year: int) -> Overview:
    """All units of a year: stage, scores, places.

    Raises:
        NotFound: the year was not evaluated.
        NotAllowed: the actor may read only the evaluation of her own unit.
    """
    if not reads_all(actor):
        raise NotAllowed(say("This page is for those who look after the evaluation of all units."))
    with banli.reading() as session:
        run = _run(session, year)
        return _overview(session, run)


def ranking(banli: Banli, actor: Actor, year: int) -> Overview:
    """The same for everybody once it is published: places and totals by group.

    Raises:
        NotFound: there is no ranking yet for this reader.
    """
    with banli.reading() as session:
        run = _run(session, year)
        require_ranking(actor, run)
        return _overview(session, run)


def sheet(banli: Banli, actor: Actor, year: int, unit_code: str) -> Sheet:
    """One unit's evaluation, as this reader may see it.

    Raises:
        NotFound: there is none, or it is another unit's.
    """
    with banli.reading() as session:
        evaluation = evaluation_of(session, f"{year}:{unit_code}")
        require(actor, evaluation)
        if evaluation.instance_id is None:
            raise NotFound(say("This evaluation has not been started yet."))
        scheme, stage = scheme_of(evaluation.run), Stage(evaluation.stage)
        shown = sees_scores(actor, stage.published) and stage not in {Stage.SELF, Stage.PANEL}
        works = session.scalars(
            select(Work).where(Work.root_id == evaluation.instance_id, Work.state == "open").order_by(Work.due)
        ).all()
        mine = session.scalar(
            select(Work.task_id).where(
                Work.root_id == evaluation.instance_id,
                or_(in_view(actor, WorklistView.MINE), in_view(actor, WorklistView.CLAIMABLE)),
            )
        )
        ranked = evaluation.run.ranked_at is not None
        everything = reads_all(actor)
        return Sheet(
            year=year,
            unit_code=unit_code,
            unit=evaluation.unit.short_name,
            stage=stage,
            scheme=scheme,
            rows=sheet_rows(session, actor, evaluation),
            figures=visible_figures(actor, evaluation),
            inputs=inputs_shown(actor, evaluation),
            total=evaluation.total if shown else None,
            bonus=evaluation.bonus if shown else None,
            penalty=evaluation.penalty if shown else None,
            grade=(evaluation.final_grade or evaluation.grade) if shown else "",
            group=_group_names(scheme).get(evaluation.group_code, ""),
            rank=evaluation.rank if ranked else None,
            vetoes=evaluation.vetoes if shown else (),
            returned=evaluation.returned if everything else "",
            appeals=appeal_entries(scheme, evaluation, all_of_it=everything),
            cut_off=evaluation.run.cut_off,
            due=due_of(Today.of(banli), works[0]) if works else None,
            diagram=diagram_of(banli, session, evaluation.instance_id),
            course=course(session, evaluation.instance_id),
            task_id=mine,
            own=is_own(actor, unit_code),
        )


def figure_page(banli: Banli, actor: Actor, year: int, unit_code: str, code: str) -> FigurePage:
    """Why a figure is what it is: formula, inputs, source, and the items behind it.

    Raises:
        NotFound: no such figure, or this reader must not see it yet.
    """
    with banli.reading() as session:
        evaluation = evaluation_of(session, f"{year}:{unit_code}")
        require(actor, evaluation)
        scheme = scheme_of(evaluation.run)
        known = {figure.code: figure for figure in visible_figures(actor, evaluation)}
        if code not in known:
            raise NotFound(say("There is no such figure, or it is not published yet."))
        columns = _columns(scheme, code)
        items = _item_rows(session, columns, evaluation, known[code])
        wanted = select(Item.id).where(Item.id.in_([row.item_id for row in items]), readable(actor))
        opened = set(session.scalars(wanted))
        filled = [index for index in range(len(columns)) if any(row.points[index] is not None for row in items)]
        return FigurePage(
            figure=known[code],
            unit=evaluation.unit.short_name,
            unit_code=unit_code,
            year=year,
            cut_off=evaluation.run.cut_off,
            inputs=[known[name] for name in _read_by(scheme, code) if name in known],
            items=[
                replace(row, points=[row.points[index] for index in filled], may_open=row.item_id in opened)
                for row in items
            ],
            columns=[columns[index].name for index in filled],
            used_by=[one.name for one in scheme.indicators if one.formula and code in compiled(one.formula).names],
        )


def own_year(banli: Banli, actor: Actor) -> tuple[int, str] | None:
    """The newest evaluation of the actor's own unit."""
    units = sorted({group.split(":", 1)[0] for group in actor.groups} | {actor.unit_code or ""})
    with banli.reading() as session:
        for year in session.scalars(select(EvaluationRun.year).order_by(EvaluationRun.year.desc())):
            for unit in units:
                try:
                    require(actor, evaluation_of(session, f"{year}:{unit}"))
                except NotFound:
                    continue
                return year, unit
    return None


def scheme_page(banli: Banli, actor: Actor, year: int) -> tuple[Scheme, Sequence[Figure]]:
    """The scheme of a year, with every figure that its formulas may read, without values."""
    if not actor.permissions & {Permission.AREA_EVALUATION_READ, Permission.UNIT_EVALUATION_READ}:
        raise NotAllowed(say("This page is for those who look after the evaluation of all units."))
    with banli.reading() as session:
        scheme = scheme_of(_run(session, year))
        silence = silence_counts_as(session, the_area(session).id)
    return scheme, list(compute(scheme, (), silence).figures.values())


def _run(session: Session, year: int) -> EvaluationRun:
    run = session.scalar(
        select(EvaluationRun)
        .where(EvaluationRun.year == year)
        .options(
            joinedload(EvaluationRun.scheme),
            selectinload(EvaluationRun.units).options(
                joinedload(UnitEvaluation.unit), selectinload(UnitEvaluation.scores)
            ),
        )
    )
    if run is None:
        raise NotFound(say("There is no evaluation of {year}.", year=year))
    return run


def _overview(session: Session, run: EvaluationRun) -> Overview:
    scheme = scheme_of(run)
    units = sorted(run.units, key=_order)
    now = _open_steps(session, units)
    rows = [_unit_row(scheme, one, now.get(business_key(run.year, one.unit.code), "")) for one in units]
    return Overview(
        year=run.year,
        years=session.scalars(select(EvaluationRun.year).order_by(EvaluationRun.year.desc())).all(),
        scheme=scheme,
        cut_off=run.cut_off,
        started=run.at,
        ranked=run.ranked_at is not None,
        marks=_marks([Stage(one.stage) for one in units]),
        groups=[
            (group.code, group.name, sum(one.group_code == group.code for one in units))
            for group in scheme.groups
            if any(one.group_code == group.code for one in units)
        ],
        rows=rows,
        parts=[
            PartShare(part.code, part.name, ZERO, _weight(scheme, part.code))
            for part in scheme.parts
            if _weight(scheme, part.code)
        ],
    )


def _order(one: UnitEvaluation) -> tuple[int, Decimal, int]:
    return one.rank or 10_000, -(one.total if one.total is not None else Decimal(-1)), one.unit.position


def _open_steps(session: Session, units: Sequence[UnitEvaluation]) -> dict[str, str]:
    found = session.execute(
        select(Work.subject_key, Work.step_name)
        .where(IS_OPEN, Work.root_id.in_([one.instance_id for one in units if one.instance_id]))
        .order_by(Work.opened_at)
    )
    steps: dict[str, str] = {}
    for key, name in found:
        told = steps.get(f"{SUBJECT}:{key}")
        steps[f"{SUBJECT}:{key}"] = f"{told}、{name}" if told else name
    return steps


def _unit_row(scheme: Scheme, one: UnitEvaluation, now: str) -> UnitRow:
    figures = stored(one)
    load, items = figures.get("办件量"), figures.get("办件数")
    scores = {row.code: row.score for row in one.scores if row.score is not None}
    return UnitRow(
        unit_code=one.unit.code,
        unit=one.unit.short_name,
        group=one.group_code,
        stage=Stage(one.stage),
        now=now,
        load=load.shown if load else None,
        items=int(items.value) if items is not None and items.value is not None else 0,
        parts=_shares(scheme, scores),
        bonus=one.bonus or ZERO,
        penalty=one.penalty or ZERO,
        total=one.total,
        grade=one.final_grade or one.grade,
        rank=one.rank,
        tie=one.tie,
    )


def _shares(scheme: Scheme, scores: dict[str, Decimal]) -> list[PartShare]:
    shares = []
    for part in scheme.parts:
        weight = _weight(scheme, part.code)
        if weight:
            points = sum((scores.get(one.code, ZERO) for one in _counted(scheme, part.code)), ZERO)
            shares.append(PartShare(part.code, part.name, points, weight))
    return shares


def _weight(scheme: Scheme, part: str) -> Decimal:
    return sum((one.weight for one in _counted(scheme, part)), ZERO)


def _counted(scheme: Scheme, part: str) -> list[Indicator]:
    return [one for one in scheme.indicators if one.part == part and one.kind in {Kind.COMPUTED, Kind.PANEL}]


def _marks(stages: list[Stage]) -> list[StageMark]:
    order = list(Stage)
    total = len(stages)

    def beyond(stage: Stage) -> int:
        return sum(order.index(one) > order.index(stage) for one in stages)

    done = [total, beyond(Stage.SELF), beyond(Stage.PANEL), beyond(Stage.APPROVAL), stages.count(Stage.FINAL)]
    names = (
        say("Computed figures"),
        say("Self-evaluation"),
        say("Panel scores"),
        say("Approval and publication"),
        say("Final, ranked"),
    )
    current = next((index for index, count in enumerate(done) if count < total), len(done))
    return [
        StageMark(name, count, total, "done" if index < current else "now" if index == current else "ahead")
        for index, (name, count) in enumerate(zip(names, done, strict=True))
    ]


def _group_names(scheme: Scheme) -> dict[str, str]:
    return {group.code: group.name for group in scheme.groups}


def _read_by(scheme: Scheme, code: str) -> list[str]:
    """Figures that a derived figure was computed from."""
    return sorted({name for one in scheme.figures if one.code == code for name in compiled(one.formula).names})


def _columns(scheme: Scheme, code: str) -> list[ItemIndicator]:
    items = [one for one in scheme.items if not one.rated]
    own = [one for one in items if one.figure == code]
    return list(own or items) if own or code in {one.code for one in scheme.figures} else []


def _item_rows(
    session: Session, columns: Sequence[ItemIndicator], evaluation: UnitEvaluation, figure: Figure
) -> list[ItemScoreRow]:
    """The items behind a figure with their points; nothing of what rests on ratings."""
    points = {row["item"]: row for row in evaluation.items}
    wanted = list(figure.counted) or (list(points) if columns else [])
    items = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(wanted)))}
    rows = []
    for item_id in wanted:
        item, told = items.get(item_id), points.get(item_id, {"role": "", "points": {}})
        if item is None:
            continue
        given = [told["points"].get(one.code) for one in columns]
        values = [Decimal(value) if value is not None else None for value in given]
        total = sum((value for value in values if value is not None), ZERO)
        rows.append(ItemScoreRow(item.id, item.number or "", item.kind, item.title, told["role"], values, total))
    return rows
