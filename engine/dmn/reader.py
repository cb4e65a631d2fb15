"""From XML to the model as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.dmn.document import read_document
from engine.dmn.elements import (
    BusinessKnowledge,
    Decision,
    DecisionService,
    Definitions,
    Element,
    Import,
    InputData,
    ItemDefinition,
    Variable,
)
from engine.dmn.errors import DmnError
from engine.dmn.expression_reader import read_expression_in, read_function, variable_of
from engine.dmn.namespaces import MODEL_NAMESPACES
from engine.dmn.tree import child, children, text_of
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element


def read_definitions(source: bytes) -> Definitions:
    """The model in a file of any version from DMN 1.1 to 1.5.

    Raises:
        DmnError: the file is no such model.
    """
    root = read_document(source)
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in MODEL_NAMESPACES:
        raise DmnError(say("Expected a DMN model (1.1 to 1.5), but the file is a {found}.", found=root.tag))
    elements = [
        _READERS[etree.QName(each).localname](each)
        for each in root
        if isinstance(each.tag, str)
        and etree.QName(each).namespace in MODEL_NAMESPACES
        and etree.QName(each).localname in _READERS
    ]
    _refuse_repeated_ids(elements)
    return Definitions(
        name=root.get("name", ""),
        namespace=root.get("namespace", ""),
        version=MODEL_NAMESPACES[str(name.namespace)],
        imports=tuple(Import(_name(each), each.get("namespace", "")) for each in children(root, "import")),
        item_definitions=tuple(_item_definition(each) for each in children(root, "itemDefinition")),
        elements=tuple(elements),
        prefixes={str(prefix or ""): str(uri) for prefix, uri in root.nsmap.items()},
    )


def _refuse_repeated_ids(elements: list[Element]) -> None:
    seen: set[str] = set()
    for element in elements:
        if element.id in seen:
            raise DmnError(say("Two elements have the id {id}; an id must be used once only.", id=element.id))
        seen.add(element.id)


def _name(element: _Element) -> str:
    return " ".join(element.get("name", "").split())


def _own_variable(element: _Element) -> Variable:
    variable = child(element, "variable")
    if variable is None:
        return Variable(_name(element))
    found = variable_of(variable)
    return Variable(found.name or _name(element), found.type_ref)


def _references(element: _Element, requirement: str, *targets: str) -> tuple[str, ...]:
    return tuple(
        target.get("href", "")
        for each in children(element, requirement)
        for target in each
        if isinstance(target.tag, str) and etree.QName(target).localname in targets
    )


def _hrefs(element: _Element, name: str) -> tuple[str, ...]:
    return tuple(each.get("href", "") for each in children(element, name))


def _id(element: _Element) -> str:
    return element.get("id") or _name(element)


def _input_data(element: _Element) -> InputData:
    return InputData(_id(element), _name(element), _own_variable(element))


def _decision(element: _Element) -> Decision:
    return Decision(
        _id(element),
        _name(element),
        _own_variable(element),
        logic=read_expression_in(element),
        information=_references(element, "informationRequirement", "requiredInput", "requiredDecision"),
        knowledge=_references(element, "knowledgeRequirement", "requiredKnowledge"),
        question=text_of(child(element, "question")),
    )


def _business_knowledge(element: _Element) -> BusinessKnowledge:
    logic = child(element, "encapsulatedLogic")
    return BusinessKnowledge(
        _id(element),
        _name(element),
        _own_variable(element),
        logic=read_function(logic) if logic is not None else None,
        knowledge=_references(element, "knowledgeRequirement", "requiredKnowledge"),
    )


def _decision_service(element: _Element) -> DecisionService:
    return DecisionService(
        _id(element),
        _name(element),
        _own_variable(element),
        outputs=_hrefs(element, "outputDecision"),
        encapsulated=_hrefs(element, "encapsulatedDecision"),
        input_decisions=_hrefs(element, "inputDecision"),
        input_data=_hrefs(element, "inputData"),
    )


def _item_definition(element: _Element) -> ItemDefinition:
    function = child(element, "functionItem")
    allowed, constraint = child(element, "allowedValues"), child(element, "typeConstraint")
    return ItemDefinition(
        name=_name(element),
        type_ref=text_of(child(element, "typeRef")) or None,
        is_collection=element.get("isCollection") == "true",
        allowed_values=text_of(child(allowed, "text")) or None if allowed is not None else None,
        constraint=text_of(child(constraint, "text")) or None if constraint is not None else None,
        components=tuple(_item_definition(each) for each in children(element, "itemComponent")),
        parameters=tuple(variable_of(each) for each in children(function, "parameters"))
        if function is not None
        else None,
        result_ref=function.get("outputTypeRef") if function is not None else None,
    )


_READERS: dict[str, Callable[[_Element], Element]] = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _business_knowledge,
    "decisionService": _decision_service,
}
