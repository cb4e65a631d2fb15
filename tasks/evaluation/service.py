"""Starting a year's evaluation for every unit with items (启动考核): one act, which may be sent twice."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.errors import NotFound
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.deadlines.functions import day_end
from tasks.directory.models import Unit
from tasks.directory.queries import unit_of_kind
from tasks.evaluation.access import reads_all
from tasks.evaluation.evaluations import business_key
from tasks.evaluation.gathering import units_of_year
from tasks.evaluation.models import EvaluationRun, EvaluationScheme, UnitEvaluation
from tasks.evaluation.scheme import read_scheme
from tasks.forms.views import FieldError
from tasks.settings import BEIJING
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

PROCESS = "evaluation"


@dataclass(frozen=True, slots=True)
class NewRun:
    """What the hub chooses when it starts a year."""

    year: int
    scheme: str
    cut_off: dt.date
    self_due: dt.date | None = None
    panel_due: dt.date | None = None


def shipped_schemes(banli: Banli) -> dict[str, Mapping[str, Any]]:
    """The schemes in the process folder by code, the usual one first."""
    folder = banli.process_folder / "evaluation"
    files = [path for path in [folder / "scheme.toml", *sorted((folder / "schemes").glob("*.toml"))] if path.exists()]
    contents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return {str(content["code"]): content for content in contents}


def start_evaluation(banli: Banli, actor: Actor, new: NewRun) -> int:
    """Start the evaluation of a year for each unit with items; answers how many units take part.

    Sent again, it starts what is missing (a unit whose first item came later, or one that a crash left out) and
    changes nothing else: scheme and dates of a year stay as they were.

    Raises:
        FormInvalid: year, scheme or dates cannot be used.
        SchemeInvalid: the scheme could not be computed.
        NotAllowed: the actor does not start evaluations.
    """
    if Permission.AREA_EVALUATION_START not in actor.permissions or not reads_all(actor):
        raise NotAllowed(say("Only the hub starts the evaluation of a year."))
    known = shipped_schemes(banli)
    with banli.writing() as session:
        run = session.scalar(select(EvaluationRun).where(EvaluationRun.year == new.year))
        if run is None:
            _refuse(_errors(session, new, known, banli.today()))
            run = _add_run(banli, session, actor, new, known[new.scheme])
        _add_units(session, run)
    return _start_cases(banli, actor, new.year)


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise FormInvalid(errors)


def _errors(session: Session, new: NewRun, known: Mapping[str, Any], today: dt.date) -> list[FieldError]:
    errors = []
    if new.scheme not in known:
        errors.append(FieldError("scheme", "考核办法", say("Choose a scheme.")))
    if not units_of_year(session, new.year, new.cut_off):
        errors.append(FieldError("year", "年度", say("No unit has items in {year}.", year=new.year)))
    for key, label, day in (("self_due", "自评截止", new.self_due), ("panel_due", "考评截止", new.panel_due)):
        if day is not None and day < today:
            errors.append(FieldError(key, label, say("This day has passed.")))
    if new.self_due and new.panel_due and new.panel_due < new.self_due:
        errors.append(FieldError("panel_due", "考评截止", say("The panel scores after the self-evaluation.")))
    return errors


def _add_run(banli: Banli, session: Session, actor: Actor, new: NewRun, content: Mapping[str, Any]) -> EvaluationRun:
    scheme = read_scheme(content)
    row = session.scalar(select(EvaluationScheme).where(EvaluationScheme.year == new.year))
    if row is None:
        row = EvaluationScheme(
            year=new.year,
            code=scheme.code,
            name=scheme.name,
            content=dict(content),
            by=actor.account,
            at=banli.now(),
        )
    run = EvaluationRun(
        year=new.year,
        scheme=row,
        cut_off=new.cut_off,
        self_due=new.self_due,
        panel_due=new.panel_due,
        by=actor.account,
        at=banli.now(),
    )
    session.add(run)
    session.flush()
    return run


def _add_units(session: Session, run: EvaluationRun) -> None:
    if run.ranked_at is not None:
        return
    there = set(session.scalars(select(UnitEvaluation.unit_id).where(UnitEvaluation.run_id == run.id)))
    for unit_id in units_of_year(session, run.year, run.cut_off):
        if unit_id not in there:
            session.add(UnitEvaluation(run_id=run.id, unit_id=unit_id))


def _start_cases(banli: Banli, actor: Actor, year: int) -> int:
    """Start each unit's case under a request id of its own: what was started before is answered, not repeated."""
    with banli.reading() as session:
        run = session.scalar(
            select(EvaluationRun).where(EvaluationRun.year == year).options(joinedload(EvaluationRun.scheme))
        )
        if run is None:
            raise NotFound(say("There is no evaluation of {year}.", year=year))
        everybody = session.execute(
            select(UnitEvaluation.instance_id, Unit)
            .join(Unit, Unit.id == UnitEvaluation.unit_id)
            .where(UnitEvaluation.run_id == run.id)
            .order_by(Unit.position)
        ).all()
        common = _variables(banli, session, run)
    for instance_id, unit in everybody:
        if instance_id is None:
            banli.engine.start(
                PROCESS,
                {**common, "unit": unit.code, "subject": f"{unit.short_name} {year}年度考核"},
                business_key=business_key(year, unit.code),
                request_id=business_key(year, unit.code),
                actor=actor.account,
            )
    return len(everybody)


def _variables(banli: Banli, session: Session, run: EvaluationRun) -> dict[str, Any]:
    reference = banli.reference()
    return {
        "year": run.year,
        "hub": unit_of_kind(session, "hub").code,
        "npc": unit_of_kind(session, "npc_office").code,
        "cppcc": unit_of_kind(session, "cppcc_office").code,
        "started_on": run.at.astimezone(BEIJING).date(),
        "self_due": day_end(reference, run.self_due) if run.self_due else None,
        "panel_due": day_end(reference, run.panel_due) if run.panel_due else None,
    }
