"""Which way a case went: the shapes it visited and the flows it took, read from the engine's history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.bpmn.reader import read_diagram

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn.model import Element, Flow, Process
    from engine.views import ElementInstance

CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Path:
    """Shapes and flows of one diagram that a case has touched."""

    visited: tuple[str, ...]
    active: tuple[str, ...]
    flows: tuple[str, ...]


@lru_cache(maxsize=32)
def process_of(xml: bytes, process_id: str) -> Process:
    """The model of a deployed diagram; read once for each content."""
    diagram = read_diagram(xml)
    return next(process for process in diagram.processes if process.id == process_id)


def path_of(process: Process, history: Sequence[ElementInstance]) -> Path:
    """Visited and active shapes, and the flows between them."""
    runs = [run for run in history if run.process_id == process.id and run.element_id in process.elements]
    visited = tuple(dict.fromkeys(run.element_id for run in runs))
    active = tuple(dict.fromkeys(run.element_id for run in runs if run.ended is None))
    return Path(visited, active, tuple(_flows(process, runs)))


def confidential_elements(process: Process, values: frozenset[str]) -> frozenset[str]:
    """Shapes whose property `confidential` is one of these values."""
    return frozenset(
        element.id for element in process.elements.values() if element.properties.get(CONFIDENTIAL) in values
    )


def _flows(process: Process, runs: Sequence[ElementInstance]) -> list[str]:
    """For each run, the flow from the source that ended last before it began.

    A join has come by all its flows; every other shape by one flow each time.
    """
    last_end: dict[str, int] = {}
    taken: dict[str, None] = {}
    for index, run in enumerate(runs):
        element = process.elements[run.element_id]
        sources = [flow for flow in _incoming(process, element) if flow.source in last_end]
        if element.type in ("parallelGateway", "inclusiveGateway"):
            taken.update(dict.fromkeys(flow.id for flow in sources))
        elif sources:
            taken[max(sources, key=lambda flow: last_end[flow.source]).id] = None
        if run.ended is not None and run.state == "completed":
            last_end[run.element_id] = index
    return list(taken)


def _incoming(process: Process, element: Element) -> list[Flow]:
    found: Mapping[str, Flow] = process.flows
    return [found[flow] for flow in element.incoming]
