"""From XML to boxed expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from engine.dmn.elements import Variable
from engine.dmn.expressions import (
    BoxedExpression,
    Conditional,
    ContextExpression,
    FilterExpression,
    FunctionExpression,
    Invocation,
    Iterator,
    ListExpression,
    LiteralExpression,
    Relation,
)
from engine.dmn.namespaces import MODEL_NAMESPACES
from engine.dmn.table_reader import read_table
from engine.dmn.tree import child, children, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element


def variable_of(element: _Element) -> Variable:
    """The variable, parameter or column that an element describes."""
    return Variable(" ".join(element.get("name", "").split()), element.get("typeRef"))


def read_expression_in(element: _Element | None) -> BoxedExpression | None:
    """The first expression among the children of an element."""
    found = _expressions_in(element)
    return found[0] if found else None


def _expressions_in(element: _Element | None) -> list[BoxedExpression]:
    if element is None:
        return []
    return [
        _READERS[etree.QName(each).localname](each)
        for each in element
        if isinstance(each.tag, str)
        and etree.QName(each).namespace in MODEL_NAMESPACES
        and etree.QName(each).localname in _READERS
    ]


def _common(element: _Element) -> dict[str, Any]:
    return {"id": element.get("id", ""), "type_ref": element.get("typeRef")}


def _literal(element: _Element) -> LiteralExpression:
    return LiteralExpression(
        text_of(child(element, "text")), language=element.get("expressionLanguage"), **_common(element)
    )


def _invocation(element: _Element) -> Invocation:
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        name = variable_of(parameter).name if parameter is not None else ""
        bindings.append((name, read_expression_in(binding)))
    return Invocation(read_expression_in(element), tuple(bindings), **_common(element))


def _context(element: _Element) -> ContextExpression:
    entries = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        entries.append((variable_of(variable) if variable is not None else None, read_expression_in(entry)))
    return ContextExpression(tuple(entries), **_common(element))


def read_function(element: _Element) -> FunctionExpression:
    """A function definition, or the encapsulated logic of a business knowledge model."""
    return FunctionExpression(
        tuple(variable_of(each) for each in children(element, "formalParameter")),
        read_expression_in(element),
        kind=element.get("kind", "FEEL"),
        **_common(element),
    )


def _list(element: _Element) -> ListExpression:
    return ListExpression(tuple(_expressions_in(element)), **_common(element))


def _relation(element: _Element) -> Relation:
    return Relation(
        tuple(variable_of(each).name for each in children(element, "column")),
        tuple(tuple(_expressions_in(row)) for row in children(element, "row")),
        **_common(element),
    )


def _conditional(element: _Element) -> Conditional:
    parts = (read_expression_in(child(element, name)) for name in ("if", "then", "else"))
    return Conditional(*parts, **_common(element))


def _filter(element: _Element) -> FilterExpression:
    return FilterExpression(
        read_expression_in(child(element, "in")), read_expression_in(child(element, "match")), **_common(element)
    )


def _iterator(element: _Element) -> Iterator:
    kind = str(etree.QName(element).localname)
    body = child(element, "return" if kind == "for" else "satisfies")
    return Iterator(
        kind,
        element.get("iteratorVariable", ""),
        read_expression_in(child(element, "in")),
        read_expression_in(body),
        **_common(element),
    )


_READERS: dict[str, Callable[[_Element], BoxedExpression]] = {
    "literalExpression": _literal,
    "invocation": _invocation,
    "context": _context,
    "functionDefinition": read_function,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
    "decisionTable": read_table,
}
