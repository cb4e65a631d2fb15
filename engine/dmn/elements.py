"""A decision model as it is written: definitions, the elements of the requirements graph, item definitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.dmn.expressions import BoxedExpression, FunctionExpression


@dataclass(frozen=True, slots=True)
class Variable:
    """A named value with the name of its type, if it has one."""

    name: str
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type: of another type, or of components; a list of them if it is a collection; a function if so marked."""

    name: str
    type_ref: str | None = None
    is_collection: bool = False
    allowed_values: str | None = None
    constraint: str | None = None
    components: tuple[ItemDefinition, ...] = ()
    parameters: tuple[Variable, ...] | None = None
    result_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """Another model whose elements are known here under a name (which may be empty)."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the requirements graph."""

    id: str
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class InputData(Element):
    """A value from outside."""


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """A value determined by logic from the values it requires."""

    logic: BoxedExpression | None = None
    information: tuple[str, ...] = ()  # references to required inputs and decisions
    knowledge: tuple[str, ...] = ()  # references to required functions
    question: str = ""


@dataclass(frozen=True, slots=True)
class BusinessKnowledge(Element):
    """A function that decisions may require."""

    logic: FunctionExpression | None = None
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService(Element):
    """Some decisions as a function of the inputs and decisions at its border."""

    outputs: tuple[str, ...] = ()
    encapsulated: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    """One file."""

    name: str
    namespace: str
    version: str
    imports: tuple[Import, ...] = ()
    item_definitions: tuple[ItemDefinition, ...] = ()
    elements: tuple[Element, ...] = ()
    prefixes: dict[str, str] = field(default_factory=dict)
