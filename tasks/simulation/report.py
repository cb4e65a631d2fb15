"""What a simulated year ends with: its figures by the product's own reports, and everything that is wrong."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.consistency import find_faults
from engine.message import Message, say
from tasks.accounts.actors import actor_named
from tasks.consistency import find_faults as find_contradictions
from tasks.evaluation.gathering import parts_of, units_of_year
from tasks.evaluation.metrics import METRICS
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.simulation.calendar import LAST_DAY
from tasks.statistics.queries import statistics
from tasks.statistics.views import StatisticsFilters
from tasks.tables import evaluation, filing, handling, register, supervision, tracking, worklist

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from tasks.bootstrap import Banli
    from tasks.evaluation.views import Figure
    from tasks.statistics.views import Statistics

HUB = "zhoukai"
COMMITTEES: Mapping[str, str] = {"suggestion": "sunjie", "proposal": "fanglan"}
"""Who may read the ratings of each kind of item."""
ON_TIME = "按时办结率"
_MODULES = (register, filing, handling, tracking, supervision, evaluation, worklist)
_IDENTITY = re.compile(r"\b[0-9a-z]{20}\b|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A year that is over."""

    figures: Statistics
    """As the hub's page of statistics shows them."""
    on_time: Figure
    """The metric of the evaluation, over all units."""
    committees: Mapping[str, Statistics]
    """By kind of item, with its ratings."""
    faults: list[Message]
    """Broken invariants, stuck cases, incidents."""
    troubles: list[Message]
    """What somebody could not do."""
    acts: int
    digest: str

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.troubles


def outcome(banli: Banli, troubles: list[Message], acts: int) -> Outcome:
    """Count and check, as on the last day of the year."""
    return Outcome(
        figures=statistics(banli, actor_named(banli, HUB)),
        on_time=_on_time(banli),
        committees={
            kind: statistics(banli, actor_named(banli, account), StatisticsFilters(kind=kind))
            for kind, account in COMMITTEES.items()
        },
        faults=[*_stuck(banli), *find_contradictions(banli)],
        troubles=list(troubles),
        acts=acts,
        digest=digest(banli),
    )


def _on_time(banli: Banli) -> Figure:
    metric = next(metric for metric in METRICS if metric.code == ON_TIME)
    with banli.reading() as session:
        years = session.scalars(select(Item.year).distinct().order_by(Item.year)).all()
        parts = [
            part
            for year in years
            for unit in units_of_year(session, year, LAST_DAY)
            for part in parts_of(session, year, unit, LAST_DAY)
        ]
    return metric.of(parts)


def _stuck(banli: Banli) -> Iterator[Message]:
    """The engine's invariants, each told with the item of its case, and what waits for an administrator."""
    with banli.reading() as session:
        named = {
            item.instance_id: f"{item.number or item.id}《{item.title}》"
            for item in session.scalars(select(Item).where(Item.instance_id.is_not(None)))
        }
    for fault in find_faults(banli.engine.runtime):
        item = next((name for case, name in named.items() if case and case in fault), "")
        yield say("{fault} {item}", fault=fault, item=item)
    for one in banli.engine.incidents():
        yield say(
            "Incident in {item} at {element}: {message}",
            item=named.get(one.root_id, one.root_id), element=one.element_id, message=one.message,
        )  # fmt: skip


def digest(banli: Banli) -> str:
    """One number for the whole content of casework, ids left out: the same for the same seed."""
    hashed = hashlib.sha256()
    for row in content(banli):
        hashed.update(f"{row}\n".encode())
    return hashed.hexdigest()


def content(banli: Banli) -> Iterator[str]:
    """Every row of casework without its ids, table by table, sorted."""
    tables = {
        mapper.__table__.name: mapper.__table__
        for module in _MODULES
        for mapper in vars(module).values()
        if isinstance(mapper, type) and hasattr(mapper, "__table__")
    }
    with banli.reading() as session:
        for name in sorted(tables):
            yield from (f"{name}\t{row}" for row in sorted(_rows(session, tables[name])))


def _rows(session: Session, table: Table) -> Iterator[str]:
    kept = [column for column in table.columns if not _is_identity(column)]
    for row in session.execute(select(*kept)):
        values = {column.name: value for column, value in zip(kept, row, strict=True)}
        yield _IDENTITY.sub("", json.dumps(values, default=_plain, ensure_ascii=False, sort_keys=True))


def _is_identity(column: Any) -> bool:
    """Surrogate keys and what refers to them, but for items, units and people, whose numbers are the same anyway."""
    if column.name in {"item_id", "unit_id", "person_id"}:
        return False
    return bool(column.name == "id" or (column.name.endswith("_id") and column.name not in {"element_id", "form_id"}))


def _plain(value: Any) -> str:
    return value.astimezone(BEIJING).isoformat() if hasattr(value, "tzinfo") and value.tzinfo else str(value)
