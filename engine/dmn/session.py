"""One decision being made: the values of the elements it requires, each determined once (DMN 1.5, 10.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from engine.dmn.boxed.function import BoxedFunction, fitting
from engine.dmn.elements import BusinessKnowledge, Decision, DecisionService, Element, InputData
from engine.dmn.explanation import explain_decision
from engine.dmn.functions import ServiceFunction
from engine.feel.errors import Undefined
from engine.feel.types import FunctionType
from engine.feel.values.conversion import to_feel
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.dmn.model import Model
    from engine.dmn.state import DecisionState
    from engine.feel.evaluation import State

_MISSING = object()


class Place(NamedTuple):
    """An element, and the names of the imports that lead to its model: the same model may be imported twice."""

    path: tuple[str, ...]
    id: str


class Session:
    """The values known so far. A decision service has a session of its own, in which its borders are given."""

    def __init__(
        self, state: DecisionState, inputs: Mapping[str, object], given: dict[Place, object] | None = None
    ) -> None:
        self.state = state
        self._inputs = inputs
        self._values: dict[Place, object] = dict(given or {})
        self._explanations: dict[Place, dict[str, object]] = {}
        self._pending: list[Place] = []
        self._within_services: list[dict[str, object]] = []

    def value(self, model: Model, path: tuple[str, ...], element: Element) -> Any:
        """The value of an element: an input, a decision's result, or a function."""
        place = Place(path, element.id)
        if place not in self._values:
            self._values[place] = self._determine(model, place, element)
        return self._values[place]

    def explanation(self, path: tuple[str, ...], element: Element) -> dict[str, object] | None:
        """How a decision was made, if it was made in this session."""
        return self._explanations.get(Place(path, element.id))

    def _determine(self, model: Model, place: Place, element: Element) -> Any:
        if isinstance(element, InputData):
            return self._input(model, place, element)
        if isinstance(element, Decision):
            return self._decision(model, place, element)
        if isinstance(element, BusinessKnowledge):
            return self._knowledge(model, place, element)
        if isinstance(element, DecisionService):
            return self._service(model, place, element)
        return None

    def _input(self, model: Model, place: Place, element: InputData) -> Any:
        found = self._given(place.path, element.variable.name)
        if found is _MISSING:
            found = self._given(place.path, element.name)
        if found is _MISSING:
            self.state.warn(say("The input “{name}” was not given.", name=element.name))
            return None
        return self._fitting(model, element, to_feel(found))

    def _given(self, path: tuple[str, ...], name: str) -> Any:
        qualified = ".".join([*path, name])
        if qualified in self._inputs:
            return self._inputs[qualified]
        inner: Any = self._inputs
        for step in path:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if path and isinstance(inner, dict) and name in inner:
            return inner[name]
        return self._inputs.get(name, _MISSING)

    def _fitting(self, model: Model, element: Element, value: Any) -> Any:
        try:
            return fitting(value, model.type_of(element), element.name, self.state, result=True)
        except Undefined as undefined:
            self.state.warn(undefined.message)
            return None

    def _decision(self, model: Model, place: Place, element: Decision) -> Any:
        if place in self._pending:
            self.state.warn(say("The decision “{name}” requires itself.", name=element.name))
            return None
        self._pending.append(place)
        variables = self._required(model, place, (*element.information, *element.knowledge))
        outer_variables, outer_trace = self.state.variables, self.state.trace
        self.state.variables, self.state.trace = variables, []
        try:
            value = self._fitting(model, element, model.logic_of(element)(self.state))
            self._explanations[place] = explain_decision(
                element, value, self.state.trace, self._required_explanations(model, place, element)
            )
        finally:
            self.state.variables, self.state.trace = outer_variables, outer_trace
            self._pending.pop()
        return value

    def _required(self, model: Model, place: Place, references: tuple[str, ...]) -> dict[str, object]:
        variables: dict[str, object] = {}
        for reference in references:
            found = model.resolve(reference)
            if found is None:
                continue
            value = self.value(found.model, place.path + found.steps, found.element)
            name = found.element.variable.name
            if found.import_name:
                variables.setdefault(found.import_name, {})[name] = value  # type: ignore[index]
            else:
                variables[name] = value
        return variables

    def _required_explanations(self, model: Model, place: Place, element: Decision) -> list[dict[str, object]]:
        places = (model.resolve(each) for each in element.information)
        found = (self._explanations.get(Place(place.path + each.steps, each.element.id)) for each in places if each)
        return [each for each in found if each is not None]

    def _knowledge(self, model: Model, place: Place, element: BusinessKnowledge) -> Any:
        if element.logic is None:
            return None
        variables: dict[str, object] = {}
        function = model.logic_of(element)
        self.state.variables, outer = variables, self.state.variables
        try:
            made = function(self.state)
        finally:
            self.state.variables = outer
        if isinstance(made, BoxedFunction):
            made.name = element.name
            declared = model.type_of(element)
            made.declare_result(declared.result if isinstance(declared, FunctionType) else declared)
        # A business knowledge model may require itself: the function is known before its requirements are.
        self._values[place] = made
        variables[element.variable.name] = made
        variables.update(self._required(model, place, element.knowledge))
        return made

    def _service(self, model: Model, place: Place, element: DecisionService) -> ServiceFunction:
        borders = []
        for reference in (*element.input_data, *element.input_decisions):
            found = model.resolve(reference)
            if found is not None:
                border = Place(place.path + found.steps, found.element.id)
                borders.append((found.element.variable.name, border, found.model.type_of(found.element)))
        declared = model.type_of(element)
        result = declared.result if isinstance(declared, FunctionType) else declared

        def decide(state: State, given: dict[Place, object]) -> object:
            inner = Session(state, {}, given)  # type: ignore[arg-type]
            value = inner.outputs(model, place.path, element)
            self._within_services += inner.explanations()
            return value

        return ServiceFunction(element.name, tuple(borders), decide, result)

    def outputs(self, model: Model, path: tuple[str, ...], service: DecisionService) -> Any:
        """The values of a service's output decisions: one alone, several as a context."""
        values = {}
        for reference in service.outputs:
            found = model.resolve(reference)
            if found is not None:
                values[found.element.variable.name] = self.value(found.model, path + found.steps, found.element)
        return next(iter(values.values())) if len(values) == 1 else values

    def explanations(self) -> list[dict[str, object]]:
        """Of all decisions made in this session, in the order they were made; those within services included."""
        return [*self._explanations.values(), *self._within_services]
