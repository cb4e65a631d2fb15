"""The gate: what cannot run is refused at deployment, naming the shape and the reason.

Each rule is a small file in `engine/bpmn/rules/`; a rule looks at the whole deployment and yields problems.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from engine.bpmn.problem import Problem
from engine.bpmn.reader import read_diagram
from engine.dmn import load_model
from engine.errors import EngineError
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from engine.bpmn.model import Diagram, Element, Process
    from engine.feel import FunctionLibrary


class Catalog(Protocol):
    """What the application offers to diagrams; None in a field means that it is not checked."""

    @property
    def handlers(self) -> Collection[str] | None:
        """Topics somebody works on."""

    @property
    def recorders(self) -> Collection[str] | None:
        """Recorders a user task may name."""

    @property
    def groups(self) -> Collection[str] | None:
        """Candidate groups that exist."""

    @property
    def forms(self) -> Collection[str] | None:
        """Forms beyond those of the deployment."""


@dataclass(slots=True)
class Sources:
    """A deployment as read: diagrams, decision models by file name, form ids by file name."""

    diagrams: list[Diagram] = field(default_factory=list)
    models: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    schemas: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @staticmethod
    def kind(name: str) -> str:
        """What a file is, by its ending."""
        for ending, kind in ((".bpmn", "bpmn"), (".dmn", "dmn"), (".form", "form")):
            if name.lower().endswith(ending):
                return kind
        return "other"

    def processes(self) -> Iterator[tuple[Diagram, Process]]:
        """Every executable process with its diagram."""
        for diagram in self.diagrams:
            for process in diagram.processes:
                if process.executable:
                    yield diagram, process

    def elements(self) -> Iterator[tuple[Diagram, Process, Element]]:
        """Every element of every executable process."""
        for diagram, process in self.processes():
            for element in process.elements.values():
                yield diagram, process, element


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule may look at."""

    sources: Sources
    functions: FunctionLibrary | None
    catalog: Catalog | None


def read_sources(files: Mapping[str, bytes], functions: FunctionLibrary | None) -> Sources:
    """Read the files of a deployment; a file that cannot be read is a problem, not an exception."""
    sources = Sources()
    for name, content in files.items():
        try:
            _read(sources, name, content, functions)
        except EngineError as refused:
            sources.problems.append(Problem("readable", None, refused.message, "error", name))
    return sources


def _read(sources: Sources, name: str, content: bytes, functions: FunctionLibrary | None) -> None:
    kind = sources.kind(name)
    if kind == "bpmn":
        sources.diagrams.append(read_diagram(content, name))
    elif kind == "dmn":
        sources.models[name] = load_model(content, functions=functions)
    elif kind == "form":
        schema = _form(name, content)
        sources.forms[name] = str(schema["id"])
        sources.schemas[name] = schema


def _form(name: str, content: bytes) -> dict[str, Any]:
    try:
        schema = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise EngineError(say("The form {name} is not JSON: {reason}", name=name, reason=str(error))) from None
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list) or not schema.get("id"):
        raise EngineError(say("The form {name} needs an “id” and a list of “components”, as form-js writes them.",
                              name=name))
    return schema


def check(sources: Sources, functions: FunctionLibrary | None = None, catalog: Catalog | None = None) -> list[Problem]:
    """Every problem of a deployment, those of reading first."""
    from engine.bpmn.rules import RULES  # noqa: PLC0415 - the rules look at this module's types

    look = Look(sources, functions, catalog)
    problems = list(sources.problems)
    for rule in RULES:
        problems.extend(rule(look))
    return problems
