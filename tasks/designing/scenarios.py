"""Scenarios as an office person writes them: what is known, what happens in turn, what must come of it.

A scenario is a YAML file. Only plain values are read: no tags, no aliases, no references to anything else.

    title: C类答复须由分管副县长批准
    process: replying
    given: {lead_unit: zjj, co_units: []}
    results: {reply-facts: {result_class: C}}
    calls: {feedback: {overall: satisfied}}
    when:
      - task: 拟写答复
        fill: {result_class: C}
        brings: {reply_version: 1}
      - wait: P3D
      - message: became-key
        key: "1:1"
    then:
      passes: [答复审核]
      not_passes: [退办]
      waits: [印发答复]
      ends: 已印发
      values: {row: 第 4 行}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from engine.errors import EngineError
from engine.message import say

LONGEST = 64 * 1024
MOST_STEPS = 200


class ScenarioInvalid(EngineError):
    """A file that is no scenario; the message says which part and what was expected."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: a task is done, time passes, or a message comes."""

    task: str = ""
    fill: Mapping[str, Any] = field(default_factory=dict)
    brings: Mapping[str, Any] = field(default_factory=dict)
    """What the record makes of it: variables that are no fields of the form."""
    times: int = 1
    wait: str = ""
    """An ISO 8601 duration such as P3D, or a date."""
    message: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come of it."""

    passes: tuple[str, ...] = ()
    not_passes: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    ends: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Given, when, then."""

    title: str
    process: str
    given: Mapping[str, Any]
    steps: tuple[Step, ...]
    then: Expectation
    results: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By task type: what a step of the system answers."""
    calls: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By process: what a called procedure brings back, where it is not to be walked through."""
    at: dt.date | None = None
    """The day it begins; today where none is given."""


class _Plain(yaml.SafeLoader):
    """YAML without aliases: an alias of an alias can grow without bound."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse an alias where it stands."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases (*) are not read")
        return super().compose_node(parent, index)


def read_scenario(content: bytes) -> Scenario:
    """The scenario in a file; ScenarioInvalid names the part that cannot be used."""
    if len(content) > LONGEST:
        raise ScenarioInvalid(say("A scenario has at most {limit} bytes.", limit=LONGEST))
    try:
        read = yaml.load(content.decode("utf-8"), Loader=_Plain)  # noqa: S506 - a safe loader, made stricter
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ScenarioInvalid(say("The scenario is no YAML: {reason}", reason=" ".join(str(error).split()))) from error
    parts = _mapping(read, "scenario")
    _known(parts, {"title", "process", "given", "when", "then", "results", "calls", "at"})
    steps = parts.get("when") or []
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise ScenarioInvalid(say("Expected “when” to be a list of at most {most} steps.", most=MOST_STEPS))
    return Scenario(
        title=_text(parts, "title"),
        process=_text(parts, "process"),
        given=_mapping(parts.get("given") or {}, "given"),
        steps=tuple(_step(number, one) for number, one in enumerate(steps, start=1)),
        then=_expectation(_mapping(parts.get("then") or {}, "then")),
        results={str(key): _mapping(value, str(key)) for key, value in _mapping(parts.get("results") or {},
                                                                                "results").items()},
        calls={str(key): _mapping(value or {}, str(key)) for key, value in _mapping(parts.get("calls") or {},
                                                                                    "calls").items()},
        at=_day(parts.get("at")),
    )  # fmt: skip


def _step(number: int, row: Any) -> Step:
    parts = _mapping(row, f"when {number}")
    _known(parts, {"task", "fill", "brings", "times", "wait", "message", "key"})
    kinds = [name for name in ("task", "wait", "message") if parts.get(name)]
    if len(kinds) != 1:
        raise ScenarioInvalid(say("Expected step {number} to be one of task, wait or message.", number=number))
    times = parts.get("times", 1)
    if not isinstance(times, int) or not 1 <= times <= 50:
        raise ScenarioInvalid(say("Expected step {number} to happen 1 to 50 times.", number=number))
    return Step(
        task=str(parts.get("task") or ""),
        fill=_mapping(parts.get("fill") or {}, f"when {number}"),
        brings=_mapping(parts.get("brings") or {}, f"when {number}"),
        times=times,
        wait=str(parts.get("wait") or ""),
        message=str(parts.get("message") or ""),
        key=str(parts.get("key") or ""),
    )


def _expectation(parts: Mapping[str, Any]) -> Expectation:
    _known(parts, {"passes", "not_passes", "waits", "ends", "values"})
    return Expectation(
        passes=_texts(parts.get("passes")),
        not_passes=_texts(parts.get("not_passes")),
        waits=_texts(parts.get("waits")),
        ends=str(parts.get("ends") or ""),
        values=_mapping(parts.get("values") or {}, "values"),
    )


def _mapping(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ScenarioInvalid(say("Expected “{place}” to hold names and values.", place=place))
    return {str(key): entry for key, entry in value.items()}


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def _text(parts: Mapping[str, Any], name: str) -> str:
    value = str(parts.get(name) or "").strip()
    if not value:
        raise ScenarioInvalid(say("The scenario lacks its “{name}”.", name=name))
    return value


def _day(value: Any) -> dt.date | None:
    if value is None:
        return None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise ScenarioInvalid(say("Expected “at” to be a date such as 2026-03-27."))


def _known(parts: Mapping[str, Any], names: set[str]) -> None:
    strange = sorted(set(parts) - names)
    if strange:
        raise ScenarioInvalid(
            say("“{name}” is no part of a scenario here; known are: {known}.", name=strange[0],
                known=", ".join(sorted(names)))
        )  # fmt: skip


def write_scenario(title: str, process: str, task: str) -> bytes:
    """The beginning of a scenario that comes by a task, to be completed."""
    rows = {
        "title": title,
        "process": process,
        "given": {},
        "when": [{"task": task, "fill": {}}],
        "then": {"passes": [task]},
    }
    return _written(rows)


def scenario_like(content: bytes, title: str, passes: str = "") -> bytes:
    """The beginning of another scenario: what this one knows and does, under a title of its own.

    Args:
        content: the one to begin with.
        title: of the new one.
        passes: the name of a shape that the new one is to come by as well.

    Raises:
        ScenarioInvalid: the one to begin with cannot be read.
    """
    read_scenario(content)
    rows: dict[str, Any] = {**yaml.load(content.decode("utf-8"), Loader=_Plain), "title": title}  # noqa: S506 - as above
    if passes:
        then = dict(rows.get("then") or {})
        rows["then"] = {**then, "passes": [*_texts(then.get("passes")), passes]}
    return _written(rows)


def _written(rows: Mapping[str, Any]) -> bytes:
    text: str = yaml.safe_dump(dict(rows), allow_unicode=True, sort_keys=False, width=120)
    return text.encode()
