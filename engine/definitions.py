"""Deployed definitions: stored as files in one versioned deployment, compiled once, found by their keys."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from engine import statements, tables
from engine.bpmn.gate import Sources, check, read_sources
from engine.bpmn.reader import read_diagram
from engine.dmn import load_model
from engine.errors import DefinitionInvalid, ExecutionFault, NotFound
from engine.identity import new_id
from engine.message import say
from engine.spiff.compiler import CompiledProcess, compile_process
from engine.views import Definition, Deployment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from engine.bpmn.gate import Catalog
    from engine.feel import Evaluation, FunctionLibrary
    from engine.spiff.environment import Decider


@dataclass(frozen=True, slots=True)
class CompiledDefinition:
    """A process definition in one version, ready to run."""

    id: str
    process_id: str
    version: int
    deployment_id: str
    process: CompiledProcess


@dataclass(slots=True)
class Definitions:
    """The store of definitions. Versions never change, so what is compiled stays valid for good."""

    functions: FunctionLibrary | None = None
    catalog: Catalog | None = None
    _compiled: dict[str, CompiledDefinition] = field(default_factory=dict)
    _models: dict[tuple[str, str], Any] = field(default_factory=dict)
    _members: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    _known: dict[str, Definition] = field(default_factory=dict)
    _contents: dict[tuple[str, str], bytes] = field(default_factory=dict)
    _decisions: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    _lock: Any = field(default_factory=threading.Lock)

    # -- deploying -------------------------------------------------------------------------------------------

    def deploy(
        self, connection: Connection, files: Mapping[str, bytes], now: datetime, *, comment: str | None,
        author: str | None,
    ) -> Deployment:
        """Check and store a deployment, all or nothing; DefinitionInvalid lists every problem."""
        sources = read_sources(files, self.functions)
        problems = check(sources, self.functions, self.catalog)
        if any(problem.severity == "error" for problem in problems):
            raise DefinitionInvalid(problems)
        deployment_id = new_id()
        connection.execute(insert(tables.deployment).values(
            id=deployment_id, created=now, author=author, comment=comment))
        connection.execute(insert(tables.resource), [
            {"deployment_id": deployment_id, "name": name, "kind": sources.kind(name), "content": content,
             "digest": hashlib.sha256(content).digest()} for name, content in files.items()])
        definitions = tuple(
            self._store(connection, deployment_id, *member) for member in self._members_of(sources))
        return Deployment(deployment_id, definitions, tuple(problems))

    @staticmethod
    def _members_of(sources: Sources) -> list[tuple[str, str, str, str]]:
        members = [
            ("process", process.id, process.name, diagram.resource)
            for diagram in sources.diagrams for process in diagram.processes if process.executable]
        members += [
            ("decision", decision.id, decision.name, name)
            for name, model in sources.models.items() for decision in model.decisions]
        members += [("form", form_id, form_id, name) for name, form_id in sources.forms.items()]
        return members

    def _store(
        self, connection: Connection, deployment_id: str, kind: str, key: str, name: str, resource: str,
    ) -> Definition:
        column = tables.definition.c
        version = (connection.execute(
            select(func.max(column.version)).where(column.kind == kind, column.key == key)).scalar() or 0) + 1
        made = Definition(new_id(), kind, key, version, name, deployment_id, resource)
        connection.execute(insert(tables.definition).values(
            id=made.id, kind=kind, key=key, version=version, name=name, deployment_id=deployment_id,
            resource_name=resource))
        return made

    # -- finding ---------------------------------------------------------------------------------------------

    def find(self, connection: Connection, kind: str, key: str, version: int | None = None) -> Definition:
        """A definition by key, in the latest or in a given version; NotFound names both."""
        column = tables.definition.c
        if version is None:
            row: Any = statements.Cursor(connection).one(
                statements.READ_LATEST_DEFINITION, {"kind": kind, "key": key})
        else:
            row = connection.execute(
                select(column.id, column.kind, column.key, column.version, column.name, column.deployment_id,
                       column.resource_name)
                .where(column.kind == kind, column.key == key, column.version == version)).one_or_none()
        if row is None:
            raise NotFound(say("No {kind} “{key}” in version {version} is deployed.", kind=kind, key=key,
                               version=version or "any"))
        return Definition(*row)

    def latest(self, connection: Connection, kind: str) -> list[Definition]:
        """Every definition of a kind in its latest version, by name."""
        column = tables.definition.c
        newest = (
            select(column.key, func.max(column.version).label("version")).where(column.kind == kind)
            .group_by(column.key).subquery())
        rows = connection.execute(
            select(column.id, column.kind, column.key, column.version, column.name, column.deployment_id,
                   column.resource_name)
            .join(newest, (column.key == newest.c.key) & (column.version == newest.c.version))
            .where(column.kind == kind).order_by(column.name)).all()
        return [Definition(*row) for row in rows]

    def content(self, connection: Connection, deployment_id: str, resource: str) -> bytes:
        """A deployed file as it was given."""
        column = tables.resource.c
        found = connection.execute(
            select(column.content).where(column.deployment_id == deployment_id, column.name == resource)).scalar()
        if found is None:
            raise NotFound(say("Deployment {id} holds no file {name}.", id=deployment_id, name=resource))
        return bytes(found)

    def by_id(self, connection: Connection, definition_id: str) -> Definition:
        """A definition by its identifier; read once, since a version never changes."""
        known = self._known.get(definition_id)
        if known is not None:
            return known
        column = tables.definition.c
        row = connection.execute(
            select(column.id, column.kind, column.key, column.version, column.name, column.deployment_id,
                   column.resource_name).where(column.id == definition_id)).one_or_none()
        if row is None:
            raise NotFound(say("There is no definition {id}.", id=definition_id))
        return self._known.setdefault(definition_id, Definition(*row))

    def compiled(self, connection: Connection, definition_id: str) -> CompiledDefinition:
        """A process definition ready to run; compiled at its first use."""
        found = self._compiled.get(definition_id)
        if found is not None:
            return found
        definition = self.by_id(connection, definition_id)
        diagram = read_diagram(
            self.content(connection, definition.deployment_id, definition.resource), definition.resource)
        process = next(process for process in diagram.processes if process.id == definition.key)
        compiled = CompiledDefinition(
            definition.id, definition.key, definition.version, definition.deployment_id,
            compile_process(process, self.functions))
        with self._lock:
            return self._compiled.setdefault(definition_id, compiled)

    def called(
        self, connection: Connection, caller: CompiledDefinition, process_id: str, binding: str,
    ) -> CompiledDefinition:
        """The process a call activity means: of its own deployment, otherwise the latest."""
        member = None if binding == "latest" else self.member(connection, caller.deployment_id, "process", process_id)
        if member is None:
            member = self.find(connection, "process", process_id).id
        return self.compiled(connection, member)

    def member(self, connection: Connection, deployment_id: str, kind: str, key: str) -> str | None:
        """The identifier of a definition inside a deployment, or None."""
        cache_key = (deployment_id, kind, key)
        if cache_key not in self._members:
            column = tables.definition.c
            self._members[cache_key] = connection.execute(
                select(column.id).where(column.deployment_id == deployment_id, column.kind == kind, column.key == key),
            ).scalar()
        return self._members[cache_key]

    def form(self, connection: Connection, deployment_id: str, form_id: str) -> bytes:
        """A form's file: of the deployment, otherwise the latest; read once for each version."""
        member = self.member(connection, deployment_id, "form", form_id)
        found = self.by_id(connection, member) if member else self.find(connection, "form", form_id)
        key = (found.deployment_id, found.resource)
        if key not in self._contents:
            self._contents[key] = self.content(connection, *key)
        return self._contents[key]

    # -- deciding --------------------------------------------------------------------------------------------

    def decider(self, connection: Connection, definition: CompiledDefinition) -> Decider:
        """The function that answers decisions for instances of a definition."""

        def decide(
            decision: str, binding: str, variables: Mapping[str, Any], evaluation: Evaluation,
        ) -> tuple[Any, dict[str, Any]]:
            found = self._decision(connection, definition.deployment_id, decision, binding)
            outcome = self.model(connection, found).evaluate(decision, variables, context=evaluation)
            explanation = {**outcome.explanation, "version": found.version, "notes": list(evaluation.notes)}
            return outcome.value, explanation

        return decide

    def _decision(self, connection: Connection, deployment_id: str, decision: str, binding: str) -> Definition:
        if binding != "latest":
            member = self.member(connection, deployment_id, "decision", decision)
            if member is not None:
                return self.by_id(connection, member)
        try:
            return self.find(connection, "decision", decision)
        except NotFound as missing:
            raise ExecutionFault(missing.message) from None

    def model(self, connection: Connection, definition: Definition) -> Any:
        """The decision model that holds a definition; read once for each deployment."""
        key = (definition.deployment_id, definition.resource)
        if key not in self._models:
            content = self.content(connection, *key)
            self._models[key] = load_model(content, functions=self.functions)
        return self._models[key]
