"""The live diagram of a case, as its reader may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.errors import NotFound
from engine.message import say
from tasks.cases.access import hidden_from
from tasks.cases.paths import Path, confidential_elements, masked, path_of, process_of, stand_in_of
from tasks.cases.views import Diagram, ShapeDetail
from tasks.directory.queries import names_of
from tasks.worklist.models import Work
from tasks.worklist.rows import Today, due_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.bpmn.model import Element, Process
    from engine.message import Message
    from engine.views import ElementInstance
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.register.models import Item


def live_diagram(banli: Banli, session: Session, actor: Actor, item: Item) -> Diagram:
    """Where the case is in its own version of the diagram, and what a click on each shape tells."""
    if item.instance_id is None:
        raise NotFound(say("The item {number} has not been started yet.", number=item.number or item.id))
    works = session.scalars(select(Work).where(Work.item_id == item.id).order_by(Work.opened_at)).all()
    return _drawn(banli, session, item.instance_id, works, hidden_from(actor, item))


def diagram_of(banli: Banli, session: Session, instance_id: str) -> Diagram:
    """The same for a case that concerns no item."""
    works = session.scalars(select(Work).where(Work.root_id == instance_id).order_by(Work.opened_at)).all()
    return _drawn(banli, session, instance_id, works, frozenset())


def _drawn(
    banli: Banli, session: Session, instance_id: str, works: Sequence[Work], secrets: frozenset[str]
) -> Diagram:
    xml, version = banli.engine.diagram(instance_id)
    instance = banli.engine.instance(instance_id)
    process = process_of(xml, instance.process_id)
    history = [run for run in banli.engine.history(instance_id) if run.process_id == process.id]
    path = path_of(process, history)
    hidden = confidential_elements(process, secrets)
    path = masked(process, path, hidden, stand_in_of(process, hidden))
    today = Today.of(banli)
    names = names_of(session, [work.finished_by for work in works] + [work.assignee for work in works])
    return Diagram(
        xml=xml.decode("utf-8"),
        version=version,
        visited=path.visited,
        active=path.active,
        flows=path.flows,
        details={
            element.id: _detail(
                today, element, path, history=history, works=works, names=names, secret=element.id in hidden
            )
            for element in _shapes(process)
        },
    )


def _shapes(process: Process) -> list[Element]:
    return [element for element in process.elements.values() if element.name]


def _detail(
    today: Today,
    element: Element,
    path: Path,
    *,
    history: Sequence[ElementInstance],
    works: Sequence[Work],
    names: Mapping[str, tuple[str, str]],
    secret: bool,
) -> ShapeDetail:
    state = "active" if element.id in path.active else "done" if element.id in path.visited else "ahead"
    if secret:
        return ShapeDetail(element.id, element.name, state, 0, "", None, None, None, [])
    runs = [run for run in history if run.element_id == element.id]
    mine = [work for work in works if work.element_id == element.id]
    if element.call is not None:
        mine = [work for work in works if not work.confidential and any(_during(run, work) for run in runs)]
    people = list(dict.fromkeys(_who(work, names) for work in mine))
    open_work = next((work for work in mine if work.state == "open"), None)
    return ShapeDetail(
        element_id=element.id,
        name=element.name,
        state=state,
        visits=len(runs),
        who="、".join(person for person in people if person),
        started=runs[-1].started if runs else None,
        ended=runs[-1].ended if runs else None,
        due=due_of(today, open_work) if open_work is not None else None,
        sentences=_sentences(element, mine),
    )


def _during(run: ElementInstance, work: Work) -> bool:
    """Whether a task was opened while a called process ran; what follows it is opened at its very end."""
    return run.started <= work.opened_at and (run.ended is None or work.opened_at < run.ended)


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
