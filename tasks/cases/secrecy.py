"""Which shapes of a case's diagrams a reader must not tell apart, and how its path looks without them.

The diagrams themselves say which steps tell a rating: by the property `confidential`. While a unit must not even guess
(value `outcome`), whatever holds such a step is *sealed*: once entered it looks active until the case is closed,
whatever the rating was and whenever it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.cases.access import OUTCOME
from tasks.cases.paths import Path, confidential_elements, process_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn.model import Process
    from engine.views import Called, ElementInstance
    from tasks.bootstrap import Banli


@dataclass(frozen=True, slots=True)
class Veil:
    """What one reader must not see of one case, by process id."""

    hidden: Mapping[str, frozenset[str]]
    sealed: Mapping[str, frozenset[str]]
    """Sub-processes and calls that hold hidden shapes, where their end must not be seen either."""

    def hides(self, process_id: str, element_id: str) -> bool:
        """Whether this shape tells something that the reader must not know."""
        return element_id in self.hidden.get(process_id, frozenset())

    def hides_whole(self, process: Process) -> bool:
        """Whether a process consists of nothing else: then its instances do not exist for this reader."""
        named = {element.id for element in process.elements.values() if element.name}
        return bool(named) and named <= self.hidden.get(process.id, frozenset())


def veil_over(banli: Banli, family: Sequence[Called], values: frozenset[str]) -> Veil:
    """The veil for a reader who must not know of steps with these values of `confidential`."""
    processes: dict[str, Process] = {}
    callers: dict[str, set[str]] = {}
    by_id = {one.id: one for one in family}
    for one in family:
        if one.process_id not in processes:
            processes[one.process_id] = process_of(banli.engine.diagram(one.id)[0], one.process_id)
        if one.parent_id in by_id and one.element_id is not None:
            callers.setdefault(one.process_id, set()).add(f"{by_id[one.parent_id].process_id}/{one.element_id}")
    hidden = {name: confidential_elements(process, values) for name, process in processes.items()}
    if OUTCOME not in values:
        return Veil(hidden, {})
    sealed: dict[str, set[str]] = {name: _containers(process, hidden[name]) for name, process in processes.items()}
    for name in [name for name in processes if hidden[name]]:
        _seal_callers(name, callers, sealed)
    return Veil(hidden, {name: frozenset(elements) for name, elements in sealed.items()})


def veiled(process: Process, path: Path, runs: Sequence[ElementInstance], veil: Veil) -> Path:
    """The path as this reader may see it."""
    hidden = veil.hidden.get(process.id, frozenset())
    sealed = veil.sealed.get(process.id, frozenset())
    shut = {element for element in sealed if _stands(element, runs)}
    beyond = hidden | _beyond(process, shut, runs)
    inside = any(element in hidden for element in path.active)
    active = [element for element in path.active if element not in beyond]
    active += sorted(shut - set(active))
    stand_in = next((element for element in process.elements if element in hidden), None)
    held = process.elements[stand_in].parent if stand_in is not None else None
    if stand_in is not None and (held in shut if sealed else inside):
        active.append(stand_in)
    flows = [
        flow
        for flow in path.flows
        if process.flows[flow].source not in beyond | shut and process.flows[flow].target not in beyond
    ]
    visited = tuple(element for element in path.visited if element not in beyond)
    return Path(visited, tuple(dict.fromkeys(active)), tuple(flows))


def _containers(process: Process, hidden: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for element in hidden:
        parent = process.elements[element].parent
        while parent is not None:
            found.add(parent)
            parent = process.elements[parent].parent
    return found


def _seal_callers(name: str, callers: Mapping[str, set[str]], sealed: dict[str, set[str]]) -> None:
    for caller in callers.get(name, ()):
        process_id, element_id = caller.split("/", 1)
        if element_id not in sealed[process_id]:
            sealed[process_id].add(element_id)
            _seal_callers(process_id, callers, sealed)


def _stands(element: str, runs: Sequence[ElementInstance]) -> bool:
    """Whether the sealed shape was entered, and not left for a new round by an event at its border."""
    mine = [run for run in runs if run.element_id == element]
    return bool(mine) and mine[-1].state in ("active", "completed")


def _beyond(process: Process, shut: set[str], runs: Sequence[ElementInstance]) -> frozenset[str]:
    """What lies behind the sealed shapes and was not there before them."""
    found: set[str] = set()
    for element in shut:
        first = next(run.started for run in runs if run.element_id == element)
        stack = [process.flows[flow].target for flow in process.elements[element].outgoing]
        while stack:
            current = stack.pop()
            earlier = any(run.element_id == current and run.started < first for run in runs)
            if current in found or current in shut or earlier:
                continue
            found.add(current)
            stack += [process.flows[flow].target for flow in process.elements[current].outgoing]
    return frozenset(found)
