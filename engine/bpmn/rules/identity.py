"""Every id is there and used once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bpmn.gate import Look


def check(look: Look) -> Iterator[Problem]:
    """Ids used twice, flows to nowhere, process ids used by two files."""
    owners: dict[str, str] = {}
    for diagram in look.sources.diagrams:
        for identifier in diagram.duplicates:
            yield Problem("identity", identifier, say("The id “{id}” is used twice in the file.", id=identifier),
                          "error", diagram.resource)
        for flow, end in diagram.dangling:
            yield Problem("identity", flow, say("The flow “{flow}” leads from or to “{end}”, which is no shape of the "
                                                "diagram.", flow=flow, end=end or "?"), "error", diagram.resource)
        for process in diagram.processes:
            if process.id in owners:
                yield Problem("identity", process.id, say(
                    "The process id “{id}” is in both {one} and {other}.", id=process.id, one=owners[process.id],
                    other=diagram.resource), "error", diagram.resource)
            owners[process.id] = diagram.resource
    seen: dict[str, str] = {}
    for name, form_id in look.sources.forms.items():
        if form_id in seen:
            yield Problem("identity", form_id, say("The form id “{id}” is in both {one} and {other}.", id=form_id,
                                                   one=seen[form_id], other=name), "error", name)
        seen[form_id] = name
