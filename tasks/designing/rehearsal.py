"""Scenarios played on the files of a draft, in a database of their own that is gone afterwards.

Nothing of the installation is touched: people's tasks are filled as the scenario says, the system's steps answer what
it says, dates are reckoned by today's rules and the draft's own.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine import NameCatalog, ProcessEngine, in_transaction
from engine.bpmn.gate import read_sources
from engine.errors import EngineError
from engine.feel import FeelError, evaluate
from engine.message import Message, say
from tasks.deadlines.functions import FUNCTIONS
from tasks.deadlines.rules import DeadlineRule
from tasks.designing.scenarios import Scenario, ScenarioInvalid, Step, read_scenario
from tasks.designing.shape_names import shape_name
from tasks.designing.stub import stub
from tasks.designing.world import World, world_of
from tasks.settings import BEIJING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.bpmn.gate import Sources
    from engine.views import ElementInstance, UserTask
    from tasks.bootstrap import Banli
    from tasks.deadlines.reference import ReferenceData

_MORNING = dt.time(9, 0)
_RUNNABLE = (".bpmn", ".dmn", ".form")
_BUDGET = 2_000
"""Steps of one command: far more than a drawing needs, far less than an endless loop takes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one scenario."""

    file: str
    title: str
    process: str
    problems: Sequence[Message]
    road: Sequence[str]
    """Names of the shapes that were passed, in order."""
    visited: frozenset[tuple[str, str]]
    """Process and shape."""
    milliseconds: int = 0

    @property
    def passed(self) -> bool:
        """Whether everything came as the scenario says."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """All scenarios of a draft, and the shapes that none of them came by."""

    outcomes: Sequence[Outcome]
    unvisited: Mapping[str, Sequence[tuple[str, str]]]
    """By file: identifiers and names of shapes."""

    @property
    def failed(self) -> int:
        """How many did not come as they say."""
        return sum(not one.passed for one in self.outcomes)


class _Stop(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class _Clock:
    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


def rehearse(banli: Banli, files: Mapping[str, bytes]) -> Rehearsal:
    """Play every scenario of these files; a broken one is an outcome too, never an exception."""
    functions = banli.engine.runtime.definitions.functions
    runnable = {name: content for name, content in files.items() if name.endswith(_RUNNABLE)}
    stages = _Stages(runnable, world_of(banli, files))
    names = [name for name in files if name.endswith(".yaml")]
    outcomes = [_outcome(stages, name, files[name], banli.today()) for name in names]
    visited = {shape for one in outcomes for shape in one.visited}
    return Rehearsal(outcomes, _unvisited(read_sources(files, functions), visited))


def _unvisited(sources: Sources, visited: set[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for diagram, process, element in sources.elements():
        if element.type in _WATCHED and (process.id, element.id) not in visited:
            found.setdefault(diagram.resource, []).append((element.id, shape_name(process, element)))
    return found


_WATCHED = frozenset(
    {"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess", "boundaryEvent", "endEvent",
     "intermediateCatchEvent", "scriptTask"}
)  # fmt: skip


def _outcome(stages: _Stages, name: str, content: bytes, today: dt.date) -> Outcome:
    started = time.perf_counter()
    try:
        scenario = read_scenario(content)
    except ScenarioInvalid as error:
        return Outcome(name, name, "", [error.message], (), frozenset())
    try:
        stage = stages.of(scenario)
    except EngineError as error:
        return Outcome(name, scenario.title, scenario.process, [error.message], (), frozenset())
    played = _Play(stage, scenario, today)
    problems = played.run()
    found = Outcome(name, scenario.title, scenario.process, problems, played.road(), played.visited())
    played.leave()
    return replace(found, milliseconds=int((time.perf_counter() - started) * 1000))


class _Stage:
    """An engine in memory with the draft deployed; what the system's steps answer changes with the scenario."""

    def __init__(self, files: Mapping[str, bytes], reference: ReferenceData) -> None:
        self.clock = _Clock(dt.datetime.now(dt.UTC))
        self.results: Mapping[str, Mapping[str, Any]] = {}
        topics = {element.job.topic for _, _, element in read_sources(files, None).elements() if element.job}
        self.engine = ProcessEngine(
            "sqlite://",
            handlers={topic: self._answer(topic) for topic in topics},
            functions=FUNCTIONS,
            catalog=NameCatalog(),
            clock=self.clock,
            reference=lambda _version: reference,
            step_budget=_BUDGET,
        )
        self.engine.deploy(files)

    def _answer(self, topic: str) -> Any:
        return in_transaction(lambda _job: dict(self.results.get(topic, {})))


class _Stages:
    """One stage for all scenarios that leave out the same called procedures."""

    def __init__(self, files: Mapping[str, bytes], world: World) -> None:
        self.files = files
        self.reference = _reference(world)
        self._known: dict[str, _Stage] = {}

    def of(self, scenario: Scenario) -> _Stage:
        """The stage of a scenario; EngineError when the files cannot be deployed."""
        key = repr(sorted(scenario.calls.items()))
        if key not in self._known:
            self._known[key] = _Stage(dict(_with_stubs(self.files, scenario.calls)), self.reference)
        return self._known[key]


class _Play:
    """One scenario under way."""

    def __init__(self, stage: _Stage, scenario: Scenario, today: dt.date) -> None:
        self.scenario = scenario
        self.clock = stage.clock
        self.clock.now = dt.datetime.combine(scenario.at or today, _MORNING, BEIJING).astimezone(dt.UTC)
        stage.results = scenario.results
        self.engine = stage.engine
        self.case: str | None = None

    def leave(self) -> None:
        """End what still runs, so that it does not take part in the next scenario."""
        if self.case is not None and self.engine.instance(self.case).state == "active":
            self.engine.cancel(self.case, "the scenario is over")

    def run(self) -> list[Message]:
        """Everything that did not come as it should; the first step that cannot be taken ends it."""
        try:
            self.case = self.engine.start(self.scenario.process, dict(self.scenario.given))
            self.engine.run_due()
            self._no_incident()
            for number, step in enumerate(self.scenario.steps, start=1):
                self._take(number, step)
                self._no_incident()
        except _Stop as stop:
            return [stop.message]
        except EngineError as error:
            return [error.message]
        return list(self._differences())

    def _take(self, number: int, step: Step) -> None:
        if step.task:
            for _ in range(step.times):
                self._do(number, step)
        elif step.wait:
            self.clock.now = _later(self.clock.now, step.wait)
        else:
            reached = self.engine.publish_message(step.message, step.key)
            if not reached:
                raise _Stop(say("Step {number}: nobody waits for the message “{name}”.", number=number,
                                name=step.message))  # fmt: skip
        self.engine.run_due()

    def _do(self, number: int, step: Step) -> None:
        task = next((one for one in self._open() if step.task in {one.name, one.element_id}), None)
        if task is None:
            raise _Stop(
                say("Step {number}: “{task}” should be done, but what waits is: {open}.", number=number, task=step.task,
                    open=", ".join(one.name for one in self._open()) or "–")
            )  # fmt: skip
        self._check_keys(number, task, step)
        self.engine.complete(task.id, {**step.fill, **step.brings})

    def _check_keys(self, number: int, task: UserTask, step: Step) -> None:
        schema = self.engine.form(task.id)
        known = set(_keys(schema)) if schema else set()
        strange = sorted(set(step.fill) - known)
        if schema and strange:
            raise _Stop(
                say("Step {number}: the form of “{task}” has no field “{field}”.", number=number, task=task.name,
                    field=strange[0])
            )  # fmt: skip

    def _open(self) -> list[UserTask]:
        return self.engine.user_tasks(self.case) if self.case else []

    def _no_incident(self) -> None:
        for incident in self.engine.incidents(self.case):
            raise _Stop(say("It stops at “{shape}”: {reason}", shape=self._name(incident.element_id),
                            reason=incident.said or incident.message))  # fmt: skip

    def _name(self, element_id: str) -> str:
        return next((one.name for one in self._history() if one.element_id == element_id and one.name), element_id)

    def _history(self) -> list[ElementInstance]:
        return self.engine.history(self.case) if self.case else []

    def road(self) -> tuple[str, ...]:
        """The named shapes in the order they were entered."""
        return tuple(one.name for one in self._history() if one.name)

    def visited(self) -> frozenset[tuple[str, str]]:
        """The process and shape of everything that was entered."""
        return frozenset((one.process_id, one.element_id) for one in self._history())

    def _differences(self) -> Iterator[Message]:
        then, history = self.scenario.then, self._history()
        names = {name for one in history for name in (one.name, one.element_id)}
        for name in then.passes:
            if name not in names:
                yield say("It should come by “{shape}”, but does not.", shape=name)
        for name in then.not_passes:
            if name in names:
                yield say("It should not come by “{shape}”, but does.", shape=name)
        waiting = {name for one in self._open() for name in (one.name, one.element_id)}
        for name in then.waits:
            if name not in waiting:
                yield say("“{task}” should wait now; what waits is: {open}.", task=name,
                          open=", ".join(sorted({one.name for one in self._open()})) or "–")  # fmt: skip
        if then.ends:
            ends = [one for one in history if one.type == "endEvent" and then.ends in {one.name, one.element_id}]
            state = self.engine.instance(self.case).state if self.case else ""
            if not ends or state == "active":
                yield say("It should end at “{shape}”; it stands at: {open}.", shape=then.ends,
                          open=", ".join(sorted({one.name for one in self._open()})) or state)  # fmt: skip
        variables = self.engine.instance(self.case).variables if self.case else {}
        for name, wanted in then.values.items():
            if not _same(variables.get(name), wanted):
                yield say("“{name}” should be {wanted}; it is {found}.", name=name, wanted=wanted,
                          found=variables.get(name))  # fmt: skip


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    if isinstance(wanted, dict) and isinstance(found, dict):
        return all(_same(found.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_same, found, wanted))
    return bool(found == wanted)


def _later(now: dt.datetime, wait: str) -> dt.datetime:
    try:
        moved = evaluate("moment + duration(span)", {"moment": now, "span": wait}) if wait[:1] == "P" else None
        if isinstance(moved, dt.datetime):
            return moved
        return max(now, dt.datetime.combine(dt.date.fromisoformat(wait), _MORNING, BEIJING).astimezone(dt.UTC))
    except (FeelError, ValueError) as error:
        raise _Stop(say("Expected a duration such as P3D or a date to wait for; found “{wait}”.", wait=wait)) from error


def _reference(world: World) -> ReferenceData:
    own = {
        one.code: DeadlineRule(one.code, one.name, one.amount, one.unit, one.counts_from, one.source)
        for one in world.own_deadlines
    }
    return replace(world.reference, rules={**own, **world.reference.rules})


def _keys(component: Mapping[str, Any]) -> Iterator[str]:
    for child in component.get("components", ()):
        for key in (child.get("key"), child.get("path")):
            if isinstance(key, str):
                yield key
        yield from _keys(child)


def _with_stubs(
    files: Mapping[str, bytes], calls: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, bytes]]:
    """The files, with a procedure that only brings its values back in place of each that is not walked through."""
    stubbed = set()
    for name, content in files.items():
        if name.endswith(".bpmn"):
            called = next((one for one in calls if f'<bpmn:process id="{one}"'.encode() in content), None)
            if called is not None:
                stubbed.add(called)
                yield name, stub(called, calls[called])
                continue
        yield name, content
