"""The check before deployment: the engine's gate and the office's rules over all files of a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.bpmn.difference import compare
from engine.bpmn.gate import check, read_sources
from engine.bpmn.reader import read_diagram
from engine.errors import EngineError
from engine.message import say
from tasks.designing.rehearsal import rehearse
from tasks.designing.rules import RULES, Subject
from tasks.designing.views import Finding, Mend
from tasks.designing.world import world_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.bootstrap import Banli

_ORDER = {"error": 0, "warning": 1, "hint": 2}
_SAID_BETTER = {"form": "missing-form"}
"""Rules of the gate whose errors the office's rules repeat with a mend."""


def check_files(banli: Banli, files: Mapping[str, bytes], deployed: Mapping[str, bytes]) -> Sequence[Finding]:
    """Everything that speaks against deploying these files, errors first.

    What the deployed files have as well is marked as known.
    """
    now = _findings(banli, files)
    before = {_key(finding) for finding in (now if files == deployed else _findings(banli, deployed))}
    found = [replace(one, known=one.severity != "error" and _key(one) in before) for one in now]
    return sorted(found, key=lambda one: (_ORDER[one.severity], one.known, one.resource))


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What playing the scenarios adds to the check."""

    findings: Sequence[Finding]
    scenarios: int
    failed: int


def check_scenarios(banli: Banli, files: Mapping[str, bytes], deployed: Mapping[str, bytes]) -> Rehearsed:
    """Scenarios that do not come as they say, and shapes of this draft's own that none of them comes by."""
    played = rehearse(banli, files)
    found = [
        Finding("warning", "scenario", say("The scenario does not come as it says: {problem}", problem=one.problems[0]),
                one.file)
        for one in played.outcomes
        if not one.passed
    ]  # fmt: skip
    for resource, shapes in played.unvisited.items():
        own = _own_shapes(resource, files, deployed)
        for element_id, name in shapes:
            if element_id in own:
                mend = Mend("scenario", say("Make one"))
                sentence = say("No scenario comes by “{shape}”.", shape=name)
                found.append(Finding("warning", "unvisited", sentence, resource, element_id, mend))
    return Rehearsed(found, len(played.outcomes), played.failed)


def _own_shapes(resource: str, files: Mapping[str, bytes], deployed: Mapping[str, bytes]) -> set[str]:
    """Shapes that the draft added or changed; none where the diagram cannot be read."""
    if files.get(resource) == deployed.get(resource):
        return set()
    try:
        before = read_diagram(deployed[resource], resource) if resource in deployed else None
        changes = compare(before, read_diagram(files[resource], resource))
    except EngineError:
        return set()
    return {change.element_id for change in changes if change.kind != "removed"}


def _findings(banli: Banli, files: Mapping[str, bytes]) -> list[Finding]:
    definitions = banli.engine.runtime.definitions
    sources = read_sources(files, definitions.functions)
    problems = check(sources, definitions.functions, definitions.catalog)
    subject = Subject(files, sources, world_of(banli, files), definitions.functions)
    own = [finding for rule in RULES for finding in rule(subject)]
    said = {(one.rule, one.resource, one.element_id) for one in own}
    gate = [
        Finding(problem.severity, problem.rule, problem.message, problem.resource, problem.element_id)
        for problem in problems
        if (_SAID_BETTER.get(problem.rule), problem.resource, problem.element_id) not in said
    ]
    return gate + own


def _key(finding: Finding) -> tuple[str, str, str | None, str]:
    return finding.rule, finding.resource, finding.element_id, str(finding.message)
