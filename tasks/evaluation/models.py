"""Schemes by year, the year's run, each unit's evaluation with its scores, and appeals."""

# ruff: noqa: TC001, TC003 - SQLAlchemy resolves the annotations of mapped columns at run time

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from tasks.database import Base
from tasks.directory.models import Unit

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import Dialect


class Points(TypeDecorator[Decimal]):
    """An exact number of points, stored as text: a float would round on its own."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """As text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """As a number again."""
        return None if value is None else Decimal(value)


class EvaluationScheme(Base):
    """The scheme of a year, as it was taken in; changing the shipped file does not change a year that has begun."""

    __tablename__ = "evaluation_scheme"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    code: Mapped[str]
    name: Mapped[str]
    content: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[dt.datetime]


class EvaluationRun(Base):
    """The evaluation of a year."""

    __tablename__ = "evaluation_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("evaluation_scheme.id"))
    cut_off: Mapped[dt.date]
    """Until the end of this day what was done counts."""
    self_due: Mapped[dt.date | None]
    """A fixed day for the self-evaluation in place of the parameter E1."""
    panel_due: Mapped[dt.date | None]
    by: Mapped[str]
    at: Mapped[dt.datetime]
    ranked_at: Mapped[dt.datetime | None]
    """When the last unit's scores became final, and everybody got a place."""

    scheme: Mapped[EvaluationScheme] = relationship()
    units: Mapped[list[UnitEvaluation]] = relationship(back_populates="run")


class UnitEvaluation(Base):
    """One unit's evaluation in one year."""

    __tablename__ = "unit_evaluation"
    __table_args__ = (UniqueConstraint("run_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("evaluation_run.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    instance_id: Mapped[str | None]
    stage: Mapped[str] = mapped_column(default="self")
    group_code: Mapped[str] = mapped_column(default="")
    figures: Mapped[list[Any]] = mapped_column(default=list)
    """As computed on the day of the start: later events change no score."""
    items: Mapped[list[Any]] = mapped_column(default=list)
    """Points of each item, without what rests on ratings."""
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Figures that the hub entered."""
    self_missing: Mapped[bool] = mapped_column(default=False)
    """The date of the self-evaluation passed without one."""
    returned: Mapped[str] = mapped_column(default="")
    """Why the leader sent the scores back to the panel."""
    vetoes: Mapped[list[Any]] = mapped_column(default=list)
    """Codes of the veto indicators that an office found."""
    base: Mapped[Decimal | None] = mapped_column(Points())
    bonus: Mapped[Decimal | None] = mapped_column(Points())
    penalty: Mapped[Decimal | None] = mapped_column(Points())
    total: Mapped[Decimal | None] = mapped_column(Points())
    grade: Mapped[str] = mapped_column(default="")
    """Before quotas."""
    rank: Mapped[int | None]
    final_grade: Mapped[str] = mapped_column(default="")
    tie: Mapped[str] = mapped_column(default="")
    """The rule that put it behind a unit with the same total."""
    published_at: Mapped[dt.datetime | None]
    final_at: Mapped[dt.datetime | None]

    run: Mapped[EvaluationRun] = relationship(back_populates="units")
    unit: Mapped[Unit] = relationship()
    scores: Mapped[list[IndicatorScore]] = relationship(back_populates="evaluation", order_by="IndicatorScore.id")
    panel: Mapped[list[PanelScore]] = relationship(back_populates="evaluation", order_by="PanelScore.id")
    appeals: Mapped[list[Appeal]] = relationship(back_populates="evaluation", order_by="Appeal.id")


class IndicatorScore(Base):
    """One indicator of one unit: what the computer, the unit and the panel say, and what counts."""

    __tablename__ = "indicator_score"
    __table_args__ = (UniqueConstraint("evaluation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("unit_evaluation.id"))
    code: Mapped[str]
    system: Mapped[Decimal | None] = mapped_column(Points())
    self_score: Mapped[Decimal | None] = mapped_column(Points())
    evidence: Mapped[str] = mapped_column(default="")
    self_text: Mapped[str] = mapped_column(default="")
    score: Mapped[Decimal | None] = mapped_column(Points())
    changed: Mapped[bool] = mapped_column(default=False)
    """An appeal changed it: it is not computed again."""
    reason: Mapped[str] = mapped_column(default="")

    evaluation: Mapped[UnitEvaluation] = relationship(back_populates="scores")


class PanelScore(Base):
    """What one office of the panel gave for one indicator; another office reads it when all are in."""

    __tablename__ = "panel_score"
    __table_args__ = (UniqueConstraint("evaluation_id", "code", "office"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("unit_evaluation.id"))
    code: Mapped[str]
    office: Mapped[str]
    score: Mapped[Decimal] = mapped_column(Points())
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]

    evaluation: Mapped[UnitEvaluation] = relationship(back_populates="panel")


class Appeal(Base):
    """What a unit asked about one indicator (申诉), and what was answered."""

    __tablename__ = "evaluation_appeal"
    __table_args__ = (UniqueConstraint("evaluation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("unit_evaluation.id"))
    code: Mapped[str]
    reason: Mapped[str]
    before: Mapped[Decimal] = mapped_column(Points())
    by: Mapped[str]
    at: Mapped[dt.datetime]
    verdict: Mapped[str] = mapped_column(default="")
    """Empty while it waits; `keep` or `change`."""
    after: Mapped[Decimal | None] = mapped_column(Points())
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    approved: Mapped[bool] = mapped_column(default=False)

    evaluation: Mapped[UnitEvaluation] = relationship(back_populates="appeals")
