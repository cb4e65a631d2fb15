"""The live diagrams of a case, as its reader may see them: the procedure, and every process that it has called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import NotFound
from engine.message import say
from tasks.cases.access import hidden_from
from tasks.cases.paths import Path, path_of, process_of
from tasks.cases.secrecy import veil_over, veiled
from tasks.cases.views import Diagram, DiagramLink, ShapeDetail
from tasks.directory.models import Unit
from tasks.directory.queries import names_of
from tasks.worklist.models import Work
from tasks.worklist.rows import Today, due_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.bpmn.model import Element
    from engine.message import Message
    from engine.views import Called, ElementInstance
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.cases.secrecy import Veil
    from tasks.register.models import Item


def live_diagram(
    banli: Banli, session: Session, actor: Actor, item: Item, instance_id: str | None = None, task_id: str | None = None
) -> Diagram:
    """Where the case is in its own version of a diagram, and what a click on each shape tells.

    Without an instance it is the procedure as a whole; with a task, the diagram that the task stands in.

    Raises:
        NotFound: the case has no such diagram, or this reader must not know of it.
    """
    if item.instance_id is None:
        raise NotFound(say("The item {number} has not been started yet.", number=item.number or item.id))
    wanted = instance_id or (task_id.rsplit("-", 1)[0] if task_id else item.instance_id)
    found = banli.engine.instance(wanted)
    if found.business_key != str(item.id):  # a relapsed item has a case beside its first one; both are its own
        raise NotFound(say("The case has no such diagram."))
    works = session.scalars(select(Work).where(Work.item_id == item.id).order_by(Work.opened_at)).all()
    return _drawn(banli, session, found.root_id, wanted, works, hidden_from(actor, item))


def diagram_of(banli: Banli, session: Session, instance_id: str) -> Diagram:
    """The same for a case that concerns no item."""
    works = session.scalars(select(Work).where(Work.root_id == instance_id).order_by(Work.opened_at)).all()
    return _drawn(banli, session, instance_id, instance_id, works, frozenset())


def _drawn(
    banli: Banli, session: Session, root_id: str, wanted: str, works: Sequence[Work], secrets: frozenset[str]
) -> Diagram:
    family = banli.engine.family(root_id)
    veil = veil_over(banli, family, secrets)
    found = next((one for one in family if one.id == wanted), None)
    if found is None:
        raise NotFound(say("The case has no such diagram."))
    xml, version = banli.engine.diagram(found.id)
    process = process_of(xml, found.process_id)
    if found.parent_id is not None and veil.hides_whole(process):
        raise NotFound(say("The case has no such diagram."))
    runs = [run for run in banli.engine.history(found.id) if run.instance_id == found.id]
    path = veiled(process, path_of(process, runs), runs, veil)
    names = names_of(session, [work.finished_by for work in works] + [work.assignee for work in works])
    labels = _labels(session, family, works)
    shown = _Shown(banli, family, veil, works, names, labels)
    named = [element for element in process.elements.values() if element.name]
    return Diagram(
        xml=xml.decode("utf-8"),
        version=version,
        visited=path.visited,
        active=path.active,
        flows=path.flows,
        details={element.id: shown.detail(found, element, path, runs) for element in named},
        instance_id=found.id,
        name=process.name,
        trail=tuple(_link(one, labels) for one in _trail(family, found)),
    )


class _Shown:
    """What the details of one case's diagrams are made from."""

    def __init__(
        self,
        banli: Banli,
        family: Sequence[Called],
        veil: Veil,
        works: Sequence[Work],
        names: Mapping[str, tuple[str, str]],
        labels: Mapping[str, str],
    ) -> None:
        self._today = Today.of(banli)
        self._banli, self._family, self._veil = banli, family, veil
        self._works, self._names, self._labels = works, names, labels

    def detail(self, found: Called, element: Element, path: Path, history: Sequence[ElementInstance]) -> ShapeDetail:
        """What a click on one shape tells."""
        state = "active" if element.id in path.active else "done" if element.id in path.visited else "ahead"
        if self._veil.hides(found.process_id, element.id):
            return ShapeDetail(element.id, element.name, state, 0, "", None, None, None, [])
        runs = [run for run in history if run.element_id == element.id]
        calls = [one for one in self._family if one.parent_id == found.id and one.element_id == element.id]
        mine = self._works_of(found, element, calls)
        people = list(dict.fromkeys(_who(work, self._names) for work in mine))
        open_work = next((work for work in mine if work.state == "open"), None)
        sealed = element.id in self._veil.sealed.get(found.process_id, frozenset()) and state == "active"
        return ShapeDetail(
            element_id=element.id,
            name=element.name,
            state=state,
            visits=len(runs),
            who="、".join(person for person in people if person),
            started=runs[-1].started if runs else None,
            ended=None if sealed or not runs else runs[-1].ended,
            due=due_of(self._today, open_work) if open_work is not None else None,
            sentences=_sentences(element, mine),
            opens=tuple(_link(one, self._labels) for one in calls if not self._is_hidden(one)),
        )

    def _works_of(self, found: Called, element: Element, calls: Sequence[Called]) -> list[Work]:
        """The tasks of a shape: its own, or all that were opened in what it called."""
        if not calls:
            return [
                work
                for work in self._works
                if work.element_id == element.id and work.task_id.rsplit("-", 1)[0] == found.id
            ]
        inside = _below(self._family, {one.id for one in calls})
        return [work for work in self._works if not work.confidential and work.task_id.rsplit("-", 1)[0] in inside]

    def _is_hidden(self, one: Called) -> bool:
        process = process_of(self._banli.engine.diagram(one.id)[0], one.process_id)
        return self._veil.hides_whole(process)


def _below(family: Sequence[Called], ids: set[str]) -> set[str]:
    found, edge = set(ids), set(ids)
    while edge:
        edge = {one.id for one in family if one.parent_id in edge}
        found |= edge
    return found


def _trail(family: Sequence[Called], found: Called) -> list[Called]:
    """From the procedure down to this instance."""
    by_id = {one.id: one for one in family}
    way = [found]
    while (parent := by_id.get(way[-1].parent_id or "")) is not None:
        way.append(parent)
    return way[::-1]


def _labels(session: Session, family: Sequence[Called], works: Sequence[Work]) -> dict[str, str]:
    """Which unit an instance is about, where several of one process run side by side."""
    units = {unit.code: unit.short_name for unit in session.scalars(select(Unit).where(Unit.kind == "handling"))}
    found = {}
    for one in family:
        inside = _below(family, {one.id})
        codes = [work.unit_code for work in works if work.task_id.rsplit("-", 1)[0] in inside]
        found[one.id] = next((units[code] for code in codes if code in units), "") if one.parent_id else ""
    return found


def _link(one: Called, labels: Mapping[str, str]) -> DiagramLink:
    return DiagramLink(one.id, one.name, labels.get(one.id, ""), running=one.ended is None)


def _who(work: Work, names: Mapping[str, tuple[str, str]]) -> str:
    account = work.finished_by or work.assignee
    name, unit = names.get(account or "", (account or "", ""))
    return f"{unit} {name}".strip()


def _sentences(element: Element, works: Sequence[Work]) -> list[Message]:
    told: list[Message] = []
    if element.documentation:
        told.append(say("{text}", text=element.documentation))
    cancelled = sum(work.state == "cancelled" for work in works)
    if cancelled:
        told.append(say("{n} tasks of this step were ended by the procedure.", n=cancelled))
    return told
