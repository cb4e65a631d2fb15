"""Which flows of a diagram cases have walked, for the tests that demand all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from engine.bpmn.reader import read_diagram
from tasks.cases.paths import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.bootstrap import Banli


def walked(banli: Banli, roots: Iterable[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By process: the flows that these instances (and all they called) have taken, and those that there are."""
    taken: dict[str, set[str]] = defaultdict(set)
    there: dict[str, set[str]] = defaultdict(set)
    for root in roots:
        for instance in {run.instance_id for run in banli.engine.history(root)}:
            process = read_diagram(banli.engine.diagram(instance)[0]).processes[0]
            taken[process.id] |= set(path_of(process, banli.engine.history(instance)).flows)
            there[process.id] |= set(process.flows)
    return taken, there


def told(name: str, taken: set[str], there: set[str]) -> str:
    """The coverage in one line."""
    return f"{name}: {len(taken & there)} of {len(there)} flows ({100 * len(taken & there) // len(there)} %)"
