"""A decision model, ready to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.dmn.boxed import compile_boxed
from engine.dmn.elements import BusinessKnowledge, Decision, DecisionService, Element, InputData
from engine.dmn.errors import DmnError
from engine.dmn.scope import Finding, Read, Scope
from engine.dmn.session import Session
from engine.dmn.state import DecisionState
from engine.dmn.types import TypeTable
from engine.feel import Evaluation, FeelError, FeelLimitError
from engine.feel.lexer import words
from engine.feel.library import STANDARD_LIBRARY
from engine.feel.values.function import Function
from engine.feel.values.size import measure
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.problem import Problem
    from engine.dmn.elements import Definitions
    from engine.dmn.state import Run
    from engine.dmn.table import CompiledTable
    from engine.feel import FunctionLibrary
    from engine.feel.types import Type


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision's value and how it came about (plain data, ready for JSON)."""

    value: Any
    explanation: dict[str, object]


@dataclass(frozen=True, slots=True)
class DecisionSummary:
    """A decision or decision service that can be asked for: its id, its name, and the inputs it needs."""

    id: str
    name: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference leads to: the model, the element, and the import on the way (None: the own model)."""

    model: Model
    element: Element
    import_name: str | None

    @property
    def steps(self) -> tuple[str, ...]:
        """The part of the path that the reference adds."""
        return () if self.import_name is None else (self.import_name,)


class Model:
    """A decision model with the models it imports. Immutable once loaded; may be used by several threads at once."""

    def __init__(
        self, definitions: Definitions, imports: Mapping[str, Model], functions: FunctionLibrary | None
    ) -> None:
        self.definitions = definitions
        self.imports = imports
        self.name = definitions.name
        self.namespace = definitions.namespace
        self._library = functions or STANDARD_LIBRARY
        self._elements = {each.id: each for each in definitions.elements}
        self.findings: list[Finding] = []
        self.reads: list[Read] = []
        self.tables: list[CompiledTable] = []
        tables = {name: model.types for name, model in imports.items()}
        self.types: TypeTable = TypeTable(definitions, tables, self._report_type)
        members = frozenset(name for name in self.types.special_members() if len(words(name)) > 1)
        self._scope = Scope(
            self.types, self._library, members, findings=self.findings, reads=self.reads, tables=self.tables
        )
        self._logic = {each.id: self._compiled(each) for each in definitions.elements}
        self._types = {each.id: self._declared(each) for each in definitions.elements}

    def __repr__(self) -> str:
        return f"Model({self.name!r})"

    @property
    def decisions(self) -> list[DecisionSummary]:
        """What can be asked for, in the order of the file."""
        kinds = (Decision, DecisionService)
        return [
            DecisionSummary(each.id, each.name, tuple(self._inputs_of(each)))
            for each in self._elements.values()
            if isinstance(each, kinds)
        ]

    def decide(self, name_or_id: str, inputs: Mapping[str, object], *, context: Evaluation | None = None) -> Any:
        """The value of a decision, decision service or business knowledge model.

        Args:
            name_or_id: which one.
            inputs: values of input data by name; those of an imported model as `import.name` or within a mapping of
                the import's name. Of a service or business knowledge model: its parameters.
            context: the clock and reference to use; collects warnings and notes.

        Raises:
            DmnError: the model has nothing of that name.
            FeelLimitError: the decision took too long or grew too large.
        """
        return self.evaluate(name_or_id, inputs, context=context).value

    def evaluate(self, name_or_id: str, inputs: Mapping[str, object], *, context: Evaluation | None = None) -> Outcome:
        """The value of a decision together with its explanation; see `decide` for the arguments."""
        model, path, element = self._locate(name_or_id)
        context = context or Evaluation()
        heard = len(context.warnings)
        session = Session(DecisionState(context), inputs)
        try:
            value = session.value(model, path, element)
            if isinstance(value, Function) and not isinstance(element, Decision):
                value = _called(value, inputs, session)
            measure(value, session.state)
        except RecursionError as error:
            raise FeelLimitError(say("The decision is nested too deeply.")) from error
        explanation = session.explanation(path, element) or {
            "decision": element.name,
            "id": element.id,
            "tables": [],
            "required": session.explanations(),
        }
        warnings = [str(each) for each in context.warnings[heard:]]
        return Outcome(value, {**explanation, "warnings": warnings})

    def check(self) -> list[Problem]:
        """What an administrator should know before this model is deployed; errors refuse it."""
        from engine.dmn.checks import check_model  # noqa: PLC0415 - checks look at models

        return check_model(self)

    def element(self, name_or_id: str) -> Element:
        """The element of a name or id; one of an imported model has the import's name before it.

        Raises:
            DmnError: there is none.
        """
        return self._locate(name_or_id)[2]

    def _locate(self, name_or_id: str) -> tuple[Model, tuple[str, ...], Element]:
        if name_or_id in self._elements:
            return self, (), self._elements[name_or_id]
        plain = " ".join(name_or_id.split())
        named = [each for each in self._elements.values() if plain in {each.name, each.variable.name}]
        # A decision service and its decision may share a name with an input: what can be decided comes first.
        named.sort(key=lambda each: isinstance(each, InputData))
        if named:
            return self, (), named[0]
        for name, model in self.imports.items():
            if plain.startswith(name + ".") or not name:
                found, path, element = model._locate(plain[len(name) + 1 :] if name else plain)  # noqa: SLF001
                return found, (name, *path), element
        known = ", ".join(each.name for each in self.decisions)
        raise DmnError(say("The model has no decision “{name}”; it has {known}.", name=name_or_id, known=known or "-"))

    def elements(self) -> list[Element]:
        """All elements of this model, in the order of the file."""
        return list(self._elements.values())

    def resolve(self, reference: str) -> Reference | None:
        """The element that a reference (`#id`, or `namespace#id`) leads to."""
        namespace, _, identifier = reference.rpartition("#")
        if not namespace or namespace == self.namespace:
            element = self._elements.get(identifier)
            if element is not None:
                return Reference(self, element, None)
        for each in self.definitions.imports:
            model = self.imports.get(each.name)
            if model is not None and namespace in {each.namespace, ""} and identifier in model._elements:  # noqa: SLF001
                return Reference(model, model._elements[identifier], each.name)  # noqa: SLF001
        return None

    def function_names(self) -> list[str]:
        """The functions that every expression of the model may call."""
        return self._library.names()

    def logic_of(self, element: Element) -> Run:
        """The compiled logic of an element of this model."""
        return self._logic[element.id]

    def type_of(self, element: Element) -> Type | None:
        """The declared type of an element of this model."""
        return self._types[element.id]

    def names_for(self, element: Element) -> frozenset[str]:
        """The variables that an element's logic may read."""
        references: tuple[str, ...] = ()
        own: tuple[str, ...] = ()
        if isinstance(element, Decision):
            references = (*element.information, *element.knowledge)
        elif isinstance(element, BusinessKnowledge):
            references = element.knowledge
            own = (element.variable.name,)
        found = (self.resolve(each) for each in references)
        return frozenset([*own, *(each.import_name or each.element.variable.name for each in found if each)])

    def _compiled(self, element: Element) -> Run:
        scope = self._scope.within(self.names_for(element), element.id).typed(self._variable_types(element))
        for reference in (*getattr(element, "information", ()), *getattr(element, "knowledge", ())):
            if self.resolve(reference) is None:
                scope.report(
                    say("The required element {reference} does not exist.", reference=reference), "dmn-reference"
                )
        return compile_boxed(getattr(element, "logic", None), scope)

    def _variable_types(self, element: Element) -> dict[str, Type | None]:
        found = (self.resolve(each) for each in getattr(element, "information", ()))
        return {
            each.element.variable.name: each.model.types.resolve(each.element.variable.type_ref)
            for each in found
            if each and not each.import_name
        }

    def _declared(self, element: Element) -> Type | None:
        return self._scope.within(element_id=element.id).type(element.variable.type_ref)

    def _report_type(self, name: str, error: FeelError) -> None:
        self.findings.append(Finding(name, error.place))

    def _inputs_of(self, element: Element, prefix: str = "", seen: set[str] | None = None) -> list[str]:
        seen = set() if seen is None else seen
        if isinstance(element, DecisionService):
            references = (*element.input_data, *element.input_decisions)
            return [each.element.variable.name for each in map(self.resolve, references) if each]
        if element.id in seen or not isinstance(element, Decision):
            return []
        seen.add(element.id)
        found: list[str] = []
        for each in map(self.resolve, element.information):
            if each is None:
                continue
            step = prefix + (f"{each.import_name}." if each.import_name else "")
            if isinstance(each.element, InputData):
                found.append(step + each.element.name)
            else:
                found += each.model._inputs_of(each.element, step, seen if each.model is self else None)  # noqa: SLF001
        return list(dict.fromkeys(found))


def _called(function: Function, inputs: Mapping[str, object], session: Session) -> Any:
    from engine.feel.errors import Undefined  # noqa: PLC0415
    from engine.feel.values.conversion import to_feel  # noqa: PLC0415

    try:
        return function.invoke(session.state, [to_feel(inputs.get(name)) for name in function.parameters])
    except Undefined as undefined:
        session.state.warn(undefined.message)
        return None
