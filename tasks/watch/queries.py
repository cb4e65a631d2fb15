"""The figures of a running procedure, for whoever may see them; shapes that tell of a rating show none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine import tables
from engine.bpmn.reader import read_diagram
from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable
from tasks.register.models import Item
from tasks.watch.views import ShapeLine, StandingCase, StandingCases, WatchPage
from tasks.worklist.models import IS_OPEN, Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import Element, Process
    from engine.standing import Standing
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

WATCHERS = frozenset({Permission.AREA_PROCESS_DEPLOY, Permission.AREA_SETTING_CHANGE, Permission.AREA_ITEM_READ})
PERIODS: Mapping[str, int | None] = {"year": 365, "quarter": 92, "month": 31, "all": None}
"""Days back from today; None: everything."""
MAIN = "handling"
SHOWN_CASES = 50
_SHOWN = frozenset({"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess", "receiveTask",
                    "intermediateCatchEvent", "endEvent", "boundaryEvent", "scriptTask"})  # fmt: skip


def watch(banli: Banli, actor: Actor, process_id: str, version: int | None = None, period: str = "year") -> WatchPage:
    """A process with the figures of its shapes.

    Raises:
        NotAllowed: the actor neither designs nor administers nor reads the area's items.
        NotFound: no such process is deployed.
    """
    _require_watcher(actor)
    processes = banli.engine.processes()
    wanted = process_id or _default(banli, [one.key for one in processes])
    xml, definition = banli.engine.diagram_of(wanted, version)
    process = next(one for one in read_diagram(xml).processes if one.id == wanted)
    period = period if period in PERIODS else "year"
    days = PERIODS[period]
    since = None if days is None else banli.now() - dt.timedelta(days=days)
    figures = banli.engine.standings(wanted, version, since, _paused(banli), _SHOWN)
    lines = [_line(element, figures) for element in _open_shapes(process, actor)]
    return WatchPage(
        wanted,
        process.name,
        definition.version,
        version,
        period,
        banli.engine.running_versions(wanted),
        [(one.key, one.name) for one in processes],
        sorted(lines, key=lambda line: (-line.standing, -line.instances)),
        sum(line.standing for line in lines if line.is_task),
        sum(line.overdue for line in lines),
        xml.decode("utf-8"),
        Permission.AREA_ITEM_READ in actor.permissions,
    )


def cases_at(banli: Banli, actor: Actor, process_id: str, element_id: str) -> StandingCases:
    """The cases that stand at a shape, as far as this reader may read them, the longest first."""
    _require_watcher(actor)
    xml, _ = banli.engine.diagram_of(process_id)
    process = next(one for one in read_diagram(xml).processes if one.id == process_id)
    if element_id not in {element.id for element in _open_shapes(process, actor)}:
        return StandingCases((), 0)
    instance, element, task = tables.instance.c, tables.element_instance.c, tables.user_task.c
    definition = tables.definition.c
    with banli.reading() as session:
        rows = session.execute(
            select(Item.id, Item.kind, Item.number, Item.title, element.started, task.due, task.id, func.count().over())
            .select_from(tables.element_instance)
            .join(tables.instance, instance.id == element.instance_id)
            .join(tables.definition, definition.id == instance.definition_id)
            .join(Item, Item.instance_id == instance.root_id)
            .outerjoin(tables.user_task, (task.instance_id == element.instance_id) & (task.token == element.token))
            .where(
                instance.state == "active",
                definition.key == process_id,
                element.element_id == element_id,
                element.ended.is_(None),
                element.kind != "multiInstanceBody",
                readable(actor),
            )
            .order_by(element.started)
            .limit(SHOWN_CASES)
        ).all()
    now, paused = banli.now(), _paused(banli)
    found = [
        StandingCase(
            item_id, kind, number or "", title, since, due, due is not None and due < now and task_id not in paused
        )
        for item_id, kind, number, title, since, due, task_id, _ in rows
    ]
    return StandingCases(found, rows[0][-1] if rows else 0)


def _paused(banli: Banli) -> frozenset[str]:
    """The open tasks whose clock stands still: few, since people paused them one case at a time."""
    with banli.reading() as session:
        return frozenset(session.scalars(select(Work.task_id).where(IS_OPEN, Work.suspended_at.is_not(None))))


def _require_watcher(actor: Actor) -> None:
    if not WATCHERS & actor.permissions:
        raise NotAllowed(say("Only designers, administrators and the government office may watch the procedure."))


def _default(banli: Banli, keys: list[str]) -> str:
    """The course of a case; where it is called otherwise, the process with the most running instances."""
    if MAIN in keys:
        return MAIN
    running = {key: sum(one.active for one in banli.engine.running_versions(key)) for key in keys}
    return max(keys, key=lambda key: running[key], default="")


def _open_shapes(process: Process, actor: Actor) -> list[Element]:
    """Shapes whose figures this reader may know: one that tells of a rating is for those who may read ratings."""
    sees_ratings = Permission.AREA_RATING_READ in actor.permissions
    return [
        element
        for element in process.elements.values()
        if element.type in _SHOWN
        and element.name
        and (sees_ratings or not {"confidential"} & {*element.headers, *element.properties})
    ]


def _line(element: Element, figures: Mapping[str, Standing]) -> ShapeLine:
    found = figures.get(element.id)
    is_task = element.type in {"userTask", "receiveTask"}
    if found is None:
        return ShapeLine(element.id, element.name, 0, 0, None, 0, 0, is_task)
    repeated = 0 if element.loop else found.repeated
    return ShapeLine(
        element.id, element.name, found.standing, found.overdue, found.stay, found.instances, repeated, is_task
    )
